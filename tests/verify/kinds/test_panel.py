import json

import pytest

from vedette.verify.kinds.panel import DASHBOARDS, PanelPromise, check
from vedette.verify.outcome import BrokenPromiseError

PROMISE = PanelPromise(panel="vedette-serving", within=0.01)


def panel(title, expr):
    return {"type": "timeseries", "title": title, "targets": [{"refId": "A", "expr": expr}]}


@pytest.fixture
def dashboard(system):
    folder = system.state / DASHBOARDS
    folder.mkdir(parents=True)

    def write(*panels, variables=()):
        content = {
            "uid": "vedette-serving",
            "title": "Serving",
            "templating": {"list": list(variables)},
            "panels": [*panels, {"type": "text", "title": "Words"}],
        }
        (folder / "vedette-serving.json").write_text(json.dumps(content))

    return write


def test_panels_with_data_are_kept(dashboard, prometheus, system):
    dashboard(panel("Requests", "sum(rate(a[$__rate_interval]))"), panel("Errors", "b"))
    prometheus.series = {"sum(rate(a[1m]))": [({}, 0.0)], "b": [({}, 1.0)]}
    assert check(PROMISE, system).text == "2 panels, each with data"


@pytest.mark.parametrize("values", [[], [({}, float("nan"))]])
def test_a_panel_without_data_is_broken_and_named(dashboard, prometheus, system, values):
    dashboard(panel("Requests", "a"), panel("Errors", "b"))
    prometheus.series = {"a": [({}, 1.0)], "b": values}
    with pytest.raises(BrokenPromiseError, match="1 of 2 panels are empty: Errors"):
        check(PROMISE, system)


def test_a_panel_that_may_be_empty_is_not_asked(dashboard, prometheus, system):
    dashboard(panel("Requests", "a"), panel("GPU", "g"))
    prometheus.series = {"a": [({}, 1.0)]}
    allowed = PROMISE.model_copy(update={"empty": ("GPU",)})
    assert check(allowed, system).text == "1 panels, each with data"


def test_a_panel_that_may_be_empty_must_exist(dashboard, system):
    dashboard(panel("Requests", "a"))
    with pytest.raises(BrokenPromiseError, match="has no panel 'GPU'"):
        check(PROMISE.model_copy(update={"empty": ("GPU",)}), system)


def test_variables_are_filled_from_prometheus(dashboard, prometheus, system):
    module = {
        "type": "query",
        "name": "module",
        "query": "label_values(up, module)",
        "multi": True,
        "includeAll": True,
    }
    dashboard(panel("Requests", 'a{module=~"$module"}'), variables=[module])
    prometheus.label("module", ["api", "shop"])
    prometheus.series = {'a{module=~"(api|shop)"}': [({}, 1.0)]}
    assert check(PROMISE, system).text == "1 panels, each with data"


def test_a_dashboard_that_does_not_exist_is_broken(dashboard, system):
    dashboard(panel("Requests", "a"))
    with pytest.raises(BrokenPromiseError, match=r"no dashboard 'x'; there are vedette-serving"):
        check(PanelPromise(panel="x"), system)
