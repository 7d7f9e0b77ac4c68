import pytest

from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations.freshness import EXAMINATION
from vedette.doctor.patient import Running

ROW = Running(state="ready", title="Alertmanager")


def look(patient):
    return list(EXAMINATION.examine(patient))


@pytest.fixture
def running(patient):
    """A stack whose rendered files are those of its plan."""
    one = patient(components=("alertmanager",), running={"alertmanager": ROW})
    folder = one.plan.state / "config" / "alertmanager"
    for name, text in one.components["alertmanager"].files(one.plan).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return one


def test_what_runs_is_what_the_plan_says(running):
    (result,) = look(running)
    assert isinstance(result, Fine)


def test_a_plan_that_changed_needs_a_reload(running):
    file = next((running.plan.state / "config" / "alertmanager").iterdir())
    file.write_text("global: {}\n")
    (finding,) = look(running)
    assert finding.rule == "plan-not-loaded"
    assert file.name in finding.message
    assert "vedette reload" in finding.hint


def test_where_nothing_runs_nothing_is_old(patient):
    assert (look(patient(components=("alertmanager",)))) == []
