import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from vedette.terminal import stack


def _row(name="web", state="ready", **changes):
    told = {
        "name": name,
        "title": name.title(),
        "state": state,
        "port": 8000,
        "pid": 42,
        "url": "http://127.0.0.1:8000",
        "version": "3.5.3",
        "uptime_seconds": 5.0,
        "cpu_percent": 1.25,
        "memory_bytes": 1024 * 1024,
        "restarts": 2,
        "detail": "",
    }
    return told | changes


def _shown(renderable):
    text = io.StringIO()
    Console(file=text, width=200).print(renderable)
    return text.getvalue()


def test_a_program_that_is_down_has_no_figures():
    cells = stack.cells(_row(state="backoff", pid=None, port=None, version=""))
    assert cells == ("web", "backoff", "-", "-", "-", "-", "-", "-", "2")


@pytest.mark.parametrize(
    "seconds,words",
    [(59, "59 s"), (60, "1 min"), (3599, "59 min"), (3661, "1 h 1 min"), (90000, "1 d 1 h")],
)
def test_an_age_is_told_in_the_unit_that_fits(seconds, words):
    assert stack.cells(_row(uptime_seconds=float(seconds)))[5] == words


def test_only_what_is_not_ready_complains():
    rows = [_row(detail="old"), _row("db", "crashed", detail="no disk"), _row("c", "waiting")]
    assert stack.complaints({"programs": rows}) == ["db: no disk"]


def test_the_console_comes_first_of_what_to_open():
    rows = [_row("alertmanager"), _row("console"), _row("locust", url="")]
    assert [line.split()[0] for line in stack.where({"programs": rows})] == [
        "Console",
        "Alertmanager",
    ]


def test_the_live_picture_shows_programs_targets_and_alerts():
    targets = [
        SimpleNamespace(health="up", job="a", instance="i", error=""),
        SimpleNamespace(health="down", job="b", instance="127.0.0.1:1", error="refused"),
    ]
    text = _shown(stack.live({"programs": [_row()]}, targets, ["Slow firing"]))
    assert "web" in text
    assert "1 of 2 answer" in text
    assert "b 127.0.0.1:1: refused" in text
    assert "Slow firing" in text
    assert "Ctrl-C" in text
