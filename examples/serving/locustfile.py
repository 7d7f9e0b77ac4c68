"""Traffic for the model service, by Locust; its own figures are metrics at /metrics.

With its page:    locust -f locustfile.py --host http://127.0.0.1:8000
Without its page: locust -f locustfile.py --host http://127.0.0.1:8000 --headless -u 5
Either way the metrics are on Locust's own port (`--web-port`, 8089 unless told otherwise);
LOCUST_METRICS_PORT moves those of a run without page.
"""

import random
from typing import Any

import traffic_metrics
from locust import FastHttpUser, between, events, task

OPENINGS = (
    "The assert statement",
    "An iterator is",
    "A class defines",
    "When an exception is raised",
    "The value of a name",
    "Functions may return",
    "In a with statement",
    "The operator",
    "Strings are sequences of",
    "To import a module",
)
BURST = 5
CLIENT_ERROR = 400


class Visitor(FastHttpUser):
    """Somebody who asks, waits and asks again.

    What a visitor does, by weight: basic inference 3, custom length 2, rapid stress 1,
    a look at the metrics 1. Requests carry the name of what they belong to.
    """

    wait_time = between(0.5, 1.5)

    @task(3)
    def basic_inference(self) -> None:
        """Ask with a random prompt."""
        self._infer("basic inference")

    @task(2)
    def custom_length(self) -> None:
        """Ask for an answer of a chosen length."""
        self._infer("custom length", length=random.randint(20, 200))

    @task(1)
    def rapid_stress(self) -> None:
        """Ask both models several times without a pause."""
        for _ in range(BURST):
            self._infer("rapid stress", length=10)
            self.client.post("/classify", json={}, name="rapid stress: classify")

    @task(1)
    def metrics_check(self) -> None:
        """Look whether the metrics are served and are of the service."""
        with self.client.get("/metrics", name="metrics check", catch_response=True) as answer:
            if answer.status_code < CLIENT_ERROR and "model_loaded" not in (answer.text or ""):
                answer.failure("no model_loaded in /metrics")

    def _infer(self, name: str, **query: int) -> None:
        prompt = f"{random.choice(OPENINGS)} {random.randint(1, 999)}"
        self.client.post("/infer", params={"prompt": prompt, **query}, name=name)


def _measure(environment: Any, **_: Any) -> None:
    options = environment.parsed_options
    if environment.web_ui:
        traffic_metrics.add_to(environment.web_ui.app)
    else:
        traffic_metrics.serve(options.web_host or "127.0.0.1", options.web_port)
    environment.events.request.add_listener(_record)
    traffic_metrics.watch_users(lambda: environment.runner.user_count if environment.runner else 0)


def _record(request_type: str, name: str, response_time: float, **details: Any) -> None:
    failed = details.get("exception") is not None
    traffic_metrics.request(request_type, name, response_time / 1000, failed=failed)


events.init.add_listener(_measure)  # type: ignore[no-untyped-call]  # untyped upstream
