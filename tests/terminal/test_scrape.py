import gzip
import io
import socket
import ssl
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from vedette.errors import UsageError
from vedette.planfile import hosts
from vedette.terminal import scrape as module
from vedette.terminal.scrape import ScrapeError, scrape

TEXT = {"Content-Type": "text/plain; version=0.0.4"}
BODY = b"# TYPE up gauge\nup 1\n"
CERTIFICATE = Path(__file__).parent.parent / "doctor" / "self-signed.pem"


def refused(source, **keys):
    with pytest.raises(ScrapeError) as caught:
        scrape(source, **keys)
    return caught.value


def test_an_address_is_asked(expose):
    address = expose({"/metrics": (200, TEXT, BODY)})
    told = scrape(address)
    assert told.source == f"http://{address}/metrics"
    assert told.exposition.names == {"up"}
    assert told.findings == ()
    assert told.address is not None
    assert told.address.target == address


def test_compressed_answers_are_unpacked(expose):
    packed = gzip.compress(BODY)
    address = expose({"/metrics": (200, {**TEXT, "Content-Encoding": "gzip"}, packed)})
    assert scrape(address).exposition.names == {"up"}


def test_compressed_bytes_that_nothing_announced_are_told(expose):
    address = expose({"/metrics": (200, TEXT, gzip.compress(BODY))})
    assert "gzip" in refused(address).problem


def test_a_file_and_standard_input_are_read(tmp_path, monkeypatch):
    file = tmp_path / "metrics.txt"
    file.write_bytes(BODY)
    assert scrape(str(file)).exposition.names == {"up"}
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(BODY)))
    assert scrape("-").source == "standard input"


def test_a_file_that_looks_like_an_address_is_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("host:80").write_bytes(BODY)
    assert scrape("host:80").source == "host:80"


@pytest.mark.parametrize("name", ["nothing.txt", "."])
def test_a_file_that_cannot_be_read_is_a_mistake_of_the_command(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        scrape(name)
    assert name in caught.value.problem


@pytest.mark.parametrize(
    "headers, body, said",
    [
        ({"Content-Type": "text/html"}, b"<html></html>", "a web page (HTML)"),
        ({"Content-Type": "application/json"}, b'{"a": 1}', "it is JSON"),
        (TEXT, b"hello world and more\n", "line 1: 'world' is no value"),
    ],
)
def test_what_is_no_exposition_is_said_to_be_what_it_is(expose, headers, body, said):
    error = refused(expose({"/metrics": (200, headers, body)}))
    assert "is not Prometheus text" in error.problem
    assert said in error.problem
    assert error.exit_code == 1


def test_nobody_listening_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "nothing listens there" in refused(str(port)).problem


def test_an_endpoint_that_hangs_is_left_after_the_time_given():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = refused(str(silent.getsockname()[1]), seconds=0.2)
    assert "did not answer: no answer within 0.2 s" in error.problem


def test_a_name_that_leads_nowhere_is_told():
    assert "leads nowhere" in refused("http://nowhere.invalid/metrics").problem


def test_a_login_that_is_asked_for_is_told_how_to_write(expose):
    error = refused(expose({"/metrics": (401, {}, b"")}))
    assert "asks for a login" in error.problem
    assert "user:password@" in error.hint


def test_an_answer_that_breaks_off_is_told_as_that(expose):
    address = expose({"/metrics": (200, {**TEXT, "Content-Length": "9999"}, BODY)})
    assert "broke off in the middle of its answer" in refused(address).problem


def test_a_wrong_path_is_told_with_the_right_one(expose):
    address = expose({"/actuator/prometheus": (200, TEXT, BODY)})
    error = refused(address)
    assert "answered 404" in error.problem
    assert error.hint == f"write http://{address}/actuator/prometheus"


def test_a_wrong_path_without_a_right_one_is_told_what_is_usual(expose):
    page = (200, {"Content-Type": "text/html"}, b"<html>")
    error = refused(expose({"/metrics/": page}) + "/m")
    assert "many services use /metrics" in error.hint


def test_another_failure_names_its_status(expose):
    assert "answered 503" in refused(expose({"/metrics": (503, {}, b"")})).problem


def test_a_redirect_is_followed_and_told(expose):
    address = expose({"/metrics": (307, {"Location": "/m?x=1"}, b""), "/m": (200, TEXT, BODY)})
    [finding] = scrape(address).findings
    assert finding.level == "info"
    assert finding.message.endswith(f"sends on to http://{address}/m")


def test_redirects_without_end_are_told(expose):
    address = expose({"/metrics": (307, {"Location": "/metrics"}, b"")})
    assert "from one address to the next" in refused(address).problem


def test_the_other_scheme_is_tried_and_told(expose):
    address = expose({"/metrics": (200, TEXT, BODY)})
    error = refused(f"https://{address}")
    assert error.hint == f"it speaks http: write http://{address}/metrics"


def test_a_certificate_that_nobody_trusts_is_told(expose):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    address = expose({"/metrics": (200, TEXT, BODY)}, context)
    assert "does not trust" in refused(f"https://{address}/metrics").problem


def test_a_huge_answer_is_cut_and_told(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "BODY_LIMIT", 1 << 20)
    file = tmp_path / "huge.txt"
    file.write_bytes(b'up{a="%b"} 1\n' % (b"x" * 5000) * 300)
    told = scrape(str(file))
    [finding] = told.findings
    assert (finding.rule, finding.level) == ("lint-huge", "error")
    assert "more than 1 MiB" in finding.message
    assert told.exposition.problems == ()


def test_a_name_of_containers_is_asked_on_this_machine_and_that_is_said(expose, monkeypatch):
    monkeypatch.setattr(hosts, "_CONTAINER_MARKS", ())
    port = expose({"/metrics": (200, TEXT, BODY)}).partition(":")[2]
    told = scrape(f"host.docker.internal:{port}")
    if hosts.resolves("host.docker.internal"):
        return
    [finding] = told.findings
    assert "so 127.0.0.1 is asked" in finding.message
    assert told.source == f"http://host.docker.internal:{port}/metrics"
