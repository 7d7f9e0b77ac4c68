import socket
import ssl
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from vedette.errors import InUseError, UsageError
from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor
from vedette.sdk.server import start_monitoring_server

TOKEN = "t0ken-" * 4
CERTIFICATE = Path(__file__).parent.parent / "doctor" / "self-signed.pem"  # for 127.0.0.1
STEPS = Metric(name="steps_total", kind="counter", help="Steps.")


@pytest.fixture
def server():
    monitor = Monitor(isolated=True)
    monitor.counter(STEPS).inc(3)
    server = start_monitoring_server(0, monitor=monitor)
    yield server
    server.close()


def ask(url, context=None, method="GET", **headers):
    request = urllib.request.Request(url, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=30, context=context) as answer:
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


@pytest.mark.parametrize("addr", ["0.0.0.0", "", "::", "192.0.2.1", "host.example"])  # noqa: S104 - what is refused
def test_beyond_this_machine_it_is_not_served_without_a_token(addr):
    with pytest.raises(UsageError, match="open to everybody who reaches") as caught:
        start_monitoring_server(0, addr)
    assert "give a token" in caught.value.hint


def test_with_a_token_only_those_who_show_it_are_answered():
    monitor = Monitor(isolated=True)
    monitor.counter(STEPS).inc()
    server = start_monitoring_server(0, token=TOKEN, monitor=monitor)
    try:
        with pytest.raises(urllib.error.HTTPError) as caught:
            ask(server.url)
        with caught.value as refusal:
            assert (refusal.code, refusal.read()) == (
                401,
                b"these metrics are read with 'Authorization: Bearer <token>'\n",
            )
        assert "steps_total 1.0" in ask(server.url, Authorization=f"Bearer {TOKEN}")[1]
    finally:
        server.close()


def test_an_empty_token_is_refused():
    with pytest.raises(UsageError, match="token for the metrics is empty"):
        start_monitoring_server(0, token="")


@pytest.mark.parametrize("addr", ["localhost", "::1", "127.0.0.2"])
def test_every_address_of_this_machine_alone_needs_no_token(addr):
    try:
        server = start_monitoring_server(0, addr, monitor=Monitor(isolated=True))
    except InUseError:
        pytest.skip(f"this machine has no {addr}")
    try:
        assert ask(server.url)[1] == ""
    finally:
        server.close()


@pytest.fixture
def secure():
    monitor = Monitor(isolated=True)
    monitor.counter(STEPS).inc()
    server = start_monitoring_server(0, tls=(CERTIFICATE, CERTIFICATE), monitor=monitor)
    yield server
    server.close()


def test_over_tls_the_metrics_are_read_by_those_who_trust_the_certificate(secure):
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    assert secure.url.startswith("https://127.0.0.1:")
    assert "steps_total 1.0" in ask(secure.url, trusting)[1]
    with pytest.raises(urllib.error.URLError, match="certificate verify failed"):
        ask(secure.url)


def test_one_who_says_nothing_or_no_tls_holds_up_no_other(secure, capfd):
    trusting = ssl.create_default_context(cafile=CERTIFICATE)
    with (
        socket.create_connection((secure.host, secure.port)),
        socket.create_connection((secure.host, secure.port)) as plain,
    ):
        plain.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
        assert "steps_total" in ask(secure.url, trusting)[1]
    assert capfd.readouterr().err == ""


def test_files_that_are_no_certificate_are_refused_with_their_names(tmp_path):
    (tmp_path / "empty.pem").touch()
    for wrong in (tmp_path / "empty.pem", tmp_path / "missing.pem"):
        with pytest.raises(UsageError, match=rf"{wrong.name} and .* are no certificate"):
            start_monitoring_server(0, tls=(wrong, wrong))


def test_a_port_that_cannot_be_is_refused():
    with pytest.raises(InUseError, match=r"port 70000 on 127\.0\.0\.1 cannot be used"):
        start_monitoring_server(70_000)


def test_only_reading_is_answered(server):
    for method in ("POST", "PUT", "DELETE"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            ask(server.url, method=method)
        caught.value.close()
        assert caught.value.code == 405
    assert ask(server.url, method="HEAD")[1] == ""
