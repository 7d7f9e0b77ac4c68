"""Who is told of which alerts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vedette.model.secret import Secret


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """POST every notification to an address, in Alertmanager's version 4 format."""

    url: Secret
    send_resolved: bool = True


@dataclass(frozen=True, kw_only=True)
class Email:
    """Send every notification by e-mail.

    Args:
        to: Comma-separated addresses.
        sender: The address it comes from.
        smarthost: `host:port` of the mail server.
        username: For the mail server; empty for none.
        password: For the mail server.
        require_tls: False only for a server on this machine.
    """

    to: str
    sender: str
    smarthost: str
    username: str = ""
    password: Secret = field(default_factory=Secret)
    require_tls: bool = True
    send_resolved: bool = True


@dataclass(frozen=True, kw_only=True)
class Slack:
    """Write every notification into a channel."""

    url: Secret
    channel: str = ""
    send_resolved: bool = True


@dataclass(frozen=True, kw_only=True)
class PagerDuty:
    """Open and close an incident (Events API v2)."""

    routing_key: Secret
    send_resolved: bool = True


Notifier = Webhook | Email | Slack | PagerDuty


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """A name and the ways in which it is told."""

    name: str
    notifiers: tuple[Notifier, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Route:
    """Alerts that carry these labels go to this receiver.

    Args:
        receiver: Name of the receiver.
        match: Label values that must be equal; empty matches everything.
        carry_on: True lets the following routes see the alert too.
    """

    receiver: str
    match: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    carry_on: bool = False


@dataclass(frozen=True, kw_only=True)
class Routing:
    """The whole way from an alert to a person.

    Defaults: group_wait is shorter than Alertmanager's 30 s so that the first
    notification of a page is not the slowest hop of its path.

    Args:
        receivers: Everybody who can be told.
        routes: Tried in order; the first that matches wins.
        default: Receiver of what no route matches; empty for nobody.
        group_by: Labels that make one notification of many alerts.
        group_wait: How long a new group waits for its fellows.
        group_interval: How long until a group that changed is told again.
        repeat_interval: How long until one that did not change is told again.
    """

    receivers: tuple[Receiver, ...] = ()
    routes: tuple[Route, ...] = ()
    default: str = ""
    group_by: tuple[str, ...] = ("alertname", "module")
    group_wait: str = "10s"
    group_interval: str = "1m"
    repeat_interval: str = "4h"
