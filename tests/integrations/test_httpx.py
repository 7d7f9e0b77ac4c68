"""httpx against a real server on loopback."""

import asyncio
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from vedette.integrations.httpx import instrument
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture(scope="module")
def server():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status = int(self.path.rpartition("/")[2])
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/end/200")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def exposed(monitor):
    """What a scrape reads."""
    return monitor.expose().body.decode()


def counted(monitor):
    """Requests by host, method and status."""
    found = re.findall(r"http_client_requests_total\{(.*)\} (\S+)", exposed(monitor))
    return {
        tuple(re.findall(r'(?:host|method|status)="([^"]*)"', labels)): float(times)
        for labels, times in found
    }


def test_requests_are_counted_by_host_method_and_status(monitor, server):
    with httpx.Client() as client:
        instrument(client, monitor=monitor)
        instrument(client, monitor=monitor)
        client.get(f"http://{server}/users/1/200")
        client.get(f"http://{server}/users/2/200")
        assert client.get(f"http://{server}/503").status_code == 503

    assert counted(monitor) == {(server, "GET", "200"): 2, (server, "GET", "503"): 1}
    where = f'{{host="{server}",method="GET"}}'
    assert f"http_client_request_duration_seconds_count{where} 3.0" in exposed(monitor)


def test_each_hop_of_a_redirect_is_a_request(monitor, server):
    with httpx.Client(follow_redirects=True) as client:
        instrument(client, monitor=monitor)
        assert client.get(f"http://{server}/302").status_code == 200

    assert counted(monitor) == {(server, "GET", "302"): 1, (server, "GET", "200"): 1}


def test_a_request_without_an_answer_is_an_error_and_still_raises(monitor, free_port):
    with httpx.Client() as client:
        instrument(client, monitor=monitor)
        with pytest.raises(httpx.ConnectError):
            client.get(f"http://127.0.0.1:{free_port}/")

    assert counted(monitor) == {(f"127.0.0.1:{free_port}", "GET", "error"): 1}


def test_an_asynchronous_client_is_watched_like_any_other(monitor, server, free_port):
    async def ask():
        async with httpx.AsyncClient() as client:
            instrument(client, monitor=monitor)
            await asyncio.gather(*[client.get(f"http://{server}/204") for _ in range(5)])
            with pytest.raises(httpx.ConnectError):
                await client.get(f"http://127.0.0.1:{free_port}/")

    asyncio.run(ask())
    assert counted(monitor) == {
        (server, "GET", "204"): 5,
        (f"127.0.0.1:{free_port}", "GET", "error"): 1,
    }


def test_a_password_in_an_address_is_never_a_label(monitor, server):
    with httpx.Client() as client:
        instrument(client, monitor=monitor)
        client.get(f"http://me:secret@{server}/200")

    assert "secret" not in monitor.expose().body.decode()


def test_without_a_client_all_of_the_process_are_watched(server):
    program = f"""
import httpx
from vedette.integrations.httpx import instrument
from vedette.sdk.monitor import default_monitor
early = httpx.Client()
instrument(); instrument()
early.get("http://{server}/200")
httpx.get("http://{server}/200")
early.close()
print(default_monitor().expose().body.decode())
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert re.findall(r"^http_client_requests_total\{.*\} (\S+)", done.stdout, re.MULTILINE) == [
        "2.0"
    ]
