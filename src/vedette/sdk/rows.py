"""Recorders are generated: one row of bound instruments per label set, one call per event.

A pack's recorder says which metrics an event writes; from that one function per label set is
generated, with the instruments already bound, so that recording an event looks nothing up.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.sdk.instruments import Lost
from vedette.sdk.monitor import Monitor

Row = Callable[..., None]
Writer = tuple[Callable[[float], object], Lost]


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
        DeclarationError: a metric has a label that neither the key nor its cell gives.
    """

    __slots__ = ("_cells", "_code", "_key", "_monitor", "_rows")

    def __init__(self, monitor: Monitor, key: tuple[str, ...], cells: tuple[Cell, ...]) -> None:
        for cell in cells:
            _check(cell, key)
        self._monitor = monitor
        self._key = key
        self._cells = cells
        self._code = compile(_source(cells), "<vedette row>", "exec")
        self._rows: dict[tuple[object, ...], Row] = {}

    def __call__(self, *values: object) -> Row:
        """Return the row of these label values; it is bound at its first use.

        Args:
            values: One per name of the key; each stands in the series as `str(value)`.
        """
        try:
            return self._rows[values]
        except KeyError:
            return self._bind(values)
        except TypeError:  # a value that cannot be hashed still has a text
            return self(*map(str, values))

    def _bind(self, values: tuple[object, ...]) -> Row:
        labels = dict(zip(self._key, values, strict=True))
        scope: dict[str, object] = {"isfinite": math.isfinite}
        for at, cell in enumerate(self._cells):
            own = {name: cell.labels.get(name, labels.get(name)) for name in cell.metric.labels}
            scope[f"write_{at}"], scope[f"lost_{at}"] = self._monitor.writer(cell.metric, own)
        exec(self._code, scope)  # noqa: S102 - the text is ours, as that of a dataclass
        row: Row = scope["record"]  # type: ignore[assignment]  # the text defines it
        # A reference per label set: those beyond the cardinality limit share their series.
        self._rows[values] = row
        return row


def _check(cell: Cell, key: tuple[str, ...]) -> None:
    missing = [
        label for label in cell.metric.labels if label not in key and label not in cell.labels
    ]
    if missing:
        problem = f"a row of {cell.metric.name!r} has no value for {', '.join(missing)}"
        raise DeclarationError(problem, hint="add it to the key, or to the labels of the cell")


def _source(cells: tuple[Cell, ...]) -> str:
    """Return the text of a row: coerce each argument once, then write each cell on its own."""
    names = dict.fromkeys(cell.value for cell in cells if isinstance(cell.value, str))
    lines = [f"def record({', '.join(f'{name}=None' for name in names)}):"]
    for at, cell in enumerate(cells):
        given = isinstance(cell.value, str)
        indent = " " * 8 if given else " " * 4
        if given:
            lines.append(f"    if {cell.value} is not None:")
        lines.append(f"{indent}try:")
        lines += [f"{indent}    {line}" for line in _write(at, cell)]
        lines += [f"{indent}except Exception as fault:", f"{indent}    lost_{at}(fault)"]
    return "\n".join(lines)


def _write(at: int, cell: Cell) -> list[str]:
    if not isinstance(cell.value, str):
        return [f"write_{at}({float(cell.value)!r})"]
    name = cell.value
    lines = [f"if {name}.__class__ is not float: {name} = float({name})"]
    if cell.metric.kind == "histogram":
        # One NaN would spoil the sum of a histogram for ever.
        lines.append(f"if not isfinite({name}): raise ValueError(f'{{{name}}} cannot be summed')")
    return [*lines, f"write_{at}({name})"]
