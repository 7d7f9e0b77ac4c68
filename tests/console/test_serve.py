import json
import socket
import subprocess
import sys
import urllib.request

import pytest

from vedette.console.serve import bind
from vedette.errors import InUseError, UsageError


@pytest.mark.parametrize("listen", ["nonsense", "127.0.0.1", "127.0.0.1:x", ":"])
def test_what_is_no_address_is_refused(listen):
    with pytest.raises(UsageError, match="not an address"):
        bind(listen)


def test_a_taken_port_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(InUseError, match=listen):
            bind(listen)


def test_a_free_port_can_be_asked_for():
    with bind("127.0.0.1:0") as listener:
        assert listener.getsockname()[1] > 0


@pytest.fixture
def process(prometheus):
    command = [sys.executable, "-m", "vedette", "console", "--listen", "127.0.0.1:0"]
    command += ["--prometheus", prometheus.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.kill()


def test_it_says_where_it_listens_serves_and_stops_when_told(process):
    assert process.stdout is not None
    address = process.stdout.readline().split()[-1]
    with urllib.request.urlopen(f"{address}/api/targets", timeout=10) as answer:
        assert json.load(answer) == []
    process.terminate()
    assert process.wait(timeout=10) in {0, -15}


def test_it_stays_small(process):
    assert process.stdout is not None
    address = process.stdout.readline().split()[-1]
    for _ in range(5):
        urllib.request.urlopen(f"{address}/api/overview", timeout=10).close()
    with urllib.request.urlopen(f"{address}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    (rss,) = [line for line in lines if line.startswith("process_resident_memory_bytes ")]
    assert float(rss.split()[1]) < 80e6
