import pytest

from vedette.console.alerts import Active, Rule
from vedette.console.targets import Target
from vedette.console.verdict import judge, pulse


def _rule(name="Slow", state="firing", severity="ticket", **more):
    active = [
        Active(
            state=state,
            since="",
            value="",
            labels={},
            summary="",
            description="",
            silenced=more.pop("silenced", False),
        )
    ]
    given = {
        "group": "g",
        "expr": "",
        "hold_seconds": 0,
        "labels": {},
        "error": "",
        "runbook": False,
        "heartbeat": name == "Watchdog",
        "active": active,
    }
    return Rule(name=name, state=state, severity=severity, **{**given, **more})


def _target(health="up"):
    return Target(
        job="j",
        instance="i",
        module="",
        health=health,
        error="",
        url="",
        last_scrape="",
        scrape_seconds=0,
        interval="",
        labels={},
    )


UP = [_target()]
PULSE = _rule("Watchdog", severity="info")


def test_all_is_well_when_nothing_fires_and_everything_is_up():
    verdict = judge([PULSE, _rule(state="inactive")], UP, [{"name": "p", "state": "ready"}])
    assert (verdict.level, verdict.text) == ("ok", "All is well")


def test_faults_are_counted_in_one_line():
    rules = [_rule(), _rule("Down", severity="page")]
    verdict = judge(rules, [_target("down"), *UP], [])
    assert (verdict.level, verdict.text) == ("bad", "2 alerts firing, 1 target down")


def test_a_ticket_alone_is_a_warning():
    assert judge([_rule()], UP, []).level == "warning"


def test_a_crashed_program_is_bad():
    verdict = judge([], UP, [{"name": "prometheus", "state": "crashed"}])
    assert (verdict.level, verdict.text) == ("bad", "1 program not running")


@pytest.mark.parametrize("given", [{"severity": "info"}, {"silenced": True}])
def test_what_nobody_is_told_of_is_a_detail(given):
    verdict = judge([PULSE, _rule(**given)], UP, [])
    assert verdict.text == "All is well"
    assert "1 alert firing quietly" in verdict.details[0]


def test_pending_alerts_and_broken_rules_are_details():
    rules = [PULSE, _rule(state="pending"), _rule(state="inactive", error="broken")]
    details = judge(rules, UP, []).details
    assert details == ["1 alert pending", "1 rule that cannot be evaluated"]


def test_a_silent_pulse_is_not_all_well():
    assert judge([_rule("Watchdog", "inactive")], UP, []).level == "notice"


def test_nothing_watched_and_nothing_scraped_yet_are_said():
    assert judge([PULSE], [], []).text == "Nothing is watched yet"
    assert "first scrape of 1 of 2" in judge([PULSE], [_target("unknown"), *UP], []).text


@pytest.mark.parametrize(
    "rules,beat",
    [
        ([], "absent"),
        ([PULSE], "beating"),
        ([_rule("Watchdog", "pending")], "silent"),
    ],
)
def test_the_pulse_is_the_alert_that_always_fires(rules, beat):
    assert pulse(rules) == beat
