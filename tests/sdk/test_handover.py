"""One message on its way: to a console behind TLS, to strange servers, at the end of all."""

import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from vedette.sdk import handover
from vedette.sdk.handover import Parcel
from vedette.sdk.handover_place import Place


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler], None], tls: Path | None) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    scheme = "https" if tls else "http"
    yield f"{scheme}://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def parcel(tmp_path) -> Callable[..., Parcel]:
    def _parcel(url: str = "", *, seconds: float = 5.0, certificate: str = "") -> Parcel:
        spools = (tmp_path / "spool",)
        place = Place(
            url=url, authorization="Bearer secret", certificate=certificate, spools=spools
        )
        return Parcel(name="n", message={"say": "é"}, place=place, seconds=seconds)

    return _parcel


def fine(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()


def kept(tmp_path):
    return [path.read_text() for path in (tmp_path / "spool").glob("*.json")]


def test_what_was_taken_leaves_no_file(parcel, tmp_path):
    shown = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        shown.append((request.path, request.headers["Authorization"]))
        fine(request)

    with serving(answer, None) as url:
        assert handover.hand_over(parcel(url)).outcome == "taken"
    assert shown == [("/api/handover", "Bearer secret")]
    assert kept(tmp_path) == []


def test_behind_tls_the_stacks_own_certificate_vouches_and_no_other(parcel, tmp_path):
    pem = tmp_path / "both.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=monitoring.example", "-keyout", tmp_path / "k", "-out", tmp_path / "c"),
        ],
        check=True,
        capture_output=True,
    )
    pem.write_text((tmp_path / "k").read_text() + (tmp_path / "c").read_text())
    with serving(fine, pem) as url:
        known = handover.hand_over(parcel(url, certificate=str(tmp_path / "c")))
        unknown = handover.hand_over(parcel(url))
    assert (known.outcome, unknown.outcome) == ("taken", "kept")
    assert "CERTIFICATE_VERIFY_FAILED" in unknown.reason
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("status", [301, 404, 422, 500])
def test_any_other_answer_keeps_it(parcel, tmp_path, status):
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.end_headers()

    with serving(answer, None) as url:
        delivery = handover.hand_over(parcel(url))
    assert delivery.outcome == "kept"
    assert f"answered {status}" in delivery.reason
    assert json.loads(kept(tmp_path)[0]) == {"say": "é"}


def test_an_answer_that_is_no_http_keeps_it(parcel, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as strange:

        def speak() -> None:
            connection, _ = strange.accept()
            with connection:
                connection.recv(10)
                connection.sendall(b"SSH-2.0-no\r\n")

        thread = threading.Thread(target=speak)
        thread.start()
        address = f"http://127.0.0.1:{strange.getsockname()[1]}"
        delivery = handover.hand_over(parcel(address))
        thread.join()
    assert delivery.outcome == "kept"
    assert len(kept(tmp_path)) == 1


def test_an_answer_that_drips_holds_nobody_longer_than_was_said(parcel, tmp_path):
    ended = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        try:
            while not ended.wait(0.05):
                request.wfile.write(b"H")
        except OSError:
            return

    with serving(answer, None) as url:
        began = time.monotonic()
        delivery = handover.hand_over(parcel(url, seconds=0.5))
        took = time.monotonic() - began
        ended.set()
    assert took < 2
    assert delivery.outcome == "kept"
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize("url", ["http://", "http://[", "http://127.0.0.1:99999", "ftp://x"])
def test_an_address_that_is_none_keeps_it(parcel, tmp_path, url):
    assert handover.hand_over(parcel(url)).outcome == "kept"
    assert len(kept(tmp_path)) == 1


def test_a_message_that_cannot_be_written_as_json_is_lost_and_told(parcel, caplog):
    broken = Parcel(name="n", message={"x": object()}, place=parcel().place, seconds=1)
    assert handover.hand_over(broken).outcome == "lost"
    assert "not JSON serializable" in caplog.text


def test_no_proxy_of_the_environment_stands_between(parcel, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serving(fine, None) as url:
        assert handover.hand_over(parcel(url)).outcome == "taken"


def test_it_works_while_the_interpreter_shuts_down(tmp_path):
    code = """
import atexit, pathlib, sys
from vedette.sdk import handover
from vedette.sdk.handover_place import Place
place = Place(spools=(pathlib.Path(sys.argv[1]),))
parcel = handover.Parcel(name="n", message={}, place=place, seconds=1)
atexit.register(handover.hand_over, parcel)
"""
    spool = tmp_path / "spool"
    subprocess.run([sys.executable, "-c", code, spool], check=True)
    assert [file.name for file in spool.iterdir()] == ["n.json"]
