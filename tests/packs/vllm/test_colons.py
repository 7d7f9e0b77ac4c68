"""Names with a colon go through everything that writes and reads them."""

import json

import pytest
from ruamel.yaml import YAML

from vedette.dashboards.load import load
from vedette.dashboards.selectors import selectors
from vedette.dashboards.viewer import Viewer
from vedette.model.threshold import fill
from vedette.packs import sglang, vllm
from vedette.render import grafana, prometheus

PACKS = {"vllm": vllm.PACK, "sglang": sglang.PACK}


@pytest.mark.parametrize("name", PACKS)
def test_rules_hold_the_names_as_the_server_exposes_them(name, bare_plan):
    rules = YAML(typ="safe").load(prometheus.rules(bare_plan)[f"rules/{name}.yml"])
    exprs = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    known = {series for metric in PACKS[name].metrics for series in metric.series}
    read = {selector.name for expr in exprs for selector in selectors(expr)}
    assert read <= known
    assert any(series.startswith(f"{name}:") for series in read)


@pytest.mark.parametrize("name", PACKS)
def test_a_dashboard_asks_for_them_and_fills_its_choices_from_them(name):
    [page] = PACKS[name].dashboards
    limits = {limit.name: limit.default for limit in PACKS[name].thresholds}
    read = load(json.dumps(grafana.dashboard(page, limits)), "page.json")
    asked = []

    def values(label, series):
        asked.append((label, series))
        return ["chat"]

    viewer = Viewer(read, query=lambda _: [], label_values=values)
    panels = [panel for section in read.sections for panel in section.panels if panel.queries]
    exprs = [expr for panel in panels for expr in viewer.expressions(panel)]
    known = {series for metric in PACKS[name].metrics for series in metric.series}
    assert {one.name for expr in exprs for one in selectors(expr)} <= known
    assert ("module", f"{PACKS[name].metrics[0]}") in asked
    assert all(series.startswith(f"{name}:") for _, series in asked)


@pytest.mark.parametrize("name", PACKS)
def test_a_threshold_beside_such_a_name_is_filled_in(name):
    limits = {limit.name: limit.default for limit in PACKS[name].thresholds}
    for alert in PACKS[name].alerts:
        assert "@{" not in fill(alert.expr, limits) + fill(alert.description, limits)
