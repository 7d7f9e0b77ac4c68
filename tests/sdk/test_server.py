import socket
import urllib.error
import urllib.request

import pytest

from vedette.errors import InUseError
from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor
from vedette.sdk.server import start_monitoring_server

TOKEN = "t0ken-" * 4
STEPS = Metric(name="steps_total", kind="counter", help="Steps.")


@pytest.fixture
def server():
    monitor = Monitor(isolated=True)
    monitor.counter(STEPS).inc(3)
    server = start_monitoring_server(0, monitor=monitor)
    yield server
    server.close()


def ask(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
        return answer.headers["content-type"], answer.read().decode()


def test_a_scrape_reads_what_was_recorded(server):
    kind, text = ask(server.url)
    assert kind.startswith("text/plain; version=")
    assert "steps_total 3.0" in text


def test_a_scrape_gets_the_format_that_it_accepts(server):
    kind, text = ask(server.url, Accept="application/openmetrics-text; version=1.0.0")
    assert kind.startswith("application/openmetrics-text")
    assert text.endswith("# EOF\n")


def test_another_path_is_told_where_the_metrics_are(server):
    with pytest.raises(urllib.error.HTTPError, match="the metrics are at /metrics") as caught:
        ask(server.url.replace("/metrics", "/"))
    caught.value.close()
    assert caught.value.code == 404


def test_it_listens_on_this_machine_only_unless_told_otherwise(server):
    assert server.host == "127.0.0.1"


def test_a_taken_port_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InUseError, match=f"port {port} on 127.0.0.1 is taken"):
            start_monitoring_server(port)


def test_an_address_of_another_machine_is_refused_with_a_reason():
    with pytest.raises(InUseError, match="cannot be used"):
        start_monitoring_server(0, "203.0.113.1", token=TOKEN)


def test_a_closed_server_frees_its_port(server):
    server.close()
    again = start_monitoring_server(server.port, monitor=Monitor(isolated=True))
    again.close()
