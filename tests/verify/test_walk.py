import threading
import time

import pytest

from vedette.errors import UsageError
from vedette.verify import walk as walking
from vedette.verify.ledger import Ledger, Line
from vedette.verify.needs import PRESENT
from vedette.verify.outcome import BrokenPromiseError, Evidence, Step
from vedette.verify.promise import Kind, Phase, Promise
from vedette.verify.walk import chosen, walk


class Word(Promise):
    """A line that is one word."""

    word: str

    def words(self) -> str:
        """Return it."""
        return self.word


def line(word, kind="look", **more):
    return Line(kind=kind, promise=Word(word=word, **more))


@pytest.fixture
def kinds(monkeypatch):
    """Kinds of lines whose checks a test writes."""
    known: dict[str, Kind[Word]] = {}
    monkeypatch.setattr(walking, "known", lambda: known)

    def add(name, check, phase=Phase.STEADY):
        known[name] = Kind(summary=name, promise=Word, check=check, phase=phase)

    return add


def test_a_promise_that_is_kept_passes_with_its_evidence(kinds, system):
    steps = (Step(name="firing", seconds=1.5),)
    kinds("look", lambda promise, _: Evidence(text=f"saw {promise.word}", steps=steps))
    [outcome] = walk([line("a")], system)
    assert (outcome.passed, outcome.evidence, outcome.steps) == (True, "saw a", steps)
    assert (outcome.promise, outcome.kind) == ("a", "look")


@pytest.mark.parametrize(
    "fault, seen",
    [
        (BrokenPromiseError("it was empty"), "it was empty"),
        (UsageError("no such thing", hint="look again"), "no such thing"),
        (OSError("disk"), "OSError: disk"),
        (KeyError("pid"), "KeyError: 'pid'"),
    ],
)
def test_whatever_goes_wrong_fails_the_line_and_not_the_walk(kinds, system, fault, seen):
    def check(promise, _):
        if promise.word == "bad":
            raise fault
        return Evidence(text="fine")

    kinds("look", check)
    outcomes = {outcome.promise: outcome for outcome in walk([line("bad"), line("good")], system)}
    assert not outcomes["bad"].passed
    assert outcomes["bad"].evidence == seen
    assert outcomes["good"].passed


def test_a_fault_of_our_own_is_not_taken_for_a_broken_promise(kinds, system):
    kinds("look", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        list(walk([line("a")], system))


def test_whoever_stops_listening_does_not_wait_for_the_rest(kinds, system):
    stay = threading.Event()

    def check(promise, _):
        assert promise.word == "quick" or stay.wait(20)
        return Evidence(text="seen")

    kinds("look", check)
    outcomes = walk([line("slow"), line("quick")], system)
    started = time.monotonic()
    assert next(outcomes).promise == "quick"
    del outcomes
    assert time.monotonic() - started < 10
    stay.set()


def test_lines_of_one_phase_are_checked_side_by_side(kinds, system):
    all_there = threading.Barrier(3, timeout=5)

    def check(*_):
        all_there.wait()
        return Evidence(text="met")

    kinds("look", check)
    assert all(outcome.passed for outcome in walk([line("a"), line("b"), line("c")], system))


def test_phases_follow_each_other_and_outages_come_one_by_one(kinds, system):
    running: list[str] = []
    order: list[str] = []

    def check(promise, _):
        assert running == []
        running.append(promise.word)
        order.append(promise.word)
        running.clear()
        return Evidence(text="done")

    kinds("look", check)
    kinds("break", check, Phase.FAULTS)
    kinds("stop", check, Phase.OUTAGES)
    lines = [
        line("3", "stop"),
        line("4", "look", alone=True),
        line("5", "stop"),
        line("2", "break"),
        line("1"),
    ]
    assert all(outcome.passed for outcome in walk(lines, system))
    assert order == ["1", "2", "3", "4", "5"]


def test_a_line_that_needs_what_the_machine_lacks_is_left_out(kinds, system, monkeypatch):
    kinds("look", lambda *_: pytest.fail("it was checked all the same"))
    monkeypatch.setitem(PRESENT, "gpu", lambda: False)
    [outcome] = walk([line("a", needs="gpu")], system)
    assert outcome.left_out
    assert outcome.evidence == "left out: this machine has no gpu"


def test_a_line_whose_need_is_met_is_checked(kinds, system, monkeypatch):
    kinds("look", lambda *_: Evidence(text="seen"))
    monkeypatch.setitem(PRESENT, "gpu", lambda: True)
    [outcome] = walk([line("a", needs="gpu")], system)
    assert (outcome.left_out, outcome.evidence) == (False, "seen")


LEDGER = Ledger(
    system="A shop",
    lines=(line("model_loaded is there"), line("ServiceDown", "alert"), line("Slow", long=True)),
)


@pytest.mark.parametrize(
    "only, long, words",
    [
        ("", False, ["model_loaded is there", "ServiceDown"]),
        ("", True, ["model_loaded is there", "ServiceDown", "Slow"]),
        ("alert", False, ["ServiceDown"]),
        ("LOADED", False, ["model_loaded is there"]),
        ("model*there", False, ["model_loaded is there"]),
    ],
)
def test_lines_are_chosen_by_what_they_say(only, long, words):
    assert [found.promise.title() for found in chosen(LEDGER, only, long=long)] == words


def test_a_pattern_that_fits_nothing_is_refused():
    with pytest.raises(UsageError, match="no promise is like 'grafana'"):
        chosen(LEDGER, "grafana")
