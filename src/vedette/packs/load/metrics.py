"""What Locust sends and how it is answered: the names are contracts."""

from vedette.model.metric import Metric

OUTCOMES = ("success", "failure")

REQUESTS = Metric(
    name="locust_requests_total",
    kind="counter",
    help="Requests that the load test sent, by how they ended.",
    labels=("method", "name", "status"),
    values={"status": OUTCOMES},
)
SECONDS = Metric(
    name="locust_request_duration_seconds",
    kind="histogram",
    help="Time until the load test had the whole answer.",
    unit="seconds",
    labels=("method", "name"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
)
USERS = Metric(
    name="locust_users",
    kind="gauge",
    help="Users that the load test simulates at the moment.",
    range=(0, float("inf")),
)

METRICS = (REQUESTS, SECONDS, USERS)
