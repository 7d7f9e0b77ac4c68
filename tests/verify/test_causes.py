import threading

import pytest

from vedette.verify.causes import Causes


def test_a_cause_is_produced_and_mended():
    done: list[str] = []
    with Causes().produced("slow", lambda: done.append("break"), lambda: done.append("mend")):
        assert done == ["break"]
    assert done == ["break", "mend"]


def test_a_cause_is_mended_when_the_one_who_needed_it_fails():
    done: list[str] = []
    with (
        pytest.raises(ZeroDivisionError),
        Causes().produced("slow", lambda: None, lambda: done.append("mend")),
    ):
        _ = 1 / 0
    assert done == ["mend"]


def test_a_cause_that_two_need_is_produced_once_and_mended_by_the_last():
    causes, done = Causes(), list[str]()
    both = threading.Barrier(2, timeout=5)
    first_left = threading.Event()

    def need(*, stay: bool) -> None:
        with causes.produced("slow", lambda: done.append("break"), lambda: done.append("mend")):
            both.wait()
            if stay:
                assert first_left.wait(5)
                done.append("still broken")

    leaving = threading.Thread(target=need, kwargs={"stay": False})
    staying = threading.Thread(target=need, kwargs={"stay": True})
    staying.start()
    leaving.start()
    leaving.join(5)
    first_left.set()
    staying.join(5)
    assert done == ["break", "still broken", "mend"]


def test_who_leaves_first_learns_when_the_cause_was_mended():
    causes = Causes()
    with causes.produced("slow", lambda: None, lambda: None) as one:
        with causes.produced("slow", lambda: None, lambda: None) as other:
            pass
        assert other.since == one.since
    assert other.mended(within=0) == one.mended(within=0) >= one.since


def test_different_causes_do_not_wait_for_each_other():
    causes, done = Causes(), list[str]()
    with (
        causes.produced("slow", lambda: done.append("slow"), lambda: None),
        causes.produced("unloaded", lambda: done.append("unloaded"), lambda: None),
    ):
        assert done == ["slow", "unloaded"]


def test_a_cause_that_cannot_be_produced_is_not_mended():
    done: list[str] = []

    def fail() -> None:
        raise OSError

    with pytest.raises(OSError), Causes().produced("x", fail, lambda: done.append("mend")):  # noqa: PT011 - no message
        pass
    assert done == []
