"""Receivers and routes of a plan file."""

from collections.abc import Iterable

from vedette.model.module import Module
from vedette.model.pack import Pack
from vedette.model.routing import (
    Email,
    Notifier,
    PagerDuty,
    Receiver,
    Route,
    Routing,
    Slack,
    Webhook,
)
from vedette.planfile import schema
from vedette.planfile.document import Path
from vedette.planfile.fields import is_label
from vedette.planfile.scope import Scope

SEVERITIES = ("page", "ticket", "info")
_OWN_MACHINE = ("localhost:", "127.0.0.1:", "[::1]:")


def routing(
    plan: schema.PlanFile, services: tuple[Module, ...], *, packs: Iterable[Pack], scope: Scope
) -> Routing:
    """Return who is told of what.

    Args:
        plan: What the file says.
        services: The user's services, whose names rules may match.
        packs: The packs in use, whose alerts rules may match.
        scope: The reading; gets the findings.
    """
    keys = plan.routes
    alerts = [alert.name for pack in packs for alert in pack.alerts]
    values = {
        "severity": SEVERITIES,
        "module": tuple(service.name for service in services),
        "alertname": tuple(alerts),
    }
    for at, label in enumerate(keys.group_by):
        if not is_label(label) and label != "...":
            path: Path = ("routes", "group_by", at)
            hint = "letters, digits and _; or '...' for every label"
            scope.report("plan-type", path, f"{label!r} is not a label name", hint=hint)
    return Routing(
        receivers=tuple(_receiver(name, ways, scope) for name, ways in plan.receivers.items()),
        routes=tuple(
            _route(rule, at, plan=plan, values=values, scope=scope)
            for at, rule in enumerate(keys.rules)
        ),
        default=_default(plan, scope),
        group_by=tuple(keys.group_by),
        group_wait=keys.group_wait,
        group_interval=keys.group_interval,
        repeat_interval=keys.repeat_interval,
    )


def _default(plan: schema.PlanFile, scope: Scope) -> str:
    path: Path = ("routes", "default")
    default = plan.routes.default
    if default is not None:
        if default not in plan.receivers:
            scope.reference(path, f"receiver {default!r}", plan.receivers)
        return default
    if len(plan.receivers) > 1:
        message = "there are several receivers, and none is the default"
        hint = f"add routes: {{default: {next(iter(plan.receivers))}}}"
        scope.at_key("plan-reference", ("receivers",), message, hint=hint)
    return next(iter(plan.receivers), "")


def _receiver(name: str, ways: list[schema.Notifier], scope: Scope) -> Receiver:
    path: Path = ("receivers", name)
    if not ways:
        message = f"the receiver {name!r} is told in no way"
        hint = "add one: [{webhook: https://...}] or [{email: you@example.org}]"
        scope.at_key("plan-range", path, message, hint=hint)
    if not name.strip():
        scope.at_key("plan-name", path, "a receiver has no name", hint="give it one")
    notifiers = tuple(_notifier(keys, (*path, at), scope) for at, keys in enumerate(ways))
    return Receiver(name=name, notifiers=notifiers)


def _notifier(keys: schema.Notifier, path: Path, scope: Scope) -> Notifier:
    if keys.webhook:
        file = (*path, "webhook", "url_file")
        return Webhook(
            url=scope.secret(keys.webhook.url, keys.webhook.url_file, file),
            send_resolved=keys.webhook.send_resolved,
        )
    if keys.slack:
        file = (*path, "slack", "url_file")
        return Slack(
            url=scope.secret(keys.slack.url, keys.slack.url_file, file),
            channel=keys.slack.channel,
            send_resolved=keys.slack.send_resolved,
        )
    if keys.pagerduty:
        key = keys.pagerduty
        file = (*path, "pagerduty", "routing_key_file")
        return PagerDuty(
            routing_key=scope.secret(key.routing_key, key.routing_key_file, file),
            send_resolved=key.send_resolved,
        )
    assert keys.email  # noqa: S101 - the schema has seen to it that one of the four is given
    return _email(keys.email, (*path, "email"), scope)


def _email(keys: schema.Email, path: Path, scope: Scope) -> Email:
    require_tls = keys.require_tls
    if require_tls is None:
        require_tls = not keys.smarthost.startswith(_OWN_MACHINE)
    return Email(
        to=keys.to,
        sender=keys.sender,
        smarthost=keys.smarthost,
        username=keys.username,
        password=scope.secret(keys.password, keys.password_file, (*path, "password_file")),
        require_tls=require_tls,
        send_resolved=keys.send_resolved,
    )


def _route(
    rule: schema.Rule,
    at: int,
    *,
    plan: schema.PlanFile,
    values: dict[str, tuple[str, ...]],
    scope: Scope,
) -> Route:
    path: Path = ("routes", "rules", at)
    if rule.receiver not in plan.receivers:
        scope.reference((*path, "receiver"), f"receiver {rule.receiver!r}", plan.receivers)
    for label, value in rule.match.items():
        if label in values and value not in values[label]:
            what = "alert" if label == "alertname" else label
            scope.reference((*path, "match", label), f"{what} {value!r}", values[label])
    return Route(receiver=rule.receiver, match=rule.match, carry_on=rule.carry_on)
