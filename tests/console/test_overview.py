import sys
from types import ModuleType

import pytest

from vedette.errors import InUseError


def _target(job, health="up", **labels):
    return {
        "labels": {"job": job, "instance": "i", **labels},
        "health": health,
        "lastError": "refused" if health == "down" else "",
        "scrapeUrl": "http://x",
        "scrapeInterval": "5s",
    }


def _vector(*rows):
    result = [{"metric": labels, "value": [1, str(value)]} for labels, value in rows]
    return {"resultType": "vector", "result": result}


@pytest.fixture
def overview(console, prometheus):
    def _overview(*targets):
        prometheus.answers["/api/v1/targets"] = {"activeTargets": list(targets)}
        return console.get("/api/overview").json()

    return _overview


def test_modules_are_the_services_and_the_stack_s_programs_are_not(overview):
    found = overview(_target("prometheus"), _target("api", module="api", owner="anna"))
    assert [(one["name"], one["owner"]) for one in found["services"]] == [("api", "anna")]
    assert (found["targets"], found["targets_up"], found["modules"]) == (2, 2, 1)


def test_any_prometheus_shows_its_jobs(overview):
    assert [one["name"] for one in overview(_target("b"), _target("a"))["services"]] == ["a", "b"]


def test_what_is_down_comes_first_with_its_error(overview):
    found = overview(_target("a"), _target("b", "down"))
    assert found["services"][0]["name"] == "b"
    assert found["services"][0]["error"] == "refused"
    assert found["verdict"]["text"] == "1 target down"


def test_models_have_a_rate_errors_and_latency(overview, prometheus):
    def query(params):
        key = {"job": "api", "model": "m"}
        expr = params["query"]
        if "model_requests_total" in expr and "error" not in expr:
            return _vector((key, 2.5))
        if "model_inference_latency" in expr:
            return _vector((key, 0.2))
        return _vector((key, 0)) if "model_loaded" in expr else _vector()

    prometheus.answers["/api/v1/query"] = query
    (service,) = overview(_target("api", module="api"))["services"]
    (model,) = service["models"]
    assert model["name"] == "m"
    assert model["health"]["rate"]["now"] == 2.5
    assert model["health"]["p95"]["now"] == 0.2
    assert model["health"]["errors"]["now"] == 0
    assert model["health"]["loaded"] is False


def test_the_past_is_on_a_grid_with_gaps(overview, prometheus):
    def query_range(params):
        if "http_requests_total" not in params["query"] or "5.." in params["query"]:
            return {"resultType": "matrix", "result": []}
        end = float(params["end"])
        values = [[end - 30, "1"], [end, "2"]]
        return {"resultType": "matrix", "result": [{"metric": {"job": "api"}, "values": values}]}

    prometheus.answers["/api/v1/query_range"] = query_range
    prometheus.answers["/api/v1/query"] = _vector()
    (service,) = overview(_target("api", module="api"))["services"]
    past = service["health"]["rate"]["past"]
    assert len(past) == 61
    assert past[-3:] == [None, 1, 2]


def test_a_value_that_is_no_number_is_none(overview, prometheus):
    def query(params):
        nan = "histogram_quantile" in params["query"]
        return _vector(({"job": "api"}, "NaN" if nan else "1"))

    prometheus.answers["/api/v1/query"] = query
    (service,) = overview(_target("api", module="api"))["services"]
    assert service["health"]["p95"]["now"] is None


def test_without_a_stack_there_are_no_programs(overview, console):
    assert overview()["programs"] is None
    assert console.get("/api/programs").json() == {"name": "", "programs": []}


@pytest.fixture
def supervisor(monkeypatch):
    """A supervisor that answers as a test wants, in place of the real one's socket."""
    control = ModuleType("vedette.supervisor.control")

    def _answer(call):
        control.call = call  # type: ignore[attr-defined]

    monkeypatch.setitem(sys.modules, "vedette.supervisor.control", control)
    monkeypatch.setattr("vedette.supervisor.control", control, raising=False)
    return _answer


def test_programs_come_from_the_supervisor(open_console, supervisor, tmp_path):
    program = {"name": "prometheus", "state": "crashed"}

    def call(state, command):
        assert (state, command) == (tmp_path, "status")
        return {"name": "demo", "programs": [program]}

    supervisor(call)
    console = open_console(state=tmp_path)
    found = console.get("/api/overview").json()
    assert (found["name"], found["programs"]) == ("demo", [program])
    assert found["verdict"]["text"] == "1 program not running"
    assert console.get("/api/programs").json()["name"] == "demo"


def test_a_supervisor_that_does_not_answer_hides_nothing_else(open_console, supervisor, tmp_path):
    def call(*_):
        problem = "nothing runs"
        raise InUseError(problem, hint="vedette up")

    supervisor(call)
    found = open_console(state=tmp_path).get("/api/overview").json()
    assert found["problems"] == ["nothing runs"]
    assert found["programs"] is None
