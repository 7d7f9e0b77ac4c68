import json
from dataclasses import replace

import pytest
from ruamel.yaml import YAML

from vedette.dashboards.load import load
from vedette.model.dashboard import Dashboard, Link, Mapping, Panel, Query, Row, Step, Variable
from vedette.model.mark import KINDS
from vedette.model.plan import Login
from vedette.model.secret import Secret
from vedette.model.threshold import Threshold
from vedette.render import grafana

LIMIT = Threshold(name="limit", default=0.5, unit="seconds", help="h", source="s")


def page(*panels, **more):
    return Dashboard(
        uid="page", title="Page", description="d", rows=(Row(title="Row", panels=panels),), **more
    )


def drawn(*panels):
    """The panels of a page as Grafana gets them, without the row's heading."""
    return grafana.dashboard(page(*panels), {"limit": 2.0})["panels"][1:]


def panel(**more):
    return Panel(**{"title": "P", "queries": (Query(expr="up"),), **more})


def test_the_dashboards_are_the_golden_ones(plan, compare):
    for name, text in grafana.dashboards(plan).items():
        compare(f"dashboards/{name}", text)


def test_the_provisioning_is_the_golden_one(plan, compare):
    for name, text in grafana.provisioning(plan).items():
        compare(f"provisioning/{name}", text)


def test_a_file_is_the_classic_model_itself_and_no_wrapper(plan):
    for text in grafana.dashboards(plan).values():
        model = json.loads(text)
        assert model["schemaVersion"] == 39
        assert model["title"]
        assert "dashboard" not in model


def test_the_console_reads_every_dashboard_whole_and_without_a_complaint(plan):
    for name, text in grafana.dashboards(plan).items():
        read = load(text, name)
        known = next(d for p in plan.packs.values() for d in p.dashboards if d.uid == read.uid)
        titles = [panel.title for section in read.sections for panel in section.panels]
        assert titles == [panel.title for row in known.rows for panel in row.panels]
        assert read.notes == ()


def test_every_dashboard_shows_every_kind_of_mark_at_the_marks_own_time(plan):
    for name, text in grafana.dashboards(plan).items():
        shown = json.loads(text)["annotations"]["list"]
        assert [one["name"] for one in shown] == [kind.title for kind in KINDS.values()]
        for one, kind in zip(shown, KINDS, strict=True):
            # Grafana takes milliseconds; what is not enabled or hidden is not drawn.
            assert one["expr"] == f'vedette_mark_timestamp_seconds{{kind="{kind}"}} * 1000'
            assert one["useValueForTime"]
            assert (one["enable"], one["hide"]) == (True, False)
        read = load(text, name).annotations
        assert [one.timed for one in read] == [True] * len(KINDS)


def test_links_to_dashboards_keep_range_and_choices_and_those_elsewhere_open_anew():
    links = (Link(title="Detail", uid="detail"), Link(title="Wiki", url="https://wiki"))
    drawn = grafana.dashboard(page(links=links), {})["links"]
    assert [(one["title"], one.get("url")) for one in drawn] == [
        ("Detail", "/d/detail"),
        ("Wiki", "https://wiki"),
        ("Vedette", None),
    ]
    assert [one["keepTime"] for one in drawn] == [True, False, True]
    assert [one["includeVars"] for one in drawn] == [True, False, True]


def test_a_link_to_a_dashboard_that_is_not_there_is_left_out(plan):
    links = (
        Link(title="Gone", uid="gone"),
        Link(title="Own", uid="page"),
        Link(title="W", url="w"),
    )
    pack = replace(plan.packs["host"], dashboards=(page(links=links),))
    (text,) = grafana.dashboards(replace(plan, packs={"host": pack})).values()
    assert [one["title"] for one in json.loads(text)["links"]] == ["Own", "W", "Vedette"]


def test_panels_are_laid_from_left_to_right_and_then_below_the_tallest():
    places = [p["gridPos"] for p in drawn(panel(height=4), panel(height=9), panel(width=10))]
    assert [(p["x"], p["y"]) for p in places] == [(0, 1), (8, 1), (0, 10)]


def test_no_two_panels_of_a_pack_overlap(plan):
    for text in grafana.dashboards(plan).values():
        cells = [
            (x, y)
            for p in json.loads(text)["panels"]
            for x in range(p["gridPos"]["x"], p["gridPos"]["x"] + p["gridPos"]["w"])
            for y in range(p["gridPos"]["y"], p["gridPos"]["y"] + p["gridPos"]["h"])
        ]
        assert len(cells) == len(set(cells))
        assert max(x for x, _ in cells) == 23


