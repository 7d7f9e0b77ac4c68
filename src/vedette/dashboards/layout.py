"""Rows: which panels stand under which heading, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from vedette.dashboards.dashboard import Grid, Panel, Section
from vedette.dashboards.node import Node
from vedette.dashboards.panel import panel

_COLUMNS = 24
_OLD_COLUMNS = 12
_PIXELS_PER_ROW = 30
_OLD_HEIGHT = 250.0


@dataclass
class _Open:
    """A section while its panels are gathered."""

    title: str
    collapsed: bool
    panels: list[Panel] = field(default_factory=list)

    def close(self) -> Section:
        top = min((p.grid.y for p in self.panels), default=0)
        moved = (replace(p, grid=replace(p.grid, y=p.grid.y - top)) for p in self.panels)
        return Section(title=self.title, collapsed=self.collapsed, panels=tuple(moved))


class _Numbers:
    """Gives every panel an id of its own, the file's where it is free."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def take(self, node: Node) -> int:
        number = node.get("id").whole(0, high=2**31)
        if number in self._taken or number == 0:
            number = max(self._taken, default=0) + 1
        self._taken.add(number)
        return number


def sections(root: Node) -> tuple[Section, ...]:
    """Read all panels of a dashboard, by heading.

    Raises:
        DashboardError: a panel cannot be read; the place is named.
    """
    numbers = _Numbers()
    found = [section.close() for section in _flat(root, numbers)]
    found += [section.close() for section in _old_rows(root, numbers)]
    return tuple(section for section in found if section.panels or section.title)


def _flat(root: Node, numbers: _Numbers) -> Iterator[_Open]:
    current = _Open("", collapsed=False)
    for node in root.get("panels").items():
        if node.get("type").value != "row":
            current.panels.append(panel(node, numbers.take(node)))
            continue
        yield current
        collapsed = node.get("collapsed").flag()
        current = _Open(node.get("title").text("Row"), collapsed=collapsed)
        inner = (panel(child, numbers.take(child)) for child in node.get("panels").items())
        current.panels.extend(inner)
    yield current


def _old_rows(root: Node, numbers: _Numbers) -> Iterator[_Open]:
    """Read the form before schema 16: rows of panels with a span out of twelve."""
    for row in root.get("rows").items():
        shown = row.get("showTitle").flag()
        section = _Open(
            row.get("title").text() if shown else "", collapsed=row.get("collapse").flag()
        )
        height = _rows_high(row.get("height"), _OLD_HEIGHT)
        x = y = 0
        for node in row.get("panels").items():
            width = node.get("span").whole(_OLD_COLUMNS, low=1, high=_OLD_COLUMNS) * 2
            if x + width > _COLUMNS:
                x, y = 0, y + height
            place = Grid(x=x, y=y, w=width, h=height)
            section.panels.append(panel(node, numbers.take(node), place))
            x += width
        yield section


def _rows_high(node: Node, default: float) -> int:
    text = node.text().removesuffix("px")
    pixels = Node(text or default, node.place, node.file).whole(int(default), low=1, high=3000)
    return max(1, round(pixels / _PIXELS_PER_ROW))
