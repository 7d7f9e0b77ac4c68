"""Questions to the Prometheus of a running system; an answer that is none breaks a promise."""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from vedette.clients import prometheus as client
from vedette.clients.http import Access, UnanswerableError
from vedette.clients.prometheus import Sample
from vedette.verify.outcome import BrokenPromiseError

_SECONDS = 10.0


class Prometheus:
    """The Prometheus at an address.

    Every method raises BrokenPromiseError where it refuses the question or cannot be asked.

    Args:
        url: Its base address.
    """

    def __init__(self, url: str) -> None:
        self._client = client.Prometheus(url, Access(seconds=_SECONDS))

    def query(self, expr: str) -> list[Sample]:
        """Return what an expression is now."""
        with _promised():
            return self._client.query(expr)

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
            with _promised():
                told = self._client.metadata(family).get(family)
            if told:
                return told[0]["type"]
        return ""

    def values(self, label: str, series: str) -> list[str]:
        """Return the values of a label; of all series where `series` is empty."""
        with _promised():
            return self._client.label_values(label, series)

    def alerts(self, name: str, labels: Mapping[str, str]) -> list[str]:
        """Return the states of an alert's instances that carry these labels."""
        with _promised():
            active = self._client.alerts()
        return [
            alert.state
            for alert in active
            if alert.name == name
            and all(alert.labels.get(key) == value for key, value in labels.items())
        ]

    def rule_names(self) -> frozenset[str]:
        """Return the names of all alerting rules."""
        with _promised():
            rules = self._client.rules()
        return frozenset(rule.name for rule in rules if rule.kind == "alerting")


@contextmanager
def _promised() -> Iterator[None]:
    try:
        yield
    except UnanswerableError as fault:
        raise BrokenPromiseError(fault.problem) from None
