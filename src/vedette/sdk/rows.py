"""Recorders are generated: one row of bound instruments per label set, one call per event.

A pack's recorder says which metrics an event writes; from that one function is generated,
and bound once for each label set, so that recording an event looks nothing up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor
from vedette.sdk.numbers import countable, number, summable
from vedette.sdk.text import is_stable, text

Row = Callable[..., None]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One write of a row: a counter is raised, a gauge set, a histogram observes.

    Args:
        metric: What is written.
        value: Name of the argument that is written, or a number that is written every time.
        labels: Values of the metric's labels that are the same for every row; its other
            labels are taken from the row's key.
    """

    metric: Metric
    value: str | float
    labels: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class Rows:
    """The generated recorders of one kind of event.

    Example:
        rows = Rows(monitor, ("model",), (Cell(metric=SECONDS, value="seconds"), ...))
        rows("faces")(0.012)

    Args:
        monitor: Whose instruments.
        key: Label names whose values choose the row, in the order in which they are given.
        cells: What one event writes. A row is called with the named arguments in the order
            in which the cells first mention them; an argument that is None is not written.

    Raises:
        DeclarationError: a metric has a label that neither the key nor its cell gives, cannot
            be written so, or is declared differently elsewhere.
    """

    __slots__ = ("__weakref__", "_bind", "_fixed", "_key", "_rows", "_sources")

    def __init__(self, monitor: Monitor, key: tuple[str, ...], cells: tuple[Cell, ...]) -> None:
        for cell in cells:
            _check(cell, key)
        self._key = key
        self._sources = tuple(monitor.source(cell.metric, cell.metric.kind) for cell in cells)
        self._fixed = tuple(
            {name: text(value) for name, value in cell.labels.items()} for cell in cells
        )
        self._bind = _compiled(_source(cells))
        self._rows: dict[tuple[object, ...], Row] = {}

    def __call__(self, *values: object) -> Row:
        """Return the row of these label values; it is bound at its first use.

        Args:
            values: One per name of the key; each stands in the series as text. Where all are
                texts or integers, the row is found by one look into a dictionary.

        Raises:
            DeclarationError: these are more or fewer values than the key has names.
        """
        try:
            row = self._rows.get(values)
        except TypeError:  # a value that cannot be hashed still has a text
            row = None
        return row if row is not None else self._find(values)

    def clear(self) -> None:
        """Forget the rows that were bound."""
        self._rows.clear()

    def _find(self, values: tuple[object, ...]) -> Row:
        texts = tuple([text(value) for value in values])
        row = self._rows.get(texts)
        if row is not None:
            if all(map(is_stable, values)) and self._has_room():
                self._rows[values] = row
            return row
        if len(texts) != len(self._key):
            problem = f"a row of ({', '.join(self._key)}) was asked for with {values!r}"
            raise DeclarationError(problem, hint="give one value for each name of its key")
        return self._made(values, texts)

    def _made(self, values: tuple[object, ...], texts: tuple[str, ...]) -> Row:
        given = dict(zip(self._key, texts, strict=True))
        writes: list[object] = []
        worth = True
        for source, fixed in zip(self._sources, self._fixed, strict=True):
            series, kept = source.series({**given, **fixed})
            worth = worth and kept
            writes += (series.write, source.family.lost)
        row = self._bind(*writes)
        if worth and self._has_room():
            self._rows[texts] = row
            if all(map(is_stable, values)):
                self._rows[values] = row
            for source in self._sources:
                source.family.cached_in(self)
        return row

    def _has_room(self) -> bool:
        # A key may hold more values than any of its metrics has label sets.
        most = [source.family.most for source in self._sources]
        bounded = [bound for bound in most if bound is not None]
        return len(bounded) < len(most) or len(self._rows) < max(bounded, default=1)


def _check(cell: Cell, key: tuple[str, ...]) -> None:
    if cell.metric.kind not in _CHECKS:
        problem = f"{cell.metric.kind} {cell.metric.name!r} cannot stand in a row"
        raise DeclarationError(problem, hint="rows write counters, gauges and histograms")
    missing = [
        label for label in cell.metric.labels if label not in key and label not in cell.labels
    ]
    if missing:
        problem = f"a row of {cell.metric.name!r} has no value for {', '.join(missing)}"
        raise DeclarationError(problem, hint="add it to the key, or to the labels of the cell")


# What a kind refuses, as it stands in the generated text; 1e999 is infinity.
_CHECKS = {
    "counter": "if not 0.0 <= {name} < 1e999: countable({name})",
    "gauge": "",
    "histogram": "if not -1e999 < {name} < 1e999: summable({name})",
}


@cache
def _compiled(source: str) -> Callable[..., Row]:
    """Return a function that takes how each cell is written and what counts its losses."""
    scope: dict[str, object] = {"number": number, "countable": countable, "summable": summable}
    exec(compile(source, "<vedette row>", "exec"), scope)  # noqa: S102 - the text is ours, as that of a dataclass
    bind: Callable[..., Row] = scope["bind"]  # type: ignore[assignment]  # the text defines it
    return bind


def _source(cells: tuple[Cell, ...]) -> str:
    """Return the text: coerce each argument once, then write each cell on its own."""
    names = dict.fromkeys(cell.value for cell in cells if isinstance(cell.value, str))
    bound = ", ".join(f"write_{at}, lost_{at}" for at in range(len(cells)))
    lines = [f"def bind({bound}):"]
    lines.append(f"    def record({', '.join(f'{name}=None' for name in names)}):")
    for at, cell in enumerate(cells):
        indent = " " * 8
        if isinstance(cell.value, str):
            lines.append(f"{indent}if {cell.value} is not None:")
            indent += " " * 4
        lines.append(f"{indent}try:")
        lines += [f"{indent}    {line}" for line in _write(at, cell) if line]
        lines += [f"{indent}except Exception as fault:", f"{indent}    lost_{at}(fault)"]
    lines += ["        return None", "    return record"]
    return "\n".join(lines)


def _write(at: int, cell: Cell) -> list[str]:
    if not isinstance(cell.value, str):
        return [f"write_{at}({float(cell.value)!r})"]
    name = cell.value
    return [
        f"if {name}.__class__ is not float: {name} = number({name})",
        _CHECKS[cell.metric.kind].format(name=name),
        f"write_{at}({name})",
    ]
