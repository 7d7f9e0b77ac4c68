"""Text of a dashboard file in, one normalised dashboard out."""

import re

from vedette.dashboards.annotation import annotations
from vedette.dashboards.dashboard import Dashboard, Link
from vedette.dashboards.errors import DashboardError
from vedette.dashboards.layout import sections
from vedette.dashboards.node import Node, parse
from vedette.dashboards.variable import variables

_UNUSABLE = re.compile(r"[^A-Za-z0-9_-]+")
_WRAPPED = (
    'Grafana\'s provisioning refuses this file: the dashboard is wrapped in {"dashboard": …}.'
)


def load(text: str, file: str) -> Dashboard:
    """Read a dashboard in the classic form, in a wrapper, or as a v1 resource.

    Args:
        text: The file's text.
        file: Its name, for messages, and for the uid where it has none.

    Raises:
        DashboardError: it cannot be read; the message names line and column or the place.
    """
    root = parse(text, file)
    if not root.is_object():
        problem, hint = "the file holds no dashboard", "it must be an object with panels"
        raise DashboardError(problem, hint=hint, file=file)
    root, notes = _unwrap(root)
    return Dashboard(
        uid=_uid(root, file),
        title=root.get("title").text() or file,
        description=root.get("description").text(),
        tags=tuple(tag.text() for tag in root.get("tags").items()),
        start=root.get("time").get("from").text("now-1h"),
        end=root.get("time").get("to").text("now"),
        refresh=_refresh(root),
        sections=sections(root),
        variables=variables(root),
        links=tuple(_link(node) for node in root.get("links").items()),
        annotations=annotations(root),
        notes=notes,
    )


def _unwrap(root: Node) -> tuple[Node, tuple[str, ...]]:
    if root.get("dashboard").is_object():
        return root.get("dashboard"), (_WRAPPED,)
    if not root.get("apiVersion").text().startswith("dashboard.grafana.app/"):
        return root, ()
    spec = root.get("spec")
    if spec.get("elements").value is not None:
        problem = f"schema v2 ({root.get('apiVersion').text()}) is not read"
        hint = "export it as classic JSON"
        raise DashboardError(problem, hint=hint, file=root.file, place="apiVersion")
    return spec, ()


def _uid(root: Node, file: str) -> str:
    uid = _UNUSABLE.sub("-", root.get("uid").text()).strip("-")
    stem = file.rsplit("/", 1)[-1].removesuffix(".json")
    return uid or _UNUSABLE.sub("-", stem).strip("-").lower() or "dashboard"


def _refresh(root: Node) -> str:
    # False is how old files say never.
    value = root.get("refresh").value
    return value if isinstance(value, str) else ""


def _link(node: Node) -> Link:
    tags = tuple(tag.text() for tag in node.get("tags").items())
    return Link(title=node.get("title").text(), url=node.get("url").text(), tags=tags)
