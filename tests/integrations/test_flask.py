import re

import flask
import pytest
from flask import Blueprint, Flask, Response
from werkzeug.serving import BaseWSGIServer

from vedette.integrations.flask import instrument
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def app(monitor):
    app = Flask(__name__)
    instrument(app, monitor)
    _add_rules(app)
    return app


def _add_rules(app: Flask) -> None:
    @app.get("/items/<int:item>")
    def item(item: int) -> str:
        return str(item)

    @app.get("/break")
    def broken() -> str:
        message = "broken on purpose"
        raise RuntimeError(message)

    @app.get("/refuse")
    def refuse() -> str:
        flask.abort(422)

    @app.get("/stream")
    def stream() -> Response:
        return Response(iter(["a", "b"]))

    blueprint = Blueprint("v1", __name__, url_prefix="/v1")

    @blueprint.get("/thing")
    def thing() -> str:
        return "thing"

    app.register_blueprint(blueprint)


def counted(monitor):
    text = monitor.expose().body.decode()
    pattern = r'http_requests_total\{endpoint="(.*?)",method="(.*?)",status="(.*?)"\} (\d+)'
    return {(m[1], m[2], m[3]): int(m[4]) for m in re.finditer(pattern, text)}


@pytest.mark.parametrize(
    "method,path,expected",
    [
        ("GET", "/items/7", ("/items/<int:item>", "GET", "200")),
        ("GET", "/items/seven", ("unmatched", "GET", "404")),
        ("GET", "/break", ("/break", "GET", "500")),
        ("GET", "/refuse", ("/refuse", "GET", "422")),
        ("GET", "/stream", ("/stream", "GET", "200")),
        ("HEAD", "/stream", ("/stream", "HEAD", "200")),
        ("GET", "/v1/thing", ("/v1/thing", "GET", "200")),
        ("POST", "/stream", ("unmatched", "POST", "405")),
        ("BREW", "/wp-admin.php", ("unmatched", "other", "404")),
    ],
)
def test_a_request_is_counted_under_its_rule_and_never_under_its_path(
    app, monitor, method, path, expected
):
    with app.test_client().open(path, method=method) as answer:
        assert answer.status_code == int(expected[2])
        answer.get_data()
    assert counted(monitor) == {expected: 1}


def test_an_exception_that_the_server_is_to_see_is_counted_under_its_rule(app, monitor):
    app.testing = True
    with pytest.raises(RuntimeError, match="on purpose"):
        app.test_client().get("/break")
    assert counted(monitor) == {("/break", "GET", "500"): 1}


def test_the_metrics_are_served_in_the_format_that_was_asked_for(app):
    client = app.test_client()
    client.get("/items/1", buffered=True)
    classic = client.get("/metrics")
    assert classic.content_type.startswith("text/plain; version=")
    assert 'endpoint="/items/<int:item>"' in classic.text
    modern = client.get("/metrics", headers={"accept": "application/openmetrics-text"})
    assert modern.content_type.startswith("application/openmetrics-text")


def test_a_metrics_rule_of_the_application_wins(app):
    app.add_url_rule("/metrics", view_func=lambda: "mine")
    assert app.test_client().get("/metrics").text == "mine"


def test_instrumenting_twice_counts_once(app, monitor):
    instrument(app, monitor)
    app.test_client().get("/items/1", buffered=True)
    assert counted(monitor) == {("/items/<int:item>", "GET", "200"): 1}


def test_without_an_application_all_of_the_process_are_watched(monitor, monkeypatch):
    begin = vars(BaseWSGIServer)["__init__"]
    monkeypatch.setattr(BaseWSGIServer, "__init__", begin)
    original = Flask.__call__
    before, later = Flask("before"), Flask("later")
    try:
        instrument(monitor=monitor)
        instrument(monitor=monitor)
        for app in (before, later):
            _add_rules(app)
            app.test_client().get("/items/1", buffered=True)
        assert "http_requests_total" in later.test_client().get("/metrics").text
        assert counted(monitor)["/items/<int:item>", "GET", "200"] == 2
    finally:
        Flask.__call__ = original  # type: ignore[method-assign]


def test_health_is_served_beside_the_application_in_one_line(monitor):
    app = Flask(__name__)
    instrument(app, monitor, health=Health(version="7", monitor=monitor, queue=lambda: True))
    answer = app.test_client().get("/health")
    assert answer.status_code == 200
    assert answer.get_json()["version"] == "7"
    assert app.test_client().get("/ready").status_code == 200
