"""Questions to the Prometheus of a running system."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from vedette.verify.outcome import BrokenPromiseError

_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One series and its present value."""

    labels: Mapping[str, str]
    value: float


@dataclass(frozen=True)
class Prometheus:
    """The Prometheus at an address.

    Args:
        url: Its base address.
    """

    url: str

    def query(self, expr: str) -> list[Sample]:
        """Return what an expression is now.

        Raises:
            BrokenPromiseError: Prometheus refuses the expression.
        """
        result = self._get("query", {"query": expr})["result"]
        if result and not isinstance(result[0], dict):  # a scalar: [time, value]
            return [Sample(labels={}, value=float(result[1]))]
        return [Sample(labels=row["metric"], value=float(row["value"][1])) for row in result]

    def number(self, expr: str) -> float:
        """Return the one number that an expression is.

        Raises:
            BrokenPromiseError: it has no value, several, or one that is no number.
        """
        found = self.query(expr)
        if len(found) != 1:
            seen = f"{expr} has {len(found)} values instead of one"
            raise BrokenPromiseError(seen)
        if not math.isfinite(found[0].value):
            seen = f"{expr} is {found[0].value}"
            raise BrokenPromiseError(seen)
        return found[0].value

    def kind(self, metric: str) -> str:
        """Return the kind that the targets declare for a metric family, or the empty string."""
        # With OpenMetrics a counter's family has no _total.
        for family in (metric, metric.removesuffix("_total")):
            if told := self._get("metadata", {"metric": family}).get(family):
                return str(told[0]["type"])
        return ""

    def values(self, label: str, series: str) -> list[str]:
        """Return the values of a label; of all series where `series` is empty."""
        match = {"match[]": series} if series else {}
        return [str(value) for value in self._get(f"label/{label}/values", match)]

    def alerts(self, name: str, labels: Mapping[str, str]) -> list[str]:
        """Return the states of an alert's instances that carry these labels."""
        return [
            str(alert["state"])
            for alert in self._get("alerts", {})["alerts"]
            if alert["labels"].get("alertname") == name
            and all(alert["labels"].get(key) == value for key, value in labels.items())
        ]

    def rule_names(self) -> frozenset[str]:
        """Return the names of all alerting rules."""
        groups = self._get("rules", {"type": "alert"})["groups"]
        return frozenset(str(rule["name"]) for group in groups for rule in group["rules"])

    def _get(self, path: str, params: Mapping[str, str]) -> Any:
        answer = httpx.get(f"{self.url}/api/v1/{path}", params=params, timeout=_SECONDS)
        body = answer.json()
        if body.get("status") != "success":
            seen = f"Prometheus refuses it: {body.get('error')}"
            raise BrokenPromiseError(seen)
        return body["data"]
