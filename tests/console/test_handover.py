import json
import os
import signal
import stat
import subprocess
import sys
import time
import urllib.request
import uuid

import pytest

from vedette.console.config import Credentials
from vedette.console.guard import MAX_BODY
from vedette.console.handed import Handed
from vedette.model.mark import MARK

SCRAPE = {"X-Prometheus-Scrape-Timeout-Seconds": "5"}
WORD = "geheim:1"
LOGIN = Credentials(username="anna", password=WORD)


def run(value=3, **changed):
    samples = [["rows_total", {}, value]]
    family = {"name": "rows_total", "kind": "counter", "help": "h", "samples": samples}
    given = {
        "format": 1,
        "id": uuid.uuid4().hex,
        "number": 1,
        "job": "nightly",
        "labels": {},
        "status": "success",
        "seconds": 1,
        "sent": time.time(),
        "families": [family],
    }
    return {**given, **changed}


def mark(text="v2", at=None, kind="deployment"):
    made = {"id": uuid.uuid4().hex, "kind": kind, "text": text, "module": "", "model": ""}
    return {"format": 1, "mark": {**made, "at": time.time() if at is None else at}}


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "user"))
    folder = tmp_path / ".vedette"
    folder.mkdir()
    return folder


@pytest.fixture
def kept(open_console, state):
    """A console of a stack."""
    return open_console(state=state)


def series(console, name, **headers):
    lines = console.get("/handover/metrics", headers=headers).text.splitlines()
    return [line for line in lines if line.startswith(f"{name}{{")]


def test_a_run_is_taken_once(kept):
    told = run()
    assert kept.post("/api/handover", json=told).json() == {"new": True}
    assert kept.post("/api/handover", json=told).json() == {"new": False}
    assert [line.rpartition(" ")[2] for line in series(kept, "rows_total")] == ["3.0"]


def test_a_scrape_sees_a_new_counter_at_zero_and_then_as_it_is(kept):
    kept.post("/api/handover", json=run())
    values = [series(kept, "rows_total", **SCRAPE)[0].rpartition(" ")[2] for _ in range(3)]
    assert values[0] == "0.0"
    assert values[-1] == "3.0"


def test_looking_is_no_scrape(kept):
    kept.post("/api/handover", json=run())
    assert series(kept, "rows_total")[0].endswith(" 3.0")
    assert series(kept, "rows_total", **SCRAPE)[0].endswith(" 0.0")


def test_a_mark_is_a_series_and_can_be_listed(kept):
    kept.post("/api/handover", json=mark("v2", at=1000.0))
    kept.post("/api/handover", json=mark("v3"))
    (line,) = series(kept, MARK.name)  # the other is too old
    assert 'text="v3"' in line
    found = kept.get("/api/marks", params={"start": 0, "end": time.time()}).json()
    assert [one["text"] for one in found] == ["v2", "v3"]


def test_what_is_handed_over_survives_the_console(open_console, state):
    told = run()
    open_console(state=state).post("/api/handover", json=told)
    again = open_console(state=state)
    assert again.post("/api/handover", json=told).json() == {"new": False}
    assert series(again, "rows_total")[0].endswith(" 3.0")


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"format": 1, "id": "x"}', b"\xff"])
def test_what_is_no_message_is_refused_with_words(kept, body):
    answer = kept.post("/api/handover", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["hint"]


def test_a_page_elsewhere_cannot_send_it_as_a_form(kept):
    answer = kept.post("/api/handover", content=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_a_token_opens_this_one_door_and_no_other(open_console, state):
    first = Handed(state)
    first.announce("http://127.0.0.1:9", "")
    first.close()
    console = open_console(state=state, login=LOGIN)
    file = state / "handover.json"
    token = json.loads(file.read_text())["token"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    bearer = {"Authorization": f"Bearer {token}"}
    assert console.post("/api/handover", json=run()).status_code == 401
    assert console.post("/api/handover", json=run(), headers=bearer).status_code == 200
    assert console.get("/api/marks?start=0&end=1", headers=bearer).status_code == 401
    wrong = {"Authorization": "Bearer wrong"}
    assert console.post("/api/handover", json=run(), headers=wrong).status_code == 401
    long = {**bearer, "Content-Type": "application/json"}
    too_much = b" " * (MAX_BODY + 1)
    assert console.post("/api/handover", content=too_much, headers=long).status_code == 413


def test_without_a_login_a_wrong_token_is_still_wrong(kept):
    wrong = {"Authorization": "Bearer wrong"}
    assert kept.post("/api/handover", json=run(), headers=wrong).status_code == 401


def test_a_console_of_no_stack_takes_nothing_and_exposes_nothing(console):
    answer = console.post("/api/handover", json=run())
    assert answer.status_code == 503
    assert "belongs to no stack" in answer.json()["problem"]
    assert console.get("/handover/metrics").text == ""
    assert console.get("/api/marks?start=0&end=1").json() == []


def test_a_console_whose_store_is_broken_serves_all_the_rest(open_console, state):
    (state / "vedette.db").write_bytes(b"no database" * 100)
    console = open_console(state=state)
    assert console.get("/api/dashboards").status_code == 200
    assert "cannot be used" in console.post("/api/handover", json=run()).json()["problem"]


def _served(state):
    command = [sys.executable, "-m", "vedette", "console", "--listen", "127.0.0.1:0"]
    process = subprocess.Popen([*command, "--state", str(state)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().split()[-1]
    urllib.request.urlopen(f"{url}/healthz", timeout=20).close()
    return process, url


def _post(url, told):
    request = urllib.request.Request(
        f"{url}/api/handover",
        data=json.dumps(told).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)["new"]


def test_a_console_that_is_killed_has_lost_nothing_that_it_took(state):
    told = [run(value=at) for at in range(1, 11)]
    process, url = _served(state)
    for each in told:
        assert _post(url, each)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    process, url = _served(state)
    try:
        assert [_post(url, each) for each in told] == [False] * 10
        with urllib.request.urlopen(f"{url}/handover/metrics", timeout=20) as answer:
            (line,) = [row for row in answer.read().decode().splitlines() if row.startswith("rows")]
        assert line.endswith(" 55.0")
        assert json.loads((state / "handover.json").read_text())["url"] == url
    finally:
        process.kill()
        process.communicate()
