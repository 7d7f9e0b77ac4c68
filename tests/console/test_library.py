import json
import os

import pytest

BOARD = {"title": "A", "uid": "a", "panels": [{"type": "text"}]}


def _list(console):
    return console.get("/api/dashboards").json()


def test_dashboards_are_listed_by_title(console, folder):
    (folder / "x.json").write_text(json.dumps({**BOARD, "title": "Zebra", "uid": "z"}))
    (folder / "y.json").write_text(json.dumps({**BOARD, "tags": ["t"]}))
    found = _list(console)["dashboards"]
    assert [(one["uid"], one["panels"]) for one in found] == [("a", 1), ("z", 1)]
    assert found[0]["tags"] == ["t"]


def test_a_broken_file_is_named_and_hides_no_other(console, folder):
    (folder / "good.json").write_text(json.dumps(BOARD))
    (folder / "bad.json").write_text('{\n  "title": \n}')
    found = _list(console)
    assert len(found["dashboards"]) == 1
    assert (found["broken"][0]["file"], found["broken"][0]["line"]) == ("bad.json", 3)
    assert found["broken"][0]["hint"]


def test_a_changed_file_is_read_again(console, folder):
    file = folder / "a.json"
    file.write_text(json.dumps(BOARD))
    assert _list(console)["dashboards"][0]["title"] == "A"
    file.write_text(json.dumps({**BOARD, "title": "B"}))
    os.utime(file, ns=(1, 1))
    assert _list(console)["dashboards"][0]["title"] == "B"
    file.unlink()
    assert _list(console)["dashboards"] == []


def test_a_file_that_did_not_change_is_not_read_again(console, folder, monkeypatch):
    (folder / "a.json").write_text(json.dumps(BOARD))
    _list(console)
    monkeypatch.setattr("vedette.console.library.load", lambda *_: pytest.fail("read again"))
    assert len(_list(console)["dashboards"]) == 1


def test_two_files_with_one_uid_are_told_apart(console, folder):
    (folder / "a.json").write_text(json.dumps(BOARD))
    (folder / "b.json").write_text(json.dumps(BOARD))
    found = _list(console)
    assert len(found["dashboards"]) == 1
    assert "'a' is that of a.json" in found["broken"][0]["problem"]


def test_a_file_in_another_encoding_is_named(console, folder):
    (folder / "a.json").write_bytes(b"\xff\xfe\x00")
    assert _list(console)["broken"][0]["file"] == "a.json"


def test_a_huge_file_is_not_read(console, folder, monkeypatch):
    monkeypatch.setattr("vedette.console.library._LARGEST", 5)
    (folder / "a.json").write_text(json.dumps(BOARD))
    assert "longer than 5 bytes" in _list(console)["broken"][0]["problem"]


def test_dashboards_in_folders_are_found(console, folder):
    (folder / "team").mkdir()
    (folder / "team" / "a.json").write_text(json.dumps(BOARD))
    assert _list(console)["dashboards"][0]["uid"] == "a"


def test_a_missing_folder_has_no_dashboards(open_console, tmp_path):
    assert _list(open_console(dashboards=tmp_path / "no")) == {"dashboards": [], "broken": []}
    assert _list(open_console(dashboards=None)) == {"dashboards": [], "broken": []}


def test_one_dashboard_is_given_normalised(console, folder):
    (folder / "a.json").write_text(json.dumps(BOARD))
    found = console.get("/api/dashboards/a").json()
    assert found["sections"][0]["panels"][0]["kind"] == "text"


def test_an_unknown_dashboard_is_a_404_that_lists_the_known(console, folder):
    (folder / "a.json").write_text(json.dumps(BOARD))
    answer = console.get("/api/dashboards/b")
    assert answer.status_code == 404
    assert "a" in answer.json()["hint"]


def test_runbooks_are_read_again_when_they_change(open_console, tmp_path):
    file = tmp_path / "runbooks.json"
    file.write_text('{"Down": "# Do this"}')
    console = open_console(runbooks=file)
    assert console.get("/api/runbooks/Down").json() == {"name": "Down", "text": "# Do this"}
    file.write_text('{"Down": "# Do that now"}')
    assert console.get("/api/runbooks/Down").json()["text"] == "# Do that now"
    file.write_text('{"half')
    assert console.get("/api/runbooks/Down").json()["text"] == "# Do that now"


def test_an_unknown_runbook_is_a_404(console):
    assert console.get("/api/runbooks/None").status_code == 404
