"""Vedette itself is killed while its Prometheus is busy: what was scraped is kept."""

import json
import os
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

_SERIES = 1000
_PATIENCE = 60.0
# What was answered this short a time before the kill may still have been on its way.
_ON_ITS_WAY = 0.010


class Target:
    """Numbers its answers, and writes down when each was given."""

    def __init__(self) -> None:
        self.given: list[float] = []
        target = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                number = len(target.given)
                load = "".join(f'load{{n="{n}"}} {number}\n' for n in range(_SERIES))
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.end_headers()
                self.wfile.write(f"answer_number {number}\n{load}".encode())
                target.given.append(time.time())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True


@pytest.fixture
def target() -> Iterator[Target]:
    """A target that answers until the test is over."""
    result = Target()
    thread = threading.Thread(target=result.server.serve_forever, args=(0.05,))
    thread.start()
    yield result
    result.server.shutdown()
    result.server.server_close()
    thread.join()


@pytest.mark.stack
def test_no_sample_older_than_10_ms_is_lost_when_vedette_is_killed(terminal, target):
    where = {"targets": [target.server.server_port], "scrape_interval": "200ms"}
    terminal.plan(json.dumps({"without": ["console"], "modules": {"busy": where}}))
    kept: set[int] = set()
    due: set[int] = set()
    _up(terminal)
    for _ in range(3):
        begun = len(target.given)
        _answered(target, begun + 15)
        os.kill(_status(terminal)["pid"], signal.SIGKILL)
        killed = time.time()
        answers = list(target.given)
        prometheus = _up(terminal)
        kept = _stored(prometheus)
        due |= {
            number
            for number, at in enumerate(answers)
            if begun <= number and at < killed - _ON_ITS_WAY
        }
    assert len(due) >= 40
    assert due - kept == set()


def _up(terminal) -> str:
    """Start the stack, and return where its Prometheus is."""
    done = terminal.vedette("up", "--detach", "--port", "auto", "--format", "json")
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["urls"]["prometheus"])


def _status(terminal):
    return json.loads(terminal.vedette("status", "--format", "json").stdout)


def _stored(prometheus: str) -> set[int]:
    query = f"{prometheus}/api/v1/query?query=answer_number%5B10m%5D"
    with urllib.request.urlopen(query, timeout=5) as answer:
        series = json.load(answer)["data"]["result"]
    return {int(value) for row in series for _, value in row["values"]}


def _answered(target: Target, times: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while len(target.given) < times:
        assert time.monotonic() < deadline, "the target is not scraped"
        time.sleep(0.02)
