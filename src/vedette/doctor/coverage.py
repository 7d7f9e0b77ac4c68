"""How much of a pack has data, by what is exposed; pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from vedette.dashboards.selectors import selectors
from vedette.dashboards.ways import ways
from vedette.model.pack import Pack
from vedette.model.threshold import fill

# What Prometheus adds of itself to every target, and to itself.
_ALWAYS = frozenset(
    {
        "",
        "up",
        "scrape_duration_seconds",
        "scrape_samples_scraped",
        "scrape_samples_post_metric_relabeling",
        "scrape_series_added",
        "ALERTS",
        "ALERTS_FOR_STATE",
    }
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """An alert or a panel.

    Args:
        name: Of the alert, or title of the panel.
        missing: The metrics that it reads and nobody here exposes; empty where it applies, as
            a panel does that has data for one of its queries.
    """

    name: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Page:
    """A dashboard.

    Args:
        uid: Its id.
        title: Its title.
        panels: Those that ask something.
    """

    uid: str
    title: str
    panels: tuple[Part, ...]

    @property
    def empty(self) -> tuple[Part, ...]:
        """The panels that will have no data."""
        return tuple(panel for panel in self.panels if panel.missing)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What applies of some packs.

    Args:
        dashboards: Their dashboards.
        alerts: Their alerts.
    """

    dashboards: tuple[Page, ...]
    alerts: tuple[Part, ...]


def cover(packs: Mapping[str, Pack], names: Collection[str]) -> Coverage:
    """Say what of some packs has data.

    Args:
        packs: By name.
        names: Of the families and series that are exposed.
    """
    limits = {one.name: one.default for pack in packs.values() for one in pack.thresholds}
    recorded: dict[str, set[str]] = {}
    for pack in packs.values():
        for rule in pack.recordings:
            recorded.setdefault(rule.name, set()).update(_read(fill(rule.expr, limits)))

    def missing(*exprs: str) -> tuple[str, ...]:
        lacks = [_lacks(way, recorded, names) for expr in exprs for way in ways(fill(expr, limits))]
        return () if not all(lacks) else tuple(sorted(set().union(*lacks)))

    return Coverage(
        dashboards=tuple(
            Page(
                uid=page.uid,
                title=page.title,
                panels=tuple(
                    Part(name=panel.title, missing=missing(*(one.expr for one in panel.queries)))
                    for row in page.rows
                    for panel in row.panels
                    if panel.queries
                ),
            )
            for pack in packs.values()
            for page in pack.dashboards
        ),
        alerts=tuple(
            Part(name=alert.name, missing=missing(alert.expr))
            for pack in packs.values()
            for alert in pack.alerts
        ),
    )


def _lacks(
    way: Collection[str], recorded: Mapping[str, set[str]], names: Collection[str]
) -> set[str]:
    needed = {deep for name in way for deep in _resolved(name, recorded)}
    return needed - _ALWAYS - set(names)


def _read(expr: str) -> set[str]:
    return {selector.name for selector in selectors(expr)}


def _resolved(
    name: str, recorded: Mapping[str, set[str]], seen: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield the exposed metrics behind a name: those of a recorded one's expression."""
    if name not in recorded or name in seen:
        yield name
        return
    for inner in recorded[name]:
        yield from _resolved(inner, recorded, seen | {name})
