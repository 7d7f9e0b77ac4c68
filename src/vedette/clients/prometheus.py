"""Prometheus' HTTP API, typed; https://prometheus.io/docs/prometheus/latest/querying/api/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vedette.clients.http import Access, Server, UnanswerableError


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One series at one time.

    Args:
        labels: The series' labels, `__name__` included where it has one.
        value: Its value.
        time: Seconds since 1970.
    """

    labels: Mapping[str, str]
    value: float
    time: float


@dataclass(frozen=True, kw_only=True)
class Series:
    """One series over a range: pairs of seconds since 1970 and value."""

    labels: Mapping[str, str]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True)
class ScrapeTarget:
    """One target, as Prometheus sees it.

    Args:
        job: Its scrape job.
        instance: Its `instance` label.
        url: What is scraped.
        health: `up`, `down` or `unknown`.
        error: Why the last scrape failed; empty where it did not.
        last_scrape: When, as Prometheus writes it.
        seconds: How long the last scrape took.
        labels: All its labels.
    """

    job: str
    instance: str
    url: str
    health: str
    error: str
    last_scrape: str
    seconds: float
    labels: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule, as Prometheus evaluates it.

    Args:
        group: Its group.
        name: Alert name, or name of the recorded series.
        kind: `alerting` or `recording`.
        expr: PromQL.
        health: `ok`, `err` or `unknown`.
        error: Why the last evaluation failed; empty where it did not.
        state: `inactive`, `pending` or `firing`; empty for a recording rule.
    """

    group: str
    name: str
    kind: str
    expr: str
    health: str
    error: str
    state: str


@dataclass(frozen=True, kw_only=True)
class ActiveAlert:
    """One alert that is pending or firing."""

    name: str
    state: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str] = field(default_factory=dict)
    active_at: str = ""


class Prometheus:
    """A Prometheus, or a server that answers like one.

    Every method raises `UnanswerableError` where the server cannot be asked.

    Args:
        url: Its base address.
        access: How to reach it.
    """

    def __init__(self, url: str, access: Access | None = None) -> None:
        self._server = Server("Prometheus", url, access or Access())

    def close(self) -> None:
        """Close its connections."""
        self._server.close()

    def ready(self) -> bool:
        """Say whether it answers queries."""
        return self._server.fine("/-/ready")

    def query(self, expr: str, time: float | None = None) -> list[Sample]:
        """Return the value of `expr` now, or at `time` (seconds since 1970)."""
        parameters = {"query": expr} | ({} if time is None else {"time": f"{time:.3f}"})
        data = self._data("query", parameters)
        if data["resultType"] in {"scalar", "string"}:
            at, value = data["result"]
            return [Sample(labels={}, value=float(value), time=float(at))]
        return [
            Sample(labels=row["metric"], value=float(row["value"][1]), time=float(row["value"][0]))
            for row in data["result"]
            if "value" in row
        ]

    def query_range(self, expr: str, *, start: float, end: float, step: float) -> list[Series]:
        """Return `expr` from `start` to `end` (seconds since 1970), every `step` seconds."""
        parameters = {
            "query": expr,
            "start": f"{start:.3f}",
            "end": f"{end:.3f}",
            "step": f"{step:g}",
        }
        return [
            Series(
                labels=row["metric"],
                points=tuple((float(at), float(value)) for at, value in row["values"]),
            )
            for row in self._data("query_range", parameters)["result"]
        ]

    def targets(self) -> list[ScrapeTarget]:
        """Return the targets that are scraped."""
        return [
            ScrapeTarget(
                job=row["labels"].get("job", ""),
                instance=row["labels"].get("instance", ""),
                url=row["scrapeUrl"],
                health=row["health"],
                error=row.get("lastError", ""),
                last_scrape=row.get("lastScrape", ""),
                seconds=float(row.get("lastScrapeDuration", 0.0)),
                labels=row["labels"],
            )
            for row in self._data("targets", {"state": "active"})["activeTargets"]
        ]

    def rules(self) -> list[Rule]:
        """Return every rule with its state."""
        return [
            Rule(
                group=group["name"],
                name=row["name"],
                kind=row["type"],
                expr=row["query"],
                health=row.get("health", "unknown"),
                error=row.get("lastError", ""),
                state=row.get("state", ""),
            )
            for group in self._data("rules")["groups"]
            for row in group["rules"]
        ]

    def alerts(self) -> list[ActiveAlert]:
        """Return the alerts that are pending or firing."""
        return [
            ActiveAlert(
                name=row["labels"].get("alertname", ""),
                state=row["state"],
                labels=row["labels"],
                annotations=row.get("annotations", {}),
                active_at=row.get("activeAt", ""),
            )
            for row in self._data("alerts")["alerts"]
        ]

    def metadata(self, metric: str = "") -> Mapping[str, list[dict[str, str]]]:
        """Return kind, unit and help per metric family, of one or of all."""
        found = self._data("metadata", {"metric": metric} if metric else {})
        return dict(found)

    def label_values(self, label: str, match: str = "") -> list[str]:
        """Return the values of a label, of all series or of those that `match` selects."""
        parameters: dict[str, str | list[str]] = {"match[]": [match]} if match else {}
        return [str(value) for value in self._data(f"label/{label}/values", parameters)]

    def _data(self, path: str, parameters: Mapping[str, str | list[str]] | None = None) -> Any:
        answer = self._server.json(f"/api/v1/{path}", parameters)
        if not isinstance(answer, dict) or answer.get("status") != "success":
            said = answer.get("error", "something unexpected") if isinstance(answer, dict) else ""
            problem = f"Prometheus answered {path} with: {said or 'something unexpected'}"
            raise UnanswerableError(problem, hint="check the expression or the address")
        return answer.get("data")
