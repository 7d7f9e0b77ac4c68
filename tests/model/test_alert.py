import pytest

from vedette.errors import DeclarationError
from vedette.model.alert import Alert, RecordingRule


def alert(**more):
    fields = {
        "name": "Slow",
        "expr": "up == 0",
        "severity": "page",
        "summary": "s",
        "description": "d",
        "runbook": "r",
    }
    return Alert(**{**fields, **more})


@pytest.mark.parametrize("duration", ["0", "0s", "30s", "5m", "1h30m", "2d", "500ms"])
def test_durations_as_prometheus_writes_them_are_accepted(duration):
    assert alert(hold=duration, keep=duration).hold == duration


@pytest.mark.parametrize("duration", ["5", "5 m", "1.5h", "-5m", "soon", "5m\n"])
def test_other_durations_are_refused_with_the_alert_that_has_them(duration):
    with pytest.raises(DeclarationError, match="alert Slow"):
        alert(hold=duration)


def test_a_recording_rule_stands_in_an_expression_by_its_name():
    rule = RecordingRule(name="job:up:avg", expr="avg(up)", help="How many are up.")
    assert f"{rule} < 1" == "job:up:avg < 1"
