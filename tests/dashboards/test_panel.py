import pytest

from vedette.dashboards.dashboard import Mapping, Step

QUERY = {"expr": "up", "legendFormat": "{{job}}"}


def test_queries_get_letters_in_order_where_the_file_gives_none(read_panel):
    panel = read_panel(type="stat", targets=[QUERY, {"expr": "b", "refId": "Z"}, {"expr": "c"}])
    assert [query.ref for query in panel.queries] == ["A", "Z", "C"]


def test_hidden_and_empty_queries_are_not_asked(read_panel):
    panel = read_panel(type="stat", targets=[{**QUERY, "hide": True}, {"expr": " "}, QUERY])
    assert [query.ref for query in panel.queries] == ["C"]


def test_a_query_that_is_both_is_asked_for_its_range(read_panel):
    panel = read_panel(type="stat", targets=[{**QUERY, "instant": True, "range": True}])
    assert not panel.queries[0].instant


@pytest.mark.parametrize(
    "source", [None, "Prometheus", "$datasource", {"type": "prometheus", "uid": "x"}, {"uid": "y"}]
)
def test_a_prometheus_that_we_do_not_know_is_ours(read_panel, source):
    panel = read_panel(type="stat", datasource=source, targets=[{**QUERY, "datasource": source}])
    assert panel.kind == "stat"
    assert len(panel.queries) == 1


def test_a_panel_of_another_data_source_says_so(read_panel):
    loki = {"type": "loki", "uid": "l"}
    panel = read_panel(type="timeseries", targets=[{"expr": "{a=1}", "datasource": loki}])
    assert panel.kind == "unsupported"
    assert "'loki'" in panel.reason


def test_an_unknown_kind_says_so(read_panel):
    panel = read_panel(type="geomap", targets=[QUERY])
    assert panel.reason == "panels of type 'geomap' are not drawn"


def test_thresholds_keep_a_base_without_a_value(read_panel):
    steps = [{"color": "green"}, {"color": "red", "value": "80"}]
    panel = read_panel(type="stat", fieldConfig={"defaults": {"thresholds": {"steps": steps}}})
    assert panel.field.steps == (Step(value=None, colour="green"), Step(value=80.0, colour="red"))


def test_mappings_of_every_kind_are_read(read_panel):
    given = [
        {"type": "value", "options": {"1": {"text": "up", "color": "green"}}},
        {"type": "range", "options": {"from": 2, "to": None, "result": {"text": "many"}}},
        {"type": "regex", "options": {"pattern": "a.*", "result": {"text": "a"}}},
        {"type": "special", "options": {"match": "null", "result": {"text": "none"}}},
        {"op": "=", "value": "0", "text": "off"},
        {"from": "3", "to": "4", "text": "some", "value": ""},
    ]
    panel = read_panel(type="stat", fieldConfig={"defaults": {"mappings": given}})
    assert panel.field.mappings == (
        Mapping(kind="value", value="1", text="up", colour="green"),
        Mapping(kind="range", low=2, text="many"),
        Mapping(kind="regex", value="a.*", text="a"),
        Mapping(kind="special", value="null", text="none"),
        Mapping(kind="value", value="0", text="off"),
        Mapping(kind="range", low=3, high=4, text="some"),
    )


def test_what_is_not_applied_is_noted(read_panel):
    panel = read_panel(
        type="timeseries",
        targets=[QUERY],
        repeat="node",
        timeShift="1d",
        fieldConfig={"overrides": [{}]},
        transformations=[{"id": "organize"}],
    )
    assert len(panel.notes) == 4
    assert "organize" in " ".join(panel.notes)


def test_a_grid_stays_inside_its_columns(read_panel):
    panel = read_panel(type="text", gridPos={"x": 20, "y": 3, "w": 24, "h": 0})
    assert (panel.grid.x, panel.grid.w, panel.grid.h) == (20, 4, 1)


def test_an_old_graph_becomes_a_time_series(read_panel):
    panel = read_panel(
        type="graph",
        targets=[QUERY],
        fill=3,
        linewidth=2,
        stack=True,
        percentage=True,
        nullPointMode="connected",
        yaxes=[{"format": "bytes", "min": "0", "max": "~100"}],
        legend={"rightSide": True},
    )
    assert (panel.kind, panel.field.unit, panel.field.minimum) == ("timeseries", "bytes", 0)
    assert panel.field.maximum is None
    assert (panel.stroke.fill, panel.stroke.width) == (30, 2)
    assert (panel.stroke.stacking, panel.stroke.span_nulls) == ("percent", True)
    assert panel.options.legend == "right"


def test_an_old_single_stat_becomes_a_stat(read_panel):
    panel = read_panel(
        type="singlestat",
        targets=[QUERY],
        format="percent",
        valueName="avg",
        thresholds="50,80",
        colors=["green", "orange", "red"],
        colorBackground=True,
        sparkline={"show": True},
    )
    assert (panel.kind, panel.options.reducer, panel.options.colours) == (
        "stat",
        "mean",
        "background",
    )
    assert [step.value for step in panel.field.steps] == [None, 50, 80]
    assert panel.options.graph == "area"


def test_a_single_stat_whose_value_name_is_no_text_is_read_all_the_same(read_panel):
    assert read_panel(type="singlestat", valueName=True, targets=[QUERY]).options.reducer == "mean"


def test_a_hidden_legend_is_nowhere(read_panel):
    panel = read_panel(type="timeseries", options={"legend": {"showLegend": False}})
    assert not panel.options.legend


def test_a_log_scale_is_read(read_panel):
    custom = {"scaleDistribution": {"type": "log", "log": 2}}
    panel = read_panel(type="timeseries", fieldConfig={"defaults": {"custom": custom}})
    assert panel.stroke.log_base == 2
