import json

from vedette.clients.alertmanager import Alertmanager


def test_held_alerts_say_who_is_told_and_what_holds_them_back(serve):
    row = {
        "labels": {"alertname": "Slow"},
        "status": {"state": "suppressed", "silencedBy": ["s1"], "inhibitedBy": []},
        "receivers": [{"name": "team"}],
        "startsAt": "2026-01-01T00:00:00Z",
    }
    body = json.dumps([row])
    client = Alertmanager(serve({"/api/v2/alerts": (200, "application/json", body)}))
    (alert,) = client.alerts()
    client.close()
    assert (alert.name, alert.state, alert.receivers) == ("Slow", "suppressed", ("team",))
    assert alert.silenced_by == ("s1",)


def test_the_version_is_what_the_server_says(serve):
    body = json.dumps({"versionInfo": {"version": "0.33.1"}})
    client = Alertmanager(serve({"/api/v2/status": (200, "application/json", body)}))
    assert client.version() == "0.33.1"
    assert not client.ready()
    client.close()
