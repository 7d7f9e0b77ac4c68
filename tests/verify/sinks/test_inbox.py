from vedette.verify.sinks.inbox import Inbox


def first(inbox, **changes):
    wanted = {
        "sink": "webhook",
        "alert": "A",
        "status": "firing",
        "since": 0.0,
        "labels": {},
        **changes,
    }
    since, labels = wanted.pop("since"), wanted.pop("labels")
    return inbox.first(*wanted.values(), since=since, labels=labels)


def test_what_was_received_is_found_by_sink_alert_and_status():
    inbox = Inbox()
    inbox.put("webhook", "A", "firing", labels={"model": "x"})
    found = first(inbox)
    assert found is not None
    assert found.labels == {"model": "x"}
    assert first(inbox, sink="email") is None
    assert first(inbox, alert="B") is None
    assert first(inbox, status="resolved") is None


def test_an_older_notice_does_not_count():
    inbox = Inbox()
    inbox.put("webhook", "A", "firing")
    found = first(inbox)
    assert found is not None
    assert first(inbox, since=found.at + 1) is None


def test_labels_must_not_contradict():
    inbox = Inbox()
    inbox.put("webhook", "A", "firing", labels={"model": "x"})
    assert first(inbox, labels={"model": "y"}) is None
    assert first(inbox, labels={"model": "x", "owner": "team"}) is not None


def test_notices_are_counted():
    inbox = Inbox()
    inbox.put("email", "A", "firing")
    inbox.put("email", "A", "resolved")
    assert len(inbox) == 2
