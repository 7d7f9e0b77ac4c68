import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from vedette.integrations.gunicorn import several_processes

CONFIG = """
from vedette.integrations.gunicorn import instrument

instrument()
instrument()
workers = 2
loglevel = "error"
def child_exit(server, worker):
    print("their own hook", flush=True)
"""
FLASK = """
import os
from flask import Flask

app = Flask("shop")

@app.get("/items/<int:item>")
def item(item):
    return str(os.getpid())
"""
ASGI = """
import os

async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    scope["route"] = Route()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})

class Route:
    path = "/items/{item}"
    methods = {"GET"}
"""


class Server:
    """A gunicorn of two workers in a folder."""

    def __init__(self, folder, *words):
        (folder / "gunicorn.conf.py").write_text(CONFIG)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._address = f"127.0.0.1:{free.getsockname()[1]}"
        path = os.pathsep.join(path for path in sys.path if path)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-b", self._address, *words, "shop:app"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def get(self, path):
        """Return what is answered, over a connection of its own; waits for the start."""
        end = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://{self._address}{path}", timeout=10) as answer:
                    return answer.read().decode()
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, self.process.communicate()[0]
                assert time.monotonic() < end
                time.sleep(0.05)

    def workers(self, count):
        """Ask for an item until so many workers have answered; return how often, and by whom."""
        seen: list[str] = []
        end = time.monotonic() + 60
        while len(set(seen)) < count:
            assert time.monotonic() < end
            seen.append(self.get("/items/7"))
        return len(seen), {int(pid) for pid in seen}

    def close(self):
        """Stop it, and return what it said."""
        self.process.terminate()
        return self.process.communicate(timeout=30)[0]


@pytest.fixture
def serve(tmp_path):
    """Start gunicorn with a program and options."""
    servers = []

    def start(program, *words):
        (tmp_path / "shop.py").write_text(program)
        servers.append(Server(tmp_path, *words))
        return servers[-1]

    yield start
    for server in servers:
        if server.process.poll() is None:
            server.close()


def requests(text, endpoint):
    found = re.findall(
        rf'^http_requests_total{{endpoint="{re.escape(endpoint)}".*}} (\S+)$', text, re.MULTILINE
    )
    return sum(map(float, found))


def test_workers_are_told_together_and_their_requests_outlive_them(serve, tmp_path):
    server = serve(FLASK)
    count, pids = server.workers(2)
    end = time.monotonic() + 60
    while requests(server.get("/metrics"), "/items/<int:item>") != count:
        assert time.monotonic() < end  # the last one was answered a moment before it is counted
        time.sleep(0.05)
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    while True:
        text = server.get("/metrics")
        if "http_requests_in_flight 1.0" in text:  # the scrape itself
            break
        assert time.monotonic() < end, text
        time.sleep(0.1)
    assert requests(text, "/items/<int:item>") == count
    said = server.close()
    assert "their own hook" in said
    assert list(tmp_path.glob("vedette-workers-*")) == []


def test_a_worker_that_speaks_asgi_is_watched_as_well(serve):
    server = serve(ASGI, "-k", "asgi", "-w", "1")
    server.get("/items/7")
    assert requests(server.get("/metrics"), "/items/{item}") == 1


def test_gunicorn_has_workers_whatever_its_command_line_says():
    assert several_processes([])
