from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations.clock import EXAMINATION

NOW = 1_700_000_000.0
NEWEST = "max(timestamp(up))"
HOSTS = "node_time_seconds - timestamp(node_time_seconds)"


def look(patient, prometheus, **queries):
    return list(EXAMINATION.examine(patient(prometheus=prometheus(queries))))


def test_samples_from_now_are_fine(patient, prometheus):
    (result,) = look(patient, prometheus, **{NEWEST: [({}, NOW - 3)]})
    assert isinstance(result, Fine)


def test_samples_from_the_future_mean_that_our_clock_went_back(patient, prometheus):
    (finding,) = look(patient, prometheus, **{NEWEST: [({}, NOW + 3600)]})
    assert finding.rule == "clock-skew"
    assert "1 h ahead" in finding.message


def test_a_host_with_another_time_is_named(patient, prometheus):
    queries = {NEWEST: [({}, NOW)], HOSTS: [({"instance": "far:9100"}, -90.0)]}
    _, finding = look(patient, prometheus, **queries)
    assert "far:9100 is 1.5 min behind" in finding.message


def test_without_a_sample_there_is_nothing_to_say(patient, prometheus):
    assert look(patient, prometheus) == []
    assert list(EXAMINATION.examine(patient())) == []
