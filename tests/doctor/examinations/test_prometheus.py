import pytest

from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations.prometheus import _SIGNS, EXAMINATION


def look(patient, server):
    return list(EXAMINATION.examine(patient(prometheus=server)))


def test_nothing_wrong_is_fine(patient, prometheus):
    (result,) = look(patient, prometheus())
    assert isinstance(result, Fine)


@pytest.mark.parametrize("sign", _SIGNS, ids=lambda sign: sign.rule)
def test_each_sign_becomes_a_finding(patient, prometheus, sign):
    server = prometheus({sign.expr: [({"integration": "email"}, 3.0)]})
    (finding,) = look(patient, server)
    assert finding.rule == sign.rule
    assert "{" not in finding.message
    assert finding.hint


def test_failed_notifications_are_counted_by_their_kind(patient, prometheus):
    sign = next(sign for sign in _SIGNS if sign.rule == "alertmanager-notifications")
    (finding,) = look(patient, prometheus({sign.expr: [({"integration": "email"}, 3.0)]}))
    assert finding.message == "3 notifications by email failed in 10 minutes"


def test_a_rule_that_cannot_be_evaluated_is_quoted(patient, prometheus):
    rule = {
        "name": "Slow",
        "type": "alerting",
        "query": "x",
        "health": "err",
        "lastError": "many-to-many matching",
    }
    (finding,) = look(patient, prometheus(rules=[rule]))
    assert finding.subject == "Slow"
    assert "many-to-many" in finding.message


def test_without_a_prometheus_there_is_nothing_to_ask(patient):
    assert list(EXAMINATION.examine(patient())) == []
