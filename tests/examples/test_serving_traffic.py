"""What the visitors send is measured in a process of its own: Locust patches its sockets."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from vedette.packs.load import metrics

SERVING = Path(__file__).parents[2] / "examples" / "serving"


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def text_of(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


def until(probe, seconds=60):
    deadline = time.monotonic() + seconds
    while True:
        try:
            if found := probe():
                return found
        except OSError:
            pass
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """The real service as a process of its own."""
    port = free_port()
    log = tmp_path_factory.mktemp("service") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "model_service", "--listen", f"127.0.0.1:{port}"],
            cwd=SERVING,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "SERVING_SWITCHES": "1"},
            stdout=output,
            stderr=output,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: text_of(f"{url}/ready"))
        yield url
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def locust(service, tmp_path):
    """Start Locust against the service; give the port of its page and metrics."""
    started = []

    def start(*arguments):
        port = free_port()
        command = [
            *(sys.executable, "-m", "locust", "-f", str(SERVING / "locustfile.py")),
            *("--host", service, "--users", "5", "--spawn-rate", "5"),
            *("--web-host", "127.0.0.1", "--web-port", str(port), *arguments),
        ]
        with (tmp_path / "locust.log").open("wb") as output:
            started.append(subprocess.Popen(command, stdout=output, stderr=output, cwd=tmp_path))
        return f"http://127.0.0.1:{port}"

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


@pytest.mark.stack
def test_visitors_without_a_page_do_all_that_they_should_and_are_measured(locust):
    url = locust("--headless", "--only-summary")
    wanted = {"basic inference", "custom length", "rapid stress", "metrics check"}

    def seen():
        text = text_of(f"{url}/metrics")
        names = set(re.findall(r'locust_requests_total{.*name="([^"]+)",status="success"}', text))
        return text if wanted <= names else None

    text = until(seen)
    assert 'status="failure"' not in text
    assert re.search(r"^locust_users 5\.0$", text, re.MULTILINE)
    assert "_created" not in text
    for metric in metrics.METRICS:
        assert f"# TYPE {metric.name} {metric.kind}" in text
        assert f"# HELP {metric.name} {metric.help}" in text
    bounds = re.findall(r'locust_request_duration_seconds_bucket{le="([\d.]+)"', text)
    assert tuple(sorted({float(bound) for bound in bounds})) == metrics.SECONDS.buckets


@pytest.mark.stack
def test_the_page_is_served_when_asked_for_with_the_metrics_beside_it(locust):
    url = locust()
    assert "Locust" in until(lambda: text_of(url))
    assert "locust_users 0.0" in text_of(f"{url}/metrics")


@pytest.mark.stack
def test_a_failed_request_is_measured_as_a_failure(locust, service):
    request = urllib.request.Request(f"{service}/break/wrong-inputs", method="POST")
    urllib.request.urlopen(request, timeout=5).close()
    try:
        url = locust("--headless", "--only-summary")
        until(lambda: 'name="basic inference",status="failure"' in text_of(f"{url}/metrics"))
    finally:
        request = urllib.request.Request(f"{service}/break/none", method="POST")
        urllib.request.urlopen(request, timeout=5).close()
