"""Targets as a person reads them: what is down first, with its error."""

from dataclasses import dataclass
from typing import Any

from vedette.console.upstream import Upstream
from vedette.dashboards.duration import seconds


@dataclass(frozen=True, kw_only=True)
class Target:
    """One thing that Prometheus scrapes.

    Args:
        job: Its job.
        instance: Its label `instance`.
        module: Its label `module`; empty for the stack's own programs.
        health: `up`, `down` or `unknown` before the first scrape.
        error: Why it is down.
        url: What is asked.
        last_scrape: When, RFC 3339.
        scrape_seconds: How long that took.
        interval: How often it is asked, as Prometheus writes it.
        labels: All its labels.
    """

    job: str
    instance: str
    module: str
    health: str
    error: str
    url: str
    last_scrape: str
    scrape_seconds: float
    interval: str
    labels: dict[str, str]


async def fetch(prometheus: Upstream) -> list[Target]:
    """Ask for all active targets, those that are down first.

    Raises:
        UpstreamError: Prometheus does not answer.
    """
    answer = await prometheus.json("/api/v1/targets", {"state": "active"})
    found = [_target(row) for row in answer.get("activeTargets", [])]
    return sorted(found, key=lambda t: (t.health == "up", t.job, t.instance))


def usual_interval(targets: list[Target], default: float) -> float:
    """Return the most common scrape interval in seconds."""
    intervals = [target.interval for target in targets if target.interval]
    usual = max(set(intervals), key=intervals.count) if intervals else ""
    return seconds(usual) or default


def _target(row: dict[str, Any]) -> Target:
    labels = {str(name): str(value) for name, value in row.get("labels", {}).items()}
    return Target(
        job=labels.get("job", ""),
        instance=labels.get("instance", ""),
        module=labels.get("module", ""),
        health=row.get("health", "unknown"),
        error=row.get("lastError", ""),
        url=row.get("scrapeUrl", ""),
        last_scrape=row.get("lastScrape", ""),
        scrape_seconds=row.get("lastScrapeDuration", 0.0),
        interval=row.get("scrapeInterval", ""),
        labels=labels,
    )
