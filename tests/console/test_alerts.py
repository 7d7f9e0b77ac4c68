import pytest

LABELS = {"alertname": "Slow", "severity": "ticket", "job": "api"}


def _rule(name, state, *, labels=None, alerts=()):
    return {
        "name": name,
        "state": state,
        "query": "up == 0",
        "duration": 60,
        "labels": labels or {},
        "alerts": list(alerts),
        "type": "alerting",
    }


def _alert(state="firing", **labels):
    return {
        "labels": {**LABELS, **labels},
        "annotations": {"summary": "It is slow"},
        "state": state,
        "activeAt": "2026-01-01T00:00:00Z",
        "value": "1e+00",
    }


@pytest.fixture
def rules(console, prometheus):
    def _rules(*found):
        prometheus.answers["/api/v1/rules"] = {"groups": [{"name": "g", "rules": list(found)}]}
        return console.get("/api/alerts").json()

    return _rules


def test_what_fires_comes_before_what_is_pending_before_the_pulse_before_the_quiet(rules):
    found = rules(
        _rule("Quiet", "inactive"),
        _rule("Watchdog", "firing"),
        _rule("Soon", "pending"),
        _rule("Now", "firing"),
    )
    assert [rule["name"] for rule in found["rules"]] == ["Now", "Soon", "Watchdog", "Quiet"]
    assert found["rules"][2]["heartbeat"]


def test_a_silent_pulse_comes_first(rules):
    found = rules(_rule("Now", "firing"), _rule("Watchdog", "inactive"))
    assert found["rules"][1]["name"] == "Watchdog"


def test_a_rule_carries_what_a_person_needs(rules):
    (rule,) = rules(_rule("Slow", "firing", labels={"severity": "page"}, alerts=[_alert()]))[
        "rules"
    ]
    assert (rule["severity"], rule["expr"], rule["hold_seconds"]) == ("page", "up == 0", 60)
    (active,) = rule["active"]
    assert (active["summary"], active["silenced"]) == ("It is slow", False)
    assert "alertname" not in active["labels"]


def test_an_alert_that_alertmanager_silences_is_marked(rules, alertmanager):
    # Alertmanager's copy carries the stack's external labels as well.
    alertmanager.answers["/api/v2/alerts"] = [{"labels": {**LABELS, "stack": "s"}}]
    (rule,) = rules(_rule("Slow", "firing", alerts=[_alert(), _alert(job="other")]))["rules"]
    silenced = {active["labels"]["job"]: active["silenced"] for active in rule["active"]}
    assert silenced == {"api": True, "other": False}
    assert alertmanager.asked[0][2] == {"active": "false"}


def test_a_dead_alertmanager_hides_no_alert(rules, alertmanager):
    alertmanager.raw["/api/v2/alerts"] = (500, "text/plain", b"no")
    found = rules(_rule("Slow", "firing", alerts=[_alert()]))
    assert found["rules"][0]["state"] == "firing"
    assert "Alertmanager" in found["problem"]


def test_a_rule_with_a_runbook_says_so(open_console, prometheus, tmp_path):
    file = tmp_path / "r.json"
    file.write_text('{"Slow": "text"}')
    rules = [_rule("Slow", "inactive"), _rule("Other", "inactive")]
    prometheus.answers["/api/v1/rules"] = {"groups": [{"name": "g", "rules": rules}]}
    found = open_console(runbooks=file).get("/api/alerts").json()["rules"]
    assert {rule["name"]: rule["runbook"] for rule in found} == {"Slow": True, "Other": False}
