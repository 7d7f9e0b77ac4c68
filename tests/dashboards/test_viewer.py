import json
import math

import pytest

from vedette.dashboards.load import load
from vedette.dashboards.viewer import Viewer


@pytest.fixture
def dashboard():
    variable = {
        "type": "query",
        "name": "module",
        "query": "label_values(up, module)",
        "multi": True,
        "includeAll": True,
    }
    panel = {
        "type": "stat",
        "title": "Up",
        "targets": [{"expr": 'rate(up{module=~"$module"}[$__rate_interval])'}],
        "gridPos": {"x": 0, "y": 0, "w": 4, "h": 4},
    }
    content = {"title": "T", "uid": "t", "panels": [panel], "templating": {"list": [variable]}}
    return load(json.dumps(content), "t.json")


def _viewer(dashboard, values, labels=("a", "b")):
    return Viewer(dashboard, query=lambda _: values, label_values=lambda *_: list(labels))


def _panel(dashboard):
    return dashboard.sections[0].panels[0]


def test_a_panel_is_asked_with_everything_chosen(dashboard):
    (expression,) = _viewer(dashboard, []).expressions(_panel(dashboard))
    assert "$" not in expression
    assert "a|b" in expression.replace("(", "").replace(")", "")


@pytest.mark.parametrize("values, seen", [([1.0], True), ([], False), ([math.nan], False)])
def test_a_panel_has_data_where_one_value_is_a_number(dashboard, values, seen):
    assert _viewer(dashboard, values).has_data(["up"]) is seen


def test_a_variable_without_a_choice_is_named(dashboard):
    assert _viewer(dashboard, [], labels=()).empty == ["module"]
