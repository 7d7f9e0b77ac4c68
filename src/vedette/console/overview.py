"""Everything that the first page shows, in one answer."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from vedette.console import alerts, health, programs, targets
from vedette.console.alerts import Rule
from vedette.console.health import Health
from vedette.console.services import Services
from vedette.console.targets import Target
from vedette.console.verdict import Pulse, Verdict, judge, pulse
from vedette.errors import VedetteError


@dataclass(frozen=True, kw_only=True)
class Model:
    """One model of a service."""

    name: str
    health: Health


@dataclass(frozen=True, kw_only=True)
class Service:
    """One module of the user's, or a job of any Prometheus.

    Args:
        name: Its job.
        owner: Whom it belongs to.
        up: How many of its targets are up.
        targets: How many it has.
        error: Why the first that is down is so.
        firing: Names of its alerts that fire.
        health: Of its requests; None where it exposes none of those metrics.
        models: Of its inferences.
    """

    name: str
    owner: str
    up: int
    targets: int
    error: str
    firing: list[str]
    health: Health | None
    models: list[Model]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The first page.

    Args:
        name: Of the stack; empty where no stack is shown.
        verdict: One line.
        pulse: Whether the alert that must always fire does.
        targets_up: How many targets are up.
        targets: How many there are.
        rules: How many alert rules there are.
        modules: How many services carry the label `module`: those of the user's.
        services: The user's modules; where there are none, the jobs.
        firing: Rules that fire or are pending, without the one that always does.
        programs: As the supervisor tells; None where no stack is shown.
        problems: What could not be asked.
        time: Unix seconds of the answer.
    """

    name: str
    verdict: Verdict
    pulse: Pulse
    targets_up: int
    targets: int
    rules: int
    modules: int
    services: list[Service]
    firing: list[Rule]
    programs: list[dict[str, Any]] | None
    problems: list[str]
    time: float


async def fetch(services: Services) -> Overview:
    """Ask everybody at once.

    Raises:
        UpstreamError: Prometheus does not answer.
    """
    now = time.time()
    found, told, (state, problem) = await asyncio.gather(
        targets.fetch(services.prometheus), alerts.fetch(services), _programs(services)
    )
    measured = await health.fetch(services.prometheus, now)
    running = state.get("programs") if state else None
    return Overview(
        name=str(state.get("name", "")) if state else "",
        verdict=judge(told.rules, found, running or []),
        pulse=pulse(told.rules),
        targets_up=sum(target.health == "up" for target in found),
        targets=len(found),
        rules=len(told.rules),
        modules=len({target.module for target in found if target.module}),
        services=_services(found, told.rules, measured),
        firing=[rule for rule in told.rules if rule.state != "inactive" and not rule.heartbeat],
        programs=running,
        problems=[text for text in (told.problem, problem) if text],
        time=now,
    )


async def _programs(services: Services) -> tuple[dict[str, Any] | None, str]:
    if services.config.state is None:
        return None, ""
    try:
        return await programs.fetch(services.config.state), ""
    except VedetteError as error:
        return None, error.problem


def _services(
    found: list[Target], rules: list[Rule], measured: dict[health.Key, Health]
) -> list[Service]:
    modules = [target for target in found if target.module]
    shown: dict[str, list[Target]] = {}
    for target in modules or found:
        shown.setdefault(target.job, []).append(target)
    services = [_service(job, group, rules, measured) for job, group in sorted(shown.items())]
    # Those that need a person come first.
    return sorted(services, key=lambda s: (s.up == s.targets, not s.firing))


def _service(  # noqa: PLR0917 - the four things that make one
    job: str, group: list[Target], rules: list[Rule], measured: dict[health.Key, Health]
) -> Service:
    down = [target for target in group if target.health == "down"]
    firing = [
        rule.name
        for rule in rules
        if any(a.state == "firing" and a.labels.get("job") == job for a in rule.active)
    ]
    return Service(
        name=job,
        owner=next((t.labels["owner"] for t in group if t.labels.get("owner")), ""),
        up=sum(target.health == "up" for target in group),
        targets=len(group),
        error=down[0].error if down else "",
        firing=firing,
        health=measured.get((job, "")),
        models=[Model(name=m, health=h) for (j, m), h in measured.items() if j == job and m],
    )
