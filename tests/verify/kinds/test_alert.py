import pytest
from pydantic import ValidationError

from vedette.verify.kinds.alert import AlertPromise, check
from vedette.verify.outcome import BrokenPromiseError

LABELS = {"alertname": "ModelNotLoaded", "model": "digits"}


def promise(**changes):
    return AlertPromise(
        **{
            "alert": "ModelNotLoaded",
            "labels": {"model": "digits"},
            "cause": "POST {serving}/break/unload-model",
            "within": 0.6,
            "resolves": 0.6,
            **changes,
        }
    )


@pytest.fixture
def stack(prometheus, service, system):
    """Fires at the cause and tells both sinks; resolves when it is mended."""
    prometheus.rules = ["ModelNotLoaded"]
    inbox = system.inbox

    def tell(status):
        inbox.put("webhook", "ModelNotLoaded", status, labels=LABELS)
        inbox.put("email", "ModelNotLoaded", status)

    def unload(_):
        prometheus.states = [(LABELS, "pending")]
        return {}

    plain = prometheus.answers["/api/v1/alerts"]

    def ripen(params):
        told = plain(params)
        if prometheus.states and prometheus.states[0][1] == "pending":
            prometheus.states = [(LABELS, "firing")]
            tell("firing")
        return told

    def load(_):
        prometheus.states = []
        tell("resolved")
        return {}

    service.answers["/break/unload-model"] = lambda params: (
        unload(params) if service.asked[-1].startswith("POST") else load(params)
    )
    prometheus.answers["/api/v1/alerts"] = ripen
    return service


def test_an_alert_that_goes_its_whole_way_is_kept_with_every_hop(stack, system):
    seen = check(promise(), system)
    assert [step.name for step in seen.steps] == [
        "pending",
        "firing",
        "firing by webhook",
        "firing by email",
        "mended",
        "resolved",
        "resolved by webhook",
        "resolved by email",
    ]
    assert stack.asked == ["POST /break/unload-model", "DELETE /break/unload-model"]


def test_a_rule_that_does_not_exist_is_broken_before_anything_is(prometheus, stack, system):
    prometheus.rules = []
    with pytest.raises(BrokenPromiseError, match="there is no rule ModelNotLoaded"):
        check(promise(), system)
    assert stack.asked == []


@pytest.mark.usefixtures("stack")
def test_an_alert_that_fires_anyway_proves_nothing(prometheus, system):
    prometheus.states = [(LABELS, "firing")]
    with pytest.raises(BrokenPromiseError, match="is firing before anything is broken"):
        check(promise(), system)


def test_an_alert_that_stays_quiet_is_broken_and_its_cause_is_mended(service, prometheus, system):
    prometheus.rules = ["ModelNotLoaded"]
    service.answers["/break/unload-model"] = lambda _: {}
    with pytest.raises(BrokenPromiseError, match="is quiet, not firing"):
        check(promise(), system)
    assert service.asked[-1] == "DELETE /break/unload-model"


@pytest.mark.usefixtures("stack")
def test_another_instance_of_the_alert_does_not_count(prometheus, system):
    other = {"alertname": "ModelNotLoaded", "model": "language"}
    prometheus.states = [(other, "firing")]
    assert "fired" in check(promise(), system).text


@pytest.mark.usefixtures("stack")
def test_an_alert_that_no_mail_told_of_is_broken_with_the_hops_before(system, monkeypatch):
    plain = system.inbox.put
    monkeypatch.setattr(
        system.inbox,
        "put",
        lambda sink, *rest, **more: plain(sink, *rest, **more) if sink == "webhook" else None,
    )
    with pytest.raises(BrokenPromiseError, match="no email said that ModelNotLoaded") as broken:
        check(promise(), system)
    assert [step.name for step in broken.value.steps][-1] == "firing by webhook"


@pytest.mark.usefixtures("stack")
@pytest.mark.usefixtures("prometheus")
def test_an_alert_that_never_resolves_is_broken(system, service):
    plain = service.answers["/break/unload-model"]
    service.answers["/break/unload-model"] = lambda params: (
        plain(params) if service.asked[-1].startswith("POST") else {}
    )
    with pytest.raises(BrokenPromiseError, match="is still firing"):
        check(promise(), system)


def test_a_cause_that_cannot_be_produced_is_broken(prometheus, service, system):
    prometheus.rules = ["ModelNotLoaded"]
    service.answers["/break/unload-model"] = lambda _: (404, {"detail": "no fault"})
    with pytest.raises(BrokenPromiseError, match="answered 404"):
        check(promise(), system)


def test_words_that_are_no_deed_are_refused():
    with pytest.raises(ValidationError, match="is no deed"):
        promise(cause="hope for the worst")
