"""What every handle has in common: its label values, and the series that they lead to."""

from collections.abc import Mapping, Sized
from typing import Self

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.engine import Series
from vedette.sdk.families import Family, nowhere
from vedette.sdk.text import is_stable, text


class Source:
    """Where the handles of one metric get their series.

    Args:
        family: Whose series.
        ambient: Label values that stand where a label was left empty.
    """

    __slots__ = ("_ambient", "family")

    def __init__(self, family: Family, ambient: Mapping[str, str]) -> None:
        self.family = family
        self._ambient = {name: ambient[name] for name in family.metric.labels if name in ambient}

    def series(self, given: Mapping[str, str]) -> tuple[Series, bool]:
        """Return the series of clean label values, and whether it is worth remembering."""
        return self.family.series(self._values(given))

    def forget(self, given: Mapping[str, str]) -> None:
        """Show the series of clean label values no longer."""
        self.family.forget(self._values(given))

    def _values(self, given: Mapping[str, str]) -> tuple[str, ...]:
        names = self.family.metric.labels
        ambient = self._ambient
        if not ambient:
            return tuple([given[name] for name in names])
        return tuple([given[name] or ambient.get(name, "") for name in names])


class Handle:
    """A metric of which some or all labels have their value.

    Args:
        source: Where its series come from.
        given: The clean label values that it has.
    """

    __slots__ = ("__weakref__", "_given", "_known", "_lost", "_named", "_pending", "_source")

    def __init__(self, source: Source, given: Mapping[str, str]) -> None:
        self._source = source
        self._given = given
        self._lost = source.family.lost
        self._pending = self._open_labels()
        self._known: dict[tuple[object, ...], Self] = {}
        self._named: dict[tuple[tuple[str, object], ...], Self] = {}
        self._bind()

    def labels(self, *values: object, **names: object) -> Self:
        """Return the handle of these label values.

        Where all are texts or integers it is found again by one look into a dictionary; a loop that
        records many events of few label sets keeps the result all the same.

        Args:
            values: For the labels without a value, in the order of the declaration.
            names: For labels by name; those by position are for the others.

        Raises:
            DeclarationError: these are not labels that the handle lacks.
        """
        try:
            if not names:
                known = self._known.get(values)
            else:
                known = None if values else self._named.get(tuple(names.items()))
        except TypeError:  # a value that cannot be hashed still has a text
            known = None
        return known if known is not None else self._find(values, names)

    def clear(self) -> None:
        """Forget the handles that `labels` found before."""
        self._known.clear()
        self._named.clear()

    def filled(self) -> dict[str, str]:
        """Return its label values, those it lacks as empty ones."""
        return {**dict.fromkeys(self._pending, ""), **self._given}

    def _find(self, values: tuple[object, ...], names: Mapping[str, object]) -> Self:
        ordered = self._ordered(values, names) if names else values
        if ordered is None or len(ordered) != len(self._pending):
            return self._partly(values, names)
        key = tuple([text(value) for value in ordered])
        found = self._known.get(key)
        if found is None:
            added = dict(zip(self._pending, key, strict=True))
            found = type(self)(self._source, {**self._given, **added})
            if found.is_lasting() and self._has_room(self._known):
                self._source.family.cached_in(self)
                self._known[key] = found
        if key in self._known:
            self._remember(found, values, names)
        return found

    def _ordered(
        self, values: tuple[object, ...], names: Mapping[str, object]
    ) -> tuple[object, ...] | None:
        """Return all values in the order of the labels; None where they are not whole."""
        places = [name for name in self._pending if name not in names]
        if len(values) != len(places) or len(values) + len(names) != len(self._pending):
            return None
        chosen = {**names, **dict(zip(places, values, strict=True))}
        return tuple([chosen[name] for name in self._pending])

    def _partly(self, values: tuple[object, ...], names: Mapping[str, object]) -> Self:
        """Return a handle that still lacks labels; there may be any number, none is kept."""
        places = [name for name in self._pending if name not in names]
        if len(values) > len(places) or not names.keys() <= set(self._pending):
            self._refuse(values, names)
        added = {**names, **dict(zip(places, values, strict=False))}
        return type(self)(
            self._source, {**self._given, **{name: text(value) for name, value in added.items()}}
        )

    def _remember(
        self, found: Self, values: tuple[object, ...], names: Mapping[str, object]
    ) -> None:
        """Keep a handle by the values that it was asked for with, where they are all alike."""
        if not names and all(map(is_stable, values)) and self._has_room(self._known):
            self._known[values] = found
        if not values and all(map(is_stable, names.values())) and self._has_room(self._named):
            self._named[tuple(names.items())] = found

    def _has_room(self, cache: Sized) -> bool:
        most = self._source.family.most
        return most is None or len(cache) < most

    def is_lasting(self) -> bool:
        """Say whether the handle may be kept: it stands for its own label values only."""
        return True

    def _open_labels(self) -> tuple[str, ...]:
        return tuple(name for name in self._source.family.metric.labels if name not in self._given)

    def _bind(self) -> None:
        """Take hold of the series, where all labels have their value."""

    def _series(self) -> tuple[Series, bool]:
        if self._pending:
            return _incomplete(self._source.family.metric, self._pending), True
        return self._source.series(self._given)

    def _refuse(self, values: tuple[object, ...], names: Mapping[str, object]) -> None:
        metric = self._source.family.metric
        told = [*map(repr, values), *(f"{name}={value!r}" for name, value in names.items())]
        problem = f"{metric.name!r} was asked for labels({', '.join(told)})"
        lacks = ", ".join(self._pending) or "none that lacks a value"
        raise DeclarationError(problem, hint=f"it has {lacks}")


def _incomplete(metric: Metric, pending: tuple[str, ...]) -> Series:
    problem = f"{metric.name!r} has no value for {', '.join(pending)}"
    return nowhere(DeclarationError(problem, hint="record on what .labels() returns"))
