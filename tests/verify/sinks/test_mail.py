import smtplib
import sys
from email.message import EmailMessage

import pytest

from vedette.errors import UsageError
from vedette.verify.sinks import mail
from vedette.verify.sinks.inbox import Inbox


def send(smarthost, subject):
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "vedette@example.org"
    message["To"] = "oncall@example.org"
    message.set_content("see the dashboard")
    host, _, port = smarthost.partition(":")
    with smtplib.SMTP(host, int(port), timeout=10) as client:
        client.send_message(message)


@pytest.mark.parametrize(
    "subject, alert, status",
    [
        ("[FIRING:1] ModelNotLoaded serving (digits page)", "ModelNotLoaded", "firing"),
        ("[RESOLVED] ModelNotLoaded serving (digits page)", "ModelNotLoaded", "resolved"),
        ("[FIRING:12] TargetDown", "TargetDown", "firing"),
        ("[RESOLVED] Höhe serving (" + "a long label " * 12 + ")", "Höhe", "resolved"),
    ],
)
def test_the_alert_is_read_from_the_subject(subject, alert, status):
    inbox = Inbox()
    with mail.listening(inbox) as smarthost:
        send(smarthost, subject)
    assert inbox.first("email", alert, status, since=0, labels={})


def test_an_email_about_something_else_is_taken_and_not_noted():
    inbox = Inbox()
    with mail.listening(inbox) as smarthost:
        send(smarthost, "Lunch?")
    assert len(inbox) == 0


def test_several_emails_arrive():
    inbox = Inbox()
    with mail.listening(inbox) as smarthost:
        for number in range(5):
            send(smarthost, f"[FIRING:1] A{number}")
    assert len(inbox) == 5


def test_nobody_listens_afterwards():
    with mail.listening(Inbox()) as smarthost:
        pass
    with pytest.raises(OSError, match="refused"):
        send(smarthost, "[FIRING:1] A")


def test_a_bare_install_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "aiosmtpd.smtp", None)
    with pytest.raises(UsageError, match="vedette\\[verify\\]"), mail.listening(Inbox()):
        pass
