"""One program in this process, on a clock that the test turns."""

import asyncio
import errno
import json
import os

import pytest

from vedette.supervisor.clock import Clock
from vedette.supervisor.events import Events
from vedette.supervisor.ground import Ground
from vedette.supervisor.probe import Probe
from vedette.supervisor.reaper import Reaper
from vedette.supervisor.restarts import Policy
from vedette.supervisor.runner import Runner
from vedette.supervisor.tether import Tether


# ruff: noqa: D102 - the methods are described where they are first defined
class JumpingClock(Clock):
    """Waits cost nothing, and the wall clock jumps by days, to and fro."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.stamps = 0
        self.waits: list[float] = []
        self.stands_still_at = float("inf")

    def monotonic(self) -> float:
        return self.now

    def stamp(self) -> str:
        self.stamps += 1
        return (
            "1970-01-01T00:00:00.000+00:00" if self.stamps % 2 else "2099-12-31T23:59:59.999+00:00"
        )

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        if seconds >= self.stands_still_at:
            await asyncio.Event().wait()
        self.now += seconds
        await asyncio.sleep(0)


class NoTether(Tether):
    """The test ends what it starts."""

    def __init__(self) -> None:
        pass

    def add(self, group: int) -> None:
        del group

    def discard(self, group: int) -> None:
        del group


@pytest.fixture
def clock():
    return JumpingClock()


@pytest.fixture
def ground(house, clock):
    house.folder.prepare()
    return Ground(
        folder=house.folder,
        token="of this test",  # noqa: S106 - a mark, no password
        clock=clock,
        probe=Probe(),
        events=Events(house.folder.events, clock),
        reaper=Reaper(),
        tether=NoTether(),
        policy=Policy(first_delay=1.0, limit=4, slow_delay=60.0),
    )


def _run_until(ground, runner, condition):
    async def run():
        ground.reaper.attach(asyncio.get_running_loop())
        runner.start()
        try:
            async with asyncio.timeout(30):
                while not condition():  # noqa: ASYNC110 - the program tells nobody
                    await asyncio.sleep(0.01)
            return runner.state, runner.detail
        finally:
            await runner.stop()

    return asyncio.run(run())


def test_a_wall_clock_that_jumps_changes_no_decision(ground, house, clock):
    clock.stands_still_at = 60.0
    runner = Runner(house.program("web", "raise SystemExit(3)"), ground)
    state, detail = _run_until(ground, runner, lambda: runner.state == "crashed")
    assert state == "crashed"
    assert detail.startswith("it ended with code 3, 4 times within")
    assert clock.waits == [1.0, 2.0, 4.0, 60.0]
    stamps = {json.loads(row)["at"][:4] for row in house.folder.events.read_text().splitlines()}
    assert stamps == {"1970", "2099"}


def test_after_a_crash_loop_it_is_tried_now_and_then(ground, house, clock):
    runner = Runner(house.program("web", "raise SystemExit(3)"), ground)
    _run_until(ground, runner, lambda: clock.waits.count(60.0) >= 2)
    assert runner.restarts >= 5


def test_a_full_disk_under_the_log_is_told_and_tried_again(ground, house, clock, monkeypatch):
    real, full = os.open, [True]

    def maybe_full(path, *rest, **named):
        if full[0] and str(path).endswith("web.log"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", maybe_full)
    runner = Runner(house.program("web", "import time; time.sleep(600)"), ground)
    seen = []

    def ready():
        if runner.detail:
            seen.append(runner.detail)
            full[0] = False
        clock.now += 0.1  # it settles
        return runner.state == "ready"

    assert _run_until(ground, runner, ready)[0] == "ready"
    assert "cannot open the log" in seen[0]
    assert "No space left" in seen[0]


def test_events_that_cannot_be_written_do_no_harm(ground, house, clock):
    house.folder.events.mkdir()

    def ready():
        clock.now += 0.1
        return runner.state == "ready"

    runner = Runner(house.program("web", "import time; time.sleep(600)"), ground)
    assert _run_until(ground, runner, ready)[0] == "ready"


def test_our_own_fault_does_not_leave_a_program_unwatched(ground, house, clock, monkeypatch):
    clock.stands_still_at = 60.0

    def broken(_):
        message = "a fault of ours"
        raise RuntimeError(message)

    monkeypatch.setattr(ground.tether, "add", broken)
    runner = Runner(house.program("web", "import time; time.sleep(600)"), ground)
    _, detail = _run_until(ground, runner, lambda: runner.state == "crashed")
    assert "it could not be watched: a fault of ours" in detail
    assert runner.child is None


def test_a_stop_during_a_restart_wins(ground, house):
    runner = Runner(house.program("web", "import time; time.sleep(600)"), ground)

    async def run():
        ground.reaper.attach(asyncio.get_running_loop())
        runner.start()
        async with asyncio.timeout(30):
            while runner.child is None:  # noqa: ASYNC110 - the program tells nobody
                await asyncio.sleep(0.01)
            await asyncio.gather(runner.restart(), runner.close())
            await asyncio.sleep(0)
        return runner.child, runner.state

    child, state = asyncio.run(run())
    assert child is None
    assert state == "stopped"
