"""Record what users do: what the product calls."""

from vedette.model.metric import Metric
from vedette.packs.business import metrics
from vedette.sdk.instruments import Counter, Gauge
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows


class Business:
    """What the users of a product do, and counters and gauges of your own.

    Example:
        business = Business()
        business.active_users(120)
        business.used("search")

    Args:
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, *, monitor: Monitor | None = None) -> None:
        self._monitor = chosen = monitor or default_monitor()
        once = Cell(metric=metrics.FEATURE_USAGE, value=1)
        self._usage = Rows(chosen, ("feature",), (once,))
        done = Cell(metric=metrics.OPERATIONS, value=1)
        self._done = Rows(chosen, ("operation", "status"), (done,))

    def active_users(self, people: float) -> None:
        """Say how many people use the product at present."""
        self._monitor.gauge(metrics.ACTIVE_USERS).set(people)

    def used(self, feature: str) -> None:
        """Count one use of a feature; few different ones, for each is a series."""
        self._usage(feature)()

    def done(self, operation: str, *, ok: bool = True) -> None:
        """Count something that a user set out to do.

        Args:
            operation: What, `checkout`; few different ones.
            ok: Whether it worked out.
        """
        did, did_not = ("success", "failure") if ok else ("failure", "success")
        # Both from the start: a share needs the one that has not happened yet.
        self._done(operation, did_not)
        self._done(operation, did)()

    def counter(
        self, name: str, description: str, *, labels: tuple[str, ...] = (), unit: str = ""
    ) -> Counter:
        """Return a counter of your own.

        Args:
            name: Ends in `_total`.
            description: One sentence, shown wherever the metric is.
            labels: Its label names; `.labels()` of the result gives their values.
            unit: Base unit of what is counted (`seconds`, `bytes`); empty for plain counts.

        Raises:
            DeclarationError: the name breaks the rules, or is declared differently elsewhere.
        """
        metric = Metric(name=name, kind="counter", help=description, labels=labels, unit=unit)
        return self._monitor.counter(metric)

    def gauge(
        self, name: str, description: str, *, labels: tuple[str, ...] = (), unit: str = ""
    ) -> Gauge:
        """Return a gauge of your own; see `counter`."""
        metric = Metric(name=name, kind="gauge", help=description, labels=labels, unit=unit)
        return self._monitor.gauge(metric)


# What `ContinuousMonitor` offers, by name.
CONTINUOUS = {"business": Business}
