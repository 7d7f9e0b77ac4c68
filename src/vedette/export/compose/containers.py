"""A plan as it looks from inside containers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vedette.model.component import Component
from vedette.model.module import Module
from vedette.model.pack import Pack
from vedette.model.plan import Plan, RemoteWrite
from vedette.model.routing import Email, Notifier, PagerDuty, Receiver, Slack, Webhook
from vedette.model.secret import Secret
from vedette.model.version import Version

HOST = "host.docker.internal"
_SECRETS = "/run/secrets"  # the folder where Compose puts them
_LOOPBACK = re.compile(
    r"(?<![\w.-])(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])(?=[:/]|\Z)"
)


@dataclass(frozen=True, kw_only=True)
class Contained:
    """What containers are made from.

    Args:
        plan: With the addresses that containers see.
        outside: Port on the machine per component.
        secrets: Name of a secret to the file on the machine that holds it.
        reaches_host: True where something in the plan is on the machine itself.
    """

    plan: Plan
    outside: Mapping[str, int]
    secrets: Mapping[str, Path]
    reaches_host: bool

    @property
    def mounts(self) -> Mapping[str, str]:
        """Where containers see each secret."""
        return {name: f"{_SECRETS}/{name}" for name in self.secrets}


def contain(chosen: Mapping[str, Component], plan: Plan) -> Contained:
    """Return `plan` as seen from inside containers that find each other by name."""
    secrets: dict[str, Path] = {}
    inside = replace(
        plan,
        listen="0.0.0.0",  # noqa: S104 - of a container; only the machine's loopback leads there
        login=None,
        components=tuple(chosen),
        ports={name: component.port for name, component in chosen.items()},
        addresses={name: f"{name}:{component.port}" for name, component in chosen.items()},
        metrics={name: each.metrics for name, each in chosen.items() if each.metrics},
        versions=_versions(chosen),
        packs=_packs(chosen, plan),
        modules=tuple(_module(module) for module in plan.modules),
        remote_write=tuple(_store(store, secrets) for store in plan.remote_write),
        routing=replace(
            plan.routing,
            receivers=tuple(_receiver(who, secrets) for who in plan.routing.receivers),
        ),
    )
    return Contained(
        plan=inside,
        outside={name: plan.ports.get(name, each.port) for name, each in chosen.items()},
        secrets=secrets,
        reaches_host=_reaches_host(inside),
    )


def _versions(chosen: Mapping[str, Component]) -> Mapping[str, Version]:
    found = {name: Version.find(each.image.rpartition(":")[2]) for name, each in chosen.items()}
    return {name: version for name, version in found.items() if version is not None}


def _packs(chosen: Mapping[str, Component], plan: Plan) -> Mapping[str, Pack]:
    """Leave out what would watch the load test or the console where they are left out."""
    gone = set() if "locust" in chosen or plan.load_test is None else {"load"}
    # Jobs hand over to the console, and to nobody else.
    gone |= set() if "console" in chosen else {"jobs"}
    return {name: pack for name, pack in plan.packs.items() if name not in gone}


def _module(module: Module) -> Module:
    return replace(module, targets=tuple(map(_outward, module.targets)), run=None)


def _store(store: RemoteWrite, secrets: dict[str, Path]) -> RemoteWrite:
    return replace(
        store,
        url=_outward(store.url),
        password=_secret(store.password, secrets),
        bearer_token=_secret(store.bearer_token, secrets),
    )


def _receiver(receiver: Receiver, secrets: dict[str, Path]) -> Receiver:
    return replace(
        receiver, notifiers=tuple(_notifier(each, secrets) for each in receiver.notifiers)
    )


def _notifier(notifier: Notifier, secrets: dict[str, Path]) -> Notifier:
    match notifier:
        case Webhook(url=url) | Slack(url=url):
            return replace(notifier, url=_secret(url, secrets))
        case Email(smarthost=smarthost, password=password):
            return replace(
                notifier, smarthost=_outward(smarthost), password=_secret(password, secrets)
            )
        case PagerDuty(routing_key=key):
            return replace(notifier, routing_key=_secret(key, secrets))


def _secret(secret: Secret, secrets: dict[str, Path]) -> Secret:
    if secret.file is None:
        return Secret(text=_outward(secret.reveal()))
    name = next((known for known, path in secrets.items() if path == secret.file), "")
    name = name or f"secret-{len(secrets) + 1}"
    secrets[name] = secret.file
    return Secret(file=Path(_SECRETS) / name)


def _outward(text: str) -> str:
    """Write the machine's own address as a container knows it."""
    return _LOOPBACK.sub(HOST, text)


def _reaches_host(plan: Plan) -> bool:
    texts = [target for module in plan.modules for target in module.targets]
    texts += [store.url for store in plan.remote_write]
    for receiver in plan.routing.receivers:
        for notifier in receiver.notifiers:
            if isinstance(notifier, Webhook | Slack):
                texts.append(notifier.url.reveal())
            elif isinstance(notifier, Email):
                texts.append(notifier.smarthost)
    return any(HOST in text for text in texts)
