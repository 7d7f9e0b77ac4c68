import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vedette.dashboards.dashboard import Dashboard
from vedette.dashboards.errors import DashboardError
from vedette.dashboards.load import load

PUBLISHED = sorted((Path(__file__).parents[1] / "data" / "dashboards").glob("*.json"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)
# Keys that the loader looks for, with anything behind them.
KEYS = [
    "apiVersion",
    "calcs",
    "collapsed",
    "color",
    "current",
    "custom",
    "dashboard",
    "datasource",
    "decimals",
    "defaults",
    "elements",
    "expr",
    "fieldConfig",
    "format",
    "from",
    "gridPos",
    "h",
    "height",
    "hide",
    "id",
    "includeAll",
    "instant",
    "legend",
    "links",
    "list",
    "mappings",
    "max",
    "min",
    "mode",
    "multi",
    "name",
    "nullPointMode",
    "options",
    "overrides",
    "panels",
    "pattern",
    "query",
    "reduceOptions",
    "refId",
    "refresh",
    "regex",
    "repeat",
    "result",
    "rows",
    "sort",
    "span",
    "spec",
    "stacking",
    "steps",
    "tags",
    "targets",
    "templating",
    "thresholds",
    "time",
    "title",
    "to",
    "transformations",
    "type",
    "uid",
    "unit",
    "value",
    "valueName",
    "w",
    "x",
    "y",
    "yaxes",
]
TYPES = st.sampled_from(["row", "graph", "singlestat", "timeseries", "table-old", "text", "query"])
DASHBOARDS = st.recursive(
    VALUES | TYPES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8)
    ),
    max_leaves=40,
)


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_a_published_dashboard_is_read_with_every_panel(path):
    document = json.loads(path.read_text())
    wrapped = document.get("dashboard", document)
    rows = [wrapped, *wrapped.get("panels", []), *wrapped.get("rows", [])]
    inside = [panel for row in rows for panel in row.get("panels", [])]
    expected = sum(panel["type"] != "row" for panel in inside)

    dashboard = load(path.read_text(), path.name)

    panels = [panel for section in dashboard.sections for panel in section.panels]
    assert len(panels) == expected
    assert dashboard.title == wrapped["title"]
    assert len({panel.id for panel in panels}) == len(panels)
    assert all(panel.kind == "text" or panel.queries or panel.reason for panel in panels)


def _read_or_refused(text: str) -> Dashboard | DashboardError:
    try:
        return load(text, "fuzz.json")
    except DashboardError as error:
        return error


@settings(max_examples=150, deadline=None)
@given(document=DASHBOARDS)
def test_whatever_the_json_holds_it_is_read_or_refused_with_a_place(document):
    found = _read_or_refused(json.dumps(document))
    if isinstance(found, DashboardError):
        assert found.hint
        assert found.problem.startswith("fuzz.json")
    else:
        assert found.uid
        assert found.title.encode() is not None


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60))
def test_whatever_the_text_is_it_is_read_or_refused(text):
    found = _read_or_refused(text)
    assert isinstance(found, Dashboard) or "fuzz.json" in found.problem


def test_broken_json_is_refused_with_its_line_and_column():
    with pytest.raises(DashboardError, match=r"a\.json:3:1: expecting") as caught:
        load('{"title": "x",\n\n}', "a.json")
    assert (caught.value.line, caught.value.column) == (3, 1)


def test_a_git_conflict_is_called_one():
    text = '{\n  "title": "x",\n  <<<<<<< HEAD\n}'
    with pytest.raises(DashboardError, match="unresolved git conflict"):
        load(text, "a.json")


@pytest.mark.parametrize("text", ["", "   \n"])
def test_an_empty_file_is_called_empty(text):
    with pytest.raises(DashboardError, match="the file is empty"):
        load(text, "a.json")


def test_a_file_nested_too_deeply_is_refused():
    with pytest.raises(DashboardError):
        load("[" * 100_000, "a.json")


def test_a_number_that_json_does_not_know_is_refused():
    with pytest.raises(DashboardError, match="NaN is not a number"):
        load('{"refresh": NaN}', "a.json")


def test_a_wrong_type_is_refused_with_its_place():
    with pytest.raises(DashboardError, match=r"panels\[1\]\.gridPos\.w: 'wide' is not a number"):
        load('{"panels": [{"type": "row"}, {"type": "stat", "gridPos": {"w": "wide"}}]}', "a.json")


def test_the_wrapper_that_grafana_refuses_is_read_and_named(read):
    dashboard = read(dashboard={"title": "Inside", "panels": []})
    assert dashboard.title == "Inside"
    assert "refuses this file" in dashboard.notes[0]


def test_a_v1_resource_is_read(read):
    dashboard = read(apiVersion="dashboard.grafana.app/v1beta1", spec={"title": "Resource"})
    assert dashboard.title == "Resource"


def test_a_v2_resource_is_refused_with_what_to_do():
    text = json.dumps({"apiVersion": "dashboard.grafana.app/v2", "spec": {"elements": {}}})
    with pytest.raises(DashboardError, match="schema v2") as caught:
        load(text, "a.json")
    assert "classic" in caught.value.hint


def test_a_file_without_a_uid_gets_one_from_its_name():
    assert load('{"title": "T"}', "folder/GPU nodes.json").uid == "gpu-nodes"


def test_time_and_refresh_have_defaults(read):
    dashboard = read(title="T", refresh=False)
    assert (dashboard.start, dashboard.end, dashboard.refresh) == ("now-1h", "now", "")


def test_a_lone_surrogate_does_not_reach_the_browser():
    dashboard = load('{"title": "a\\ud800b"}', "a.json")
    assert dashboard.title == "a?b"
