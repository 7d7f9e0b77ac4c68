from wsgiref.validate import validator

import pytest
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor
from vedette.sdk.wsgi import metrics_app

STEPS = Metric(name="steps_total", kind="counter", help="Steps.")
TOKEN = "long-and-random-" * 2


@pytest.fixture
def monitor():
    """A monitor with something to tell."""
    monitor = Monitor(isolated=True)
    monitor.counter(STEPS).inc(3)
    return monitor


def test_a_scrape_is_answered_as_the_standard_wants_it(monitor):
    answer = Client(validator(metrics_app(monitor))).get("/", buffered=True)
    assert answer.status == "200 OK"
    assert answer.content_type.startswith("text/plain")
    assert "steps_total 3.0" in answer.text


def test_the_token_is_asked_for(monitor):
    client = Client(validator(metrics_app(monitor, token=TOKEN)))
    assert client.get("/", buffered=True).status == "401 Unauthorized"
    assert (
        client.get("/", headers={"Authorization": f"Bearer {TOKEN}"}, buffered=True).status_code
        == 200
    )


def test_it_is_compressed_and_only_read(monitor):
    client = Client(validator(metrics_app(monitor)))
    packed = client.get("/", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert client.post("/", buffered=True).status_code == 405
    assert client.head("/", buffered=True).data == b""


def test_it_is_mounted_into_an_application(monitor):
    app = Flask("service")
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/metrics": metrics_app(monitor)})  # type: ignore[method-assign]  # as Flask's guide does it
    assert "steps_total 3.0" in app.test_client().get("/metrics").text
    assert app.test_client().get("/other").status_code == 404
