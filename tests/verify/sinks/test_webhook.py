import httpx
import pytest

from vedette.verify.sinks import webhook
from vedette.verify.sinks.inbox import Inbox

NOTIFICATION = {
    "version": "4",
    "status": "firing",
    "alerts": [
        {"status": "firing", "labels": {"alertname": "A", "model": "x"}},
        {"status": "resolved", "labels": {"alertname": "A", "model": "y"}},
    ],
}


def test_every_alert_of_a_notification_is_noted():
    inbox = Inbox()
    with webhook.listening(inbox) as url:
        assert httpx.post(url, json=NOTIFICATION).status_code == 200
    assert inbox.first("webhook", "A", "firing", since=0, labels={"model": "x"})
    assert inbox.first("webhook", "A", "resolved", since=0, labels={"model": "y"})
    assert len(inbox) == 2


@pytest.mark.parametrize(
    "body", [b"", b"not json", b"[]", b"{}", b'{"alerts": [{}]}', b'{"alerts": 3}']
)
def test_what_is_no_notification_is_refused(body):
    inbox = Inbox()
    with webhook.listening(inbox) as url:
        assert httpx.post(url, content=body).status_code == 400
    assert len(inbox) == 0


def test_nobody_listens_afterwards():
    with webhook.listening(Inbox()) as url:
        pass
    with pytest.raises(httpx.ConnectError):
        httpx.post(url, json=NOTIFICATION)
