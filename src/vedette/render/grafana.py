"""Dashboards in Grafana's classic JSON, and the files that provision them."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from vedette.model.dashboard import Dashboard, Link, Row, Variable
from vedette.model.mark import KINDS, MARK
from vedette.model.plan import Plan
from vedette.model.threshold import fill
from vedette.render._yaml import dump
from vedette.render.grafana_panels import SOURCE, panel_json

DATASOURCE = "vedette-prometheus"
DASHBOARDS_VARIABLE = "GRAFANA_DASHBOARDS"
PASSWORD_VARIABLE = "PROMETHEUS_PASSWORD"  # noqa: S105 - the name of a variable

_SCHEMA = 39
_COLUMNS = 24
_COMMENT = "Written by vedette; `vedette reload` writes it anew."


def dashboard(dashboard: Dashboard, thresholds: Mapping[str, float]) -> dict[str, Any]:
    """Return one dashboard as classic Grafana JSON.

    Args:
        dashboard: The noun.
        thresholds: Value per threshold name, for expressions and coloured steps.

    Raises:
        UsageError: it names a threshold without a value.
    """
    return {
        "uid": dashboard.uid,
        "title": dashboard.title,
        "description": fill(dashboard.description, thresholds),
        "tags": ["vedette", *dashboard.tags],
        "schemaVersion": _SCHEMA,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "refresh": dashboard.refresh,
        "time": {"from": f"now-{dashboard.span}", "to": "now"},
        "timezone": "browser",
        "links": [*map(_link, dashboard.links), _links()],
        "annotations": {"list": _annotations()},
        "templating": {"list": [_datasource(), *map(_variable, dashboard.variables)]},
        "panels": list(_layout(dashboard.rows, thresholds)),
    }


def text(document: Mapping[str, Any]) -> str:
    """Return a dashboard as the file that holds it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def dashboards(plan: Plan) -> Mapping[str, str]:
    """Return every dashboard of the packs in use: `vedette-host.json` to its text.

    A link to a dashboard of a pack that is not in use leads nowhere, and is left out.
    """
    pages = [page for pack in plan.packs.values() for page in pack.dashboards]
    known = {page.uid for page in pages}
    return {
        f"{page.uid}.json": text(dashboard(_linked(page, known), plan.thresholds)) for page in pages
    }


def _linked(page: Dashboard, known: Collection[str]) -> Dashboard:
    return replace(page, links=tuple(x for x in page.links if not x.uid or x.uid in known))


def provisioning(plan: Plan) -> Mapping[str, str]:
    """Return Grafana's provisioning folder: the datasource and where dashboards are.

    Grafana reads the folder of the dashboards from the variable GRAFANA_DASHBOARDS, and
    the password of Prometheus, where it has one, from PROMETHEUS_PASSWORD.
    """
    source: dict[str, Any] = {
        "name": "Prometheus",
        "uid": DATASOURCE,
        "type": "prometheus",
        "access": "proxy",
        "url": plan.url("prometheus"),
        "isDefault": True,
        "editable": False,
        "jsonData": {"timeInterval": plan.scrape_interval, "httpMethod": "POST"},
    }
    if plan.login is not None:
        source["basicAuth"] = True
        source["basicAuthUser"] = plan.login.username
        source["secureJsonData"] = {"basicAuthPassword": f"${{{PASSWORD_VARIABLE}}}"}
        source["jsonData"]["tlsSkipVerify"] = plan.login.tls_certificate is not None
    provider = {
        "name": "vedette",
        "type": "file",
        "allowUiUpdates": False,
        "updateIntervalSeconds": 10,
        "options": {"path": f"${{{DASHBOARDS_VARIABLE}}}"},
    }
    return {
        "datasources/vedette.yml": dump(
            {"apiVersion": 1, "datasources": [source]}, comment=_COMMENT
        ),
        "dashboards/vedette.yml": dump(
            {"apiVersion": 1, "providers": [provider]}, comment=_COMMENT
        ),
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "type": "link",
        "title": link.title,
        "url": f"/d/{link.uid}" if link.uid else link.url,
        "icon": "dashboard" if link.uid else "external link",
        "includeVars": bool(link.uid),
        "keepTime": bool(link.uid),
        "targetBlank": not link.uid,
    }


def _annotations() -> list[dict[str, Any]]:
    """Show every mark at its own time: Grafana reads the value as milliseconds."""
    return [
        {
            "name": kind.title,
            "datasource": SOURCE,
            "enable": True,
            "hide": False,
            "iconColor": kind.colour,
            "expr": f'{MARK}{{kind="{name}"}} * 1000',
            "step": "1m",
            "titleFormat": "{{kind}}",
            "textFormat": "{{text}}",
            "tagKeys": "module,model",
            "useValueForTime": True,
        }
        for name, kind in KINDS.items()
    ]


def _links() -> dict[str, Any]:
    return {
        "type": "dashboards",
        "title": "Vedette",
        "tags": ["vedette"],
        "asDropdown": True,
        "includeVars": True,
        "keepTime": True,
    }


def _datasource() -> dict[str, Any]:
    return {
        "name": "datasource",
        "label": "Data source",
        "type": "datasource",
        "query": "prometheus",
        "current": {"text": "Prometheus", "value": DATASOURCE},
        "hide": 0,
    }


def _variable(variable: Variable) -> dict[str, Any]:
    block: dict[str, Any] = {
        "name": variable.name,
        "label": variable.label,
        "type": "query",
        "datasource": SOURCE,
        "definition": variable.query,
        "query": {"query": variable.query, "refId": "variable"},
        "refresh": 2,
        "sort": 1,
        "multi": variable.multi,
        "includeAll": variable.multi,
    }
    if variable.multi:
        block |= {"allValue": ".*", "current": {"text": ["All"], "value": ["$__all"]}}
    return block


def _layout(rows: Sequence[Row], thresholds: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    """Place panels from left to right, and below the tallest where a line is full."""
    numbers = count(1)
    top = 0
    for row in rows:
        yield _heading(row.title, next(numbers), top)
        top += 1
        left = tallest = 0
        for panel in row.panels:
            if left + panel.width > _COLUMNS:
                left, top, tallest = 0, top + tallest, 0
            place = {"x": left, "y": top, "w": panel.width, "h": panel.height}
            yield {"id": next(numbers), "gridPos": place, **panel_json(panel, thresholds)}
            left, tallest = left + panel.width, max(tallest, panel.height)
        top += tallest


def _heading(title: str, number: int, top: int) -> dict[str, Any]:
    place = {"x": 0, "y": top, "w": _COLUMNS, "h": 1}
    return {
        "id": number,
        "gridPos": place,
        "type": "row",
        "title": title,
        "collapsed": False,
        "panels": [],
    }
