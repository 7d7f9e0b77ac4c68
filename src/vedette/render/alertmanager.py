"""The configuration of Alertmanager for a plan."""

from collections.abc import Iterator, Mapping
from typing import Any

from vedette.model import version
from vedette.model.plan import Plan
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
from vedette.model.secret import Secret
from vedette.render._yaml import dump

_COMMENT = "Written by vedette from vedette.yaml; `vedette reload` writes it anew."
_TITLE = "[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }} {{ .CommonLabels.module }}"
_LINES = (
    "{{ range .Alerts }}*{{ .Annotations.summary }}*\n{{ .Annotations.description }}\n{{ end }}"
)

# What needs no notification of its own while something that explains it is firing.
_INHIBITIONS: tuple[dict[str, Any], ...] = (
    {
        "source_matchers": ['alertname=~"ApplicationDown|TargetDown"'],
        "target_matchers": ['alertname!~"ApplicationDown|TargetDown"', 'instance!=""'],
        "equal": ["instance"],
    },
    {
        "source_matchers": ['severity="page"'],
        "target_matchers": ['severity=~"ticket|info"'],
        "equal": ["alertname", "module", "instance", "model"],
    },
)


def config(plan: Plan) -> str:
    """Return alertmanager.yml.

    What no route matches goes to the default receiver; where there is none, and for the
    Watchdog that always fires, to a receiver that tells nobody. Secrets that the plan holds
    as text are written as text, so the file must be readable by its owner only.

    Raises:
        ProgramMissingError: this Alertmanager cannot read a secret from a file.
    """
    routing = plan.routing
    nobody = _nobody(routing)
    document = {
        "route": {
            "receiver": routing.default or nobody,
            "group_by": list(routing.group_by),
            "group_wait": routing.group_wait,
            "group_interval": routing.group_interval,
            "repeat_interval": routing.repeat_interval,
            "routes": list(_routes(routing, nobody)),
        },
        "inhibit_rules": list(_INHIBITIONS),
        "receivers": [{"name": nobody}, *(_receiver(plan, who) for who in routing.receivers)],
    }
    return dump(document, comment=_COMMENT)


def _nobody(routing: Routing) -> str:
    taken = {receiver.name for receiver in routing.receivers}
    name = "nobody"
    while name in taken:
        name = f"really-{name}"
    return name


def _routes(routing: Routing, nobody: str) -> Iterator[dict[str, Any]]:
    asked = [route for route in routing.routes if route.match.get("alertname") == "Watchdog"]
    yield from (_route(route) for route in asked)
    yield {"matchers": ['alertname="Watchdog"'], "receiver": nobody}
    yield from (_route(route) for route in routing.routes if route not in asked)


def _route(route: Route) -> dict[str, Any]:
    matchers = [f"{label}={_quote(value)}" for label, value in route.match.items()]
    block: dict[str, Any] = {"matchers": matchers} if matchers else {}
    block["receiver"] = route.receiver
    if route.carry_on:
        block["continue"] = True
    return block


def _quote(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _receiver(plan: Plan, receiver: Receiver) -> dict[str, Any]:
    block: dict[str, Any] = {"name": receiver.name}
    for notifier in receiver.notifiers:
        kind, settings = _notifier(plan, notifier)
        block.setdefault(kind, []).append(settings)
    return block


def _notifier(plan: Plan, notifier: Notifier) -> tuple[str, Mapping[str, Any]]:
    resolved = {"send_resolved": notifier.send_resolved}
    match notifier:
        case Webhook(url=url):
            if url.file is not None:
                known = plan.versions.get("alertmanager")
                version.need("alertmanager", "webhook url_file", known)
            return "webhook_configs", {**_secret("url", url), **resolved}
        case Email():
            return "email_configs", {**_email(notifier), **resolved}
        case Slack(url=url, channel=channel):
            where = {"channel": channel} if channel else {}
            text = {"title": _TITLE, "text": _LINES}
            return "slack_configs", {**_secret("api_url", url), **where, **text, **resolved}
        case PagerDuty(routing_key=key):
            return "pagerduty_configs", {**_secret("routing_key", key), **resolved}


def _email(notifier: Email) -> dict[str, Any]:
    block: dict[str, Any] = {
        "to": notifier.to,
        "from": notifier.sender,
        "smarthost": notifier.smarthost,
        "require_tls": notifier.require_tls,
        "headers": {"Subject": f"{_TITLE} ({{{{ .Alerts | len }}}})"},
    }
    if notifier.username:
        block["auth_username"] = notifier.username
    if notifier.password:
        block |= _secret("auth_password", notifier.password)
    return block


def _secret(key: str, secret: Secret) -> dict[str, str]:
    if secret.file is not None:
        return {f"{key}_file": str(secret.file)}
    return {key: secret.reveal()}
