import pytest

from vedette.supervisor.restarts import Policy, Restarts


def test_each_restart_waits_twice_as_long_as_the_one_before():
    restarts = Restarts(policy=Policy(first_delay=1.0, limit=10))
    delays = [restarts.exited(started=at, now=at).delay for at in (0.0, 1.0, 2.0, 3.0)]
    assert delays == [1.0, 2.0, 4.0, 8.0]


def test_the_wait_has_an_upper_limit():
    restarts = Restarts(policy=Policy(first_delay=1.0, longest_delay=3.0, limit=10))
    delays = [restarts.exited(started=at, now=at).delay for at in (0.0, 1.0, 2.0, 3.0)]
    assert delays == [1.0, 2.0, 3.0, 3.0]


def test_many_exits_in_a_short_time_are_a_crash_loop_with_slow_tries():
    restarts = Restarts(policy=Policy(limit=3, slow_delay=60.0))
    verdicts = [restarts.exited(started=at, now=at + 1.0) for at in (0.0, 2.0, 4.0)]
    assert [verdict.crash_loop for verdict in verdicts] == [False, False, True]
    assert (verdicts[-1].delay, verdicts[-1].exits, verdicts[-1].seconds) == (60.0, 3, 4.0)


def test_exits_that_are_long_ago_do_not_count():
    restarts = Restarts(policy=Policy(limit=3, window=60.0))
    verdicts = [restarts.exited(started=at - 1, now=at) for at in (0.0, 30.0, 61.0, 95.0)]
    assert not any(verdict.crash_loop for verdict in verdicts)
    assert [verdict.exits for verdict in verdicts] == [1, 2, 2, 2]


@pytest.mark.parametrize("forgiven", ["by a long life", "by a wish"])
def test_a_program_starts_afresh(forgiven):
    restarts = Restarts(policy=Policy(first_delay=1.0, window=60.0))
    for at in (100.0, 101.0, 102.0):
        restarts.exited(started=at, now=at)
    if forgiven == "by a wish":
        restarts.forget()
        verdict = restarts.exited(started=103.0, now=104.0)
    else:
        verdict = restarts.exited(started=103.0, now=163.0)
    assert (verdict.delay, verdict.exits) == (1.0, 1)
