from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.supervisor.clock import Clock
from vedette.supervisor.restarts import Policy, Restarts, Verdict

LIVES = st.lists(st.floats(min_value=0.01, max_value=200.0), min_size=1, max_size=12)


class JumpingClock(Clock):
    """A machine whose wall clock is moved while its monotonic clock goes on."""

    def __init__(self, jump: timedelta) -> None:
        self.now = 1000.0
        self.wall = datetime(2026, 1, 1, tzinfo=UTC)
        self._jump = jump

    def live(self, seconds: float) -> None:
        """Let time pass; the wall clock jumps besides."""
        self.now += seconds
        self.wall += timedelta(seconds=seconds) + self._jump

    def monotonic(self) -> float:
        """Return seconds that only grow."""
        return self.now

    def stamp(self) -> str:
        """Return the wall clock, wherever it jumped to."""
        return self.wall.isoformat()


def judge(clock: JumpingClock, lives: list[float]) -> list[Verdict]:
    restarts = Restarts(policy=Policy())
    verdicts = []
    for seconds in lives:
        started = clock.monotonic()
        clock.live(seconds)
        verdicts.append(restarts.exited(started=started, now=clock.monotonic()))
    return verdicts


def test_each_exit_doubles_the_delay_until_the_limit_is_a_crash_loop():
    verdicts = judge(JumpingClock(timedelta()), [0.1] * 5)
    assert [verdict.delay for verdict in verdicts] == [0.25, 0.5, 1.0, 2.0, 60.0]
    assert [verdict.crash_loop for verdict in verdicts] == [False] * 4 + [True]
    assert verdicts[-1].exits == 5
    assert verdicts[-1].seconds == pytest.approx(0.4)


def test_a_delay_never_exceeds_the_longest_one():
    restarts = Restarts(policy=Policy(limit=1000))
    delays = [restarts.exited(started=0.0, now=n / 100).delay for n in range(40)]
    assert max(delays) == 30.0
    assert delays == sorted(delays)


def test_a_program_that_stayed_up_long_enough_starts_afresh():
    verdicts = judge(JumpingClock(timedelta()), [0.1, 0.1, 0.1, 0.1, 60.0])
    assert verdicts[-1] == Verdict(delay=0.25, crash_loop=False, exits=1, seconds=0.0)


def test_exits_that_are_far_apart_are_no_crash_loop():
    assert not any(verdict.crash_loop for verdict in judge(JumpingClock(timedelta()), [20.0] * 50))


def test_a_restart_that_was_asked_for_forgives_earlier_exits():
    restarts = Restarts()
    for n in range(4):
        restarts.exited(started=0.0, now=n / 10)
    restarts.forget()
    assert restarts.exited(started=0.0, now=1.0).exits == 1


@pytest.mark.parametrize("days", [-1, 1])
@given(lives=LIVES)
def test_a_wall_clock_that_jumps_a_day_changes_no_verdict(days, lives):
    steady, jumping = JumpingClock(timedelta()), JumpingClock(timedelta(days=days))
    assert judge(jumping, lives) == judge(steady, lives)
    assert jumping.stamp() != steady.stamp()


@given(lives=LIVES)
def test_a_crash_loop_means_the_limit_was_reached_within_the_window(lives):
    policy = Policy()
    for verdict in judge(JumpingClock(timedelta()), lives):
        assert verdict.crash_loop == (verdict.exits >= policy.limit)
        assert 0.0 <= verdict.seconds < policy.window
