import os
import signal
import subprocess
import sys

import psutil
import pytest

from vedette.errors import InUseError, ProgramFailedError
from vedette.model.plan import Plan
from vedette.supervisor import control, launch
from vedette.supervisor.clock import Clock
from vedette.supervisor.wishes import Wishes


def _row(name, state, **changes):
    return {"name": name, "title": name, "state": state, "detail": "", "essential": True} | changes


def _told(*rows, stopping=False):
    return {"programs": list(rows), "stopping": stopping}


def test_waiting_ends_when_everything_is_ready():
    answers = iter([None, _told(_row("a", "starting")), _told(_row("a", "ready"))])
    seen: list[launch.Status] = []
    status = launch.wait_until_ready(lambda: next(answers), seen.append)
    assert status["programs"][0]["state"] == "ready"
    assert [told["programs"][0]["state"] for told in seen] == ["starting", "ready"]


def test_waiting_ends_with_the_reason_of_a_program_that_is_needed():
    told = _told(_row("a", "ready"), _row("b", "crashed", detail="no space | no inodes"))
    with pytest.raises(ProgramFailedError, match="b does not run: no space") as failed:
        launch.wait_until_ready(lambda: told)
    assert failed.value.hint == "`vedette logs b` shows all that it said"
    assert failed.value.exit_code == 5


def test_a_service_that_fails_does_not_hold_up_the_stack_nor_what_waits_for_it():
    failed = _row("serving", "crashed", essential=False)
    waits = _row("locust", "waiting", detail="waits for serving", essential=False)
    told = _told(_row("a", "ready"), failed, waits)
    assert launch.wait_until_ready(lambda: told) is told


def test_waiting_ends_where_somebody_stops_the_stack():
    with pytest.raises(ProgramFailedError, match="stopped while it started"):
        launch.wait_until_ready(lambda: _told(_row("a", "starting"), stopping=True))


def test_stopping_nothing_is_no_error(house):
    assert launch.stop(house.folder.path) == []
    house.folder.prepare()
    assert launch.stop(house.folder.path) == []


def test_stopping_also_ends_what_is_only_just_starting(house):
    house.folder.prepare()
    code = (
        "import sys, time, os; from pathlib import Path\n"
        "from vedette.supervisor.folder import StateFolder\n"
        "from vedette.supervisor.clock import Clock\n"
        "StateFolder(Path(sys.argv[1])).acquire(Path('/'), Clock()); time.sleep(600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(house.folder.path)])
    try:
        house.eventually(house.folder.holder)
        with pytest.raises(InUseError, match="only just starting"):
            control.call(house.folder.path, "status")
        launch.stop(house.folder.path)
        assert process.wait(timeout=10) == -signal.SIGTERM
    finally:
        process.kill()
        process.wait(timeout=10)


def test_a_supervisor_that_does_not_answer_is_ended_all_the_same(house, monkeypatch):
    monkeypatch.setattr(launch, "_STOP_SECONDS", 0.5)
    monkeypatch.setitem(control._SECONDS, "stop", 0.5)
    child = house.up(house.server("web"))
    pid = house.wait("web", "ready")["pid"]
    os.kill(child.pid, signal.SIGSTOP)
    launch.stop(house.folder.path)
    assert child.process.wait(timeout=10) == -signal.SIGKILL
    house.eventually(lambda: not house.lives(pid))


def test_a_supervisor_that_ends_at_once_is_quoted(house):
    house.folder.prepare()
    house.folder.record.mkdir()  # so that the record cannot be written
    lock = house.folder.acquire(house.home, Clock())
    try:
        child = launch.supervise(house.spec(house.server("web")), lock)
    finally:
        os.close(lock)
    plan = Plan(
        name="test",
        home=house.home,
        state=house.folder.path,
        ports={},
        components=(),
        packs={},
        thresholds={},
    )
    started = launch.Started(plan=plan, child=child)
    with pytest.raises(ProgramFailedError, match="the supervisor ended with code") as failed:
        launch.wait_until_ready(started.status)
    assert "supervisor.json" in failed.value.problem
    house.folder.record.rmdir()


def test_what_a_killed_stack_left_is_ended_before_the_next_start(house, monkeypatch):
    child = house.up(house.server("web"))
    pid = house.wait("web", "ready")["pid"]
    leash_and_web = [entry for entry in _children(child.pid) if entry != pid]
    for leash in leash_and_web:
        os.kill(leash, signal.SIGSTOP)  # so that nobody else ends it
    os.kill(pid, signal.SIGSTOP)
    os.kill(child.pid, signal.SIGKILL)
    child.process.wait(timeout=10)
    try:
        plan = Plan(
            name="test",
            home=house.home,
            state=house.folder.path,
            ports={},
            components=(),
            packs={},
            thresholds={},
        )

        def stop_here(*_, **__):
            message = "that is far enough"
            raise InUseError(message, hint="")

        monkeypatch.setattr(launch, "prepare", stop_here)
        with pytest.raises(InUseError, match="far enough"):
            launch.start(plan, Wishes())
        assert not house.lives(pid)
    finally:
        for leash in leash_and_web:
            os.kill(leash, signal.SIGKILL)


def _children(pid):
    return [child.pid for child in psutil.Process(pid).children()]