def test_the_ids_of_panels_are_unique(plan):
    for text in grafana.dashboards(plan).values():
        ids = [p["id"] for p in json.loads(text)["panels"]]
        assert len(ids) == len(set(ids))


def test_a_limit_that_the_user_set_colours_the_panel():
    steps = (Step(colour="green"), Step(colour="red", value=LIMIT))
    defaults = drawn(panel(steps=steps))[0]["fieldConfig"]["defaults"]
    assert defaults["thresholds"]["steps"] == [
        {"color": "green", "value": None},
        {"color": "red", "value": 2.0},
    ]
    assert defaults["custom"]["thresholdsStyle"] == {"mode": "line"}


def test_a_limit_stands_in_expressions_and_descriptions():
    shown = drawn(panel(queries=(Query(expr=f"up > {LIMIT}"),), description=f"> {LIMIT:human}"))[0]
    assert shown["targets"][0]["expr"] == "up > 2"
    assert shown["description"] == "> 2 s"


def test_colours_without_a_base_begin_with_green():
    steps = drawn(panel(steps=(Step(colour="red", value=1),)))[0]["fieldConfig"]["defaults"]
    assert steps["thresholds"]["steps"][0] == {"color": "green", "value": None}


def test_queries_are_lettered_and_ask_for_a_range_unless_told_otherwise():
    queries = (Query(expr="a", legend="{{job}}"), Query(expr="b", instant=True))
    targets = drawn(panel(queries=queries))[0]["targets"]
    assert [(t["refId"], t["instant"], t["range"]) for t in targets] == [
        ("A", False, True),
        ("B", True, False),
    ]
    assert [t["legendFormat"] for t in targets] == ["{{job}}", "__auto"]


def test_words_stand_for_values():
    mappings = (Mapping(value=1, text="up", colour="green"),)
    shown = drawn(panel(kind="stat", mappings=mappings))[0]["fieldConfig"]["defaults"]["mappings"]
    assert shown == [
        {"type": "value", "options": {"1": {"text": "up", "color": "green", "index": 0}}}
    ]


@pytest.mark.parametrize("kind", ["stat", "gauge", "bargauge", "piechart"])
def test_a_panel_of_one_value_says_which_of_a_range_it_shows(kind):
    shown = drawn(panel(kind=kind, reduce="max"))[0]
    assert shown["options"]["reduceOptions"]["calcs"] == ["max"]


def test_a_text_panel_asks_nothing():
    shown = drawn(Panel(title="T", kind="text", content="# Hello"))[0]
    assert shown["options"] == {"mode": "markdown", "content": "# Hello"}
    assert "targets" not in shown


def test_a_choice_of_several_offers_all_and_a_choice_of_one_does_not():
    variables = (
        Variable(name="several", label="S", query="label_values(up, job)"),
        Variable(name="one", label="O", query="label_values(up, job)", multi=False),
    )
    model = grafana.dashboard(page(panel(), variables=variables), {})
    source, several, one = model["templating"]["list"]
    assert source["type"] == "datasource"
    assert source["name"] == "datasource"
    assert several["includeAll"]
    assert several["allValue"] == ".*"
    assert not one["includeAll"]
    assert "allValue" not in one


def test_grafana_asks_prometheus_with_the_login_of_the_plan(plan):
    login = Login(username="admin", password=Secret(text="secret-text"))
    files = grafana.provisioning(replace(plan, login=login))
    text = files["datasources/vedette.yml"]
    source = YAML(typ="safe").load(text)["datasources"][0]
    assert source["basicAuthUser"] == "admin"
    assert source["secureJsonData"] == {"basicAuthPassword": "${PROMETHEUS_PASSWORD}"}
    assert "secret-text" not in text


def test_a_heatmap_lets_grafana_take_the_buckets_apart_and_names_their_unit():
    (heatmap,) = drawn(panel(kind="heatmap", unit="s"))
    assert [target["format"] for target in heatmap["targets"]] == ["heatmap"]
    assert heatmap["options"]["calculate"] is False
    assert heatmap["options"]["yAxis"]["unit"] == "s"
    (lines,) = drawn(panel())
    assert "format" not in lines["targets"][0]


def test_slices_of_a_pie_differ_in_colour_and_a_single_number_shows_its_limit():
    pie, stat = drawn(panel(kind="piechart"), panel(kind="stat"))
    assert pie["fieldConfig"]["defaults"]["color"] == {"mode": "palette-classic"}
    assert stat["fieldConfig"]["defaults"]["color"] == {"mode": "thresholds"}
