import pytest

from vedette.dashboards.annotation import events
from vedette.dashboards.errors import DashboardError
from vedette.dashboards.event import Annotation


def test_an_annotation_is_read_as_grafana_writes_it(read):
    written = {
        "name": "Restarts",
        "expr": " changes(up[1m]) > 0 ",
        "step": "30s",
        "iconColor": "purple",
        "titleFormat": "{{job}}",
        "textFormat": "{{instance}}",
        "tagKeys": "job, instance,",
        "useValueForTime": True,
    }
    assert read(annotations={"list": [written]}).annotations == (
        Annotation(
            name="Restarts",
            expr="changes(up[1m]) > 0",
            colour="purple",
            title="{{job}}",
            text="{{instance}}",
            tags=("job", "instance"),
            step=30.0,
            timed=True,
        ),
    )


def test_an_annotation_may_have_its_question_under_target(read):
    written = {"name": "a", "target": {"expr": "up", "interval": "2m"}}
    (found,) = read(annotations={"list": [written]}).annotations
    assert (found.expr, found.step, found.colour) == ("up", 120.0, "red")


@pytest.mark.parametrize(
    "more",
    [
        {"enable": False},
        {"expr": " "},
        {"datasource": {"type": "loki", "uid": "x"}},
        {"expr": None, "target": {"tags": ["x"]}},
    ],
    ids=["off", "empty", "of another source", "of Grafana's own store"],
)
def test_what_prometheus_cannot_answer_is_no_annotation(read, more):
    written = {"name": "a", "expr": "up", **more}
    assert read(annotations={"list": [written]}).annotations == ()


def test_a_dashboard_without_annotations_has_none(read):
    assert read().annotations == ()
    assert read(annotations={}).annotations == ()


def test_a_broken_annotation_is_told_with_its_place(read):
    with pytest.raises(DashboardError) as caught:
        read(annotations={"list": [{"expr": []}]})
    assert caught.value.place == "annotations.list[0].expr"


def found(annotation, *rows, span=(0, 1000)):
    series = [{"metric": labels, "values": values} for labels, values in rows]
    return [
        (e.start, e.end, e.title, e.text, e.tags) for e in events(annotation, series, span=span)
    ]


def test_samples_above_zero_that_follow_each_other_are_one_event():
    annotation = Annotation(name="Down", expr="x", step=60)
    values = [[0, "0"], [60, "1"], [120, "2"], [180, "0"], [300, "1"], [360, "NaN"]]
    assert found(annotation, ({}, values)) == [
        (60, 120, "Down", "", ()),
        (300, 300, "Down", "", ()),
    ]


def test_where_the_value_is_the_time_it_is_one_event_however_often_it_is_said():
    annotation = Annotation(
        name="n", expr="x", timed=True, title="{{ kind }}", text="{{text}}", tags=("module", "gone")
    )
    labels = {"kind": "incident", "text": "it broke", "module": "shop"}
    assert found(annotation, (labels, [[500, "100500"], [560, "100500"]])) == [
        (100.5, 100.5, "incident", "it broke", ("shop",))
    ]


def test_events_outside_of_the_range_are_left_out_and_the_rest_is_in_order():
    annotation = Annotation(name="n", expr="x", timed=True, title="{{a}}")
    rows = [({"a": str(at)}, [[900, str(at * 1000)]]) for at in (30, 10, 99)]
    assert [row[2] for row in found(annotation, *rows, span=(5, 50))] == ["10", "30"]
