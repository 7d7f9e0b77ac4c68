from vedette.clients.prometheus import Prometheus
from vedette.discover import discover
from vedette.doctor import examinations
from vedette.doctor.diagnosis import Examination
from vedette.doctor.examine import examine


def test_the_folder_is_the_registry():
    known = discover(examinations, "EXAMINATION", Examination)
    assert {"programs", "ports", "targets", "disk", "panels"} <= set(known)
    orders = [one.order for one in known.values()]
    assert len(set(orders)) == len(orders)


def test_everything_is_said_in_one_diagnosis(serve, patient):
    server = serve({"/metrics": (200, "text/plain", "a 1\n")})
    diagnosis = examine(patient(server.address))
    assert f"m0 at {server.address}" in {one.subject for one in diagnosis.fine}
    assert "stack-not-running" in {one.rule for one in diagnosis.findings}


def test_an_examination_that_cannot_go_on_does_not_stop_the_others(patient, closed):
    away = Prometheus(f"http://{closed}")
    diagnosis = examine(patient(prometheus=away))
    away.close()
    stuck = [one for one in diagnosis.findings if one.rule == "doctor-cannot-look"]
    assert {one.subject for one in stuck} >= {"prometheus", "clock"}
    assert "telling-no-alertmanager" in {one.rule for one in diagnosis.findings}
