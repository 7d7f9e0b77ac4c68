import json

from vedette.supervisor.clock import Clock
from vedette.supervisor.events import Events


def test_each_event_is_one_line_with_its_time_and_program(tmp_path):
    events = Events(tmp_path / "events.jsonl", Clock())
    events.add("started", "prometheus", pid=4)
    events.add("ready", "Ünïted\nlines")
    rows = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert [row["event"] for row in rows] == ["started", "ready"]
    assert rows[0] | {"at": ""} == {
        "at": "",
        "event": "started",
        "program": "prometheus",
        "pid": 4,
    }
    assert rows[0]["at"].endswith("+00:00")
    assert rows[1]["program"] == "Ünïted\nlines"


def test_a_disk_that_takes_nothing_is_no_error(tmp_path):
    Events(tmp_path / "none" / "events.jsonl", Clock()).add("started")
    assert not (tmp_path / "none").exists()
