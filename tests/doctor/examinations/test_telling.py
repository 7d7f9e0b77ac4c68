from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations.telling import EXAMINATION
from vedette.model.routing import Receiver, Routing, Webhook
from vedette.model.secret import Secret


def look(patient):
    return list(EXAMINATION.examine(patient))


def test_nobody_told_is_a_warning(patient):
    (finding,) = look(patient(components=("alertmanager",)))
    assert (finding.rule, finding.level) == ("telling-nobody", "warning")
    assert "receivers:" in finding.hint


def test_a_receiver_is_named(patient):
    way = Webhook(url=Secret(text="http://x"))
    routing = Routing(receivers=(Receiver(name="team", notifiers=(way,)),), default="team")
    plan = {"routing": routing}
    (fine,) = look(patient(components=("alertmanager",), plan=plan))
    assert fine == Fine(subject="alerts", message="go to team")


def test_alerts_without_alertmanager_are_a_warning(patient):
    (finding,) = look(patient())
    assert finding.rule == "telling-no-alertmanager"
