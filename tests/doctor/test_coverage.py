from dataclasses import replace

from vedette.doctor.coverage import cover
from vedette.model.alert import Alert, RecordingRule
from vedette.model.dashboard import Dashboard, Panel, Query, Row
from vedette.model.metric import Metric
from vedette.model.pack import Pack
from vedette.model.threshold import Threshold

LIMIT = Threshold(name="queue_limit", default=5, help="h", source="s")
QUEUE = Metric(name="srv:queue", kind="gauge", help="Waiting.", external=True)
DONE = Metric(name="srv:done_total", kind="counter", help="Done.", external=True)
RATE = RecordingRule(name="module:done:rate5m", expr=f"sum(rate({DONE}[5m]))", help="h")
PACK = Pack(
    title="Server",
    summary="s",
    metrics=(QUEUE, DONE),
    thresholds=(LIMIT,),
    recordings=(RATE,),
    alerts=(
        Alert(
            name="Backlog",
            expr=f"{QUEUE} > {LIMIT} and on (instance) up == 1",
            severity="ticket",
            summary="s",
            description="d",
            runbook="r",
        ),
    ),
    dashboards=(
        Dashboard(
            uid="srv",
            title="Server",
            description="d",
            rows=(
                Row(
                    title="Now",
                    panels=(
                        Panel(title="Done", queries=(Query(expr=f"{RATE}"),)),
                        Panel(
                            title="Both",
                            queries=(
                                Query(expr=f'{QUEUE}{{module=~"$module"}}'),
                                Query(expr=f"rate({DONE}[$__rate_interval])"),
                            ),
                        ),
                        Panel(title="Words", content="Read this."),
                    ),
                ),
            ),
        ),
    ),
)


def test_what_is_exposed_tells_which_panels_and_alerts_apply():
    told = cover({"srv": PACK}, {"srv:queue"})
    [page] = told.dashboards
    assert [panel.name for panel in page.panels] == ["Done", "Both"]
    assert {panel.name: panel.missing for panel in page.empty} == {
        "Done": ("srv:done_total",),  # behind the recorded name
    }
    assert [(alert.name, alert.missing) for alert in told.alerts] == [("Backlog", ())]


def test_a_panel_with_data_for_one_of_its_queries_is_not_empty():
    told = cover({"srv": PACK}, {"srv:queue"})
    assert "Both" not in {panel.name for panel in told.dashboards[0].empty}


def test_an_alert_with_two_ways_to_fire_can_fire_by_one():
    either = replace(PACK.alerts[0], expr=f"{QUEUE} > 5 or {DONE} > 5 unless {RATE}")
    told = cover({"srv": replace(PACK, alerts=(either,))}, {"srv:queue"})
    assert told.alerts[0].missing == ()


def test_with_everything_exposed_nothing_is_empty():
    told = cover({"srv": PACK}, {"srv:queue", "srv:done_total"})
    assert told.dashboards[0].empty == ()


def test_with_nothing_exposed_nothing_applies():
    told = cover({"srv": PACK}, ())
    assert told.alerts[0].missing == ("srv:queue",)
    assert told.dashboards[0].empty[1].missing == ("srv:done_total", "srv:queue")
