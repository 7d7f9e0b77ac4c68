"""Dashboards, and the files that provision them, for a Grafana that somebody else runs."""

from collections.abc import Mapping
from typing import Any

from vedette.model.component import Choice, Component, Target
from vedette.model.plan import Plan
from vedette.render import grafana
from vedette.render._yaml import dump

_COMMENT = "Written by `vedette export grafana`; export again to change it."
_HERE = "http://localhost:9090"
_FOLDER = Choice(
    name="folder-in-grafana",
    help="Where Grafana will find the folder dashboards/ of this export.",
    default="/var/lib/grafana/dashboards/vedette",
)
_PROMETHEUS = Choice(
    name="prometheus",
    help="Address at which Grafana reaches Prometheus; without it, that of the plan.",
)
_README = """\
# Dashboards for Grafana

Written by `vedette export grafana`.

1. Copy `dashboards/` to `{folder}` of the machine that runs Grafana.
2. Copy the files of `provisioning/` into the folder of the same name (`/etc/grafana/provisioning`),
   and restart Grafana.

The data source asks Prometheus at {address}; it is not made the default one. Each dashboard has a
choice *Data source* on top, so one that you have already serves as well: leave out
`provisioning/datasources/` then. Or import single files of `dashboards/` by hand.
"""


def render(
    components: Mapping[str, Component], plan: Plan, *, folder_in_grafana: str, prometheus: str
) -> Mapping[str, str]:
    """Return the dashboards of every pack, the provisioning, and how to use them.

    Args:
        components: Not needed.
        plan: Whose packs and limits.
        folder_in_grafana: Where Grafana will find the dashboards.
        prometheus: Address of Prometheus; empty for that of the plan.
    """
    del components
    address = prometheus or (plan.url("prometheus") if "prometheus" in plan.ports else _HERE)
    pages = grafana.dashboards(plan)
    return {
        **{f"dashboards/{name}": text for name, text in sorted(pages.items())},
        "provisioning/dashboards/vedette.yml": _provider(folder_in_grafana),
        "provisioning/datasources/vedette.yml": _source(address, plan.scrape_interval),
        "README.md": _README.format(folder=folder_in_grafana, address=address),
    }


def _provider(folder: str) -> str:
    provider: dict[str, Any] = {
        "name": "vedette",
        "folder": "Vedette",
        "type": "file",
        "allowUiUpdates": False,
        "options": {"path": folder},
    }
    return dump({"apiVersion": 1, "providers": [provider]}, comment=_COMMENT)


def _source(address: str, interval: str) -> str:
    source: dict[str, Any] = {
        "name": "Prometheus (Vedette)",
        "uid": grafana.DATASOURCE,
        "type": "prometheus",
        "access": "proxy",
        "url": address,
        "jsonData": {"timeInterval": interval, "httpMethod": "POST"},
    }
    return dump({"apiVersion": 1, "datasources": [source]}, comment=_COMMENT)


TARGET = Target(
    help="Dashboards for a Grafana of your own.",
    render=render,
    choices=(_FOLDER, _PROMETHEUS),
    by_pack=True,
    private=False,
)
