"""Health checks: the names are contracts."""

from vedette.model.metric import Metric

PASSING = Metric(
    name="health_check_passing",
    kind="gauge",
    help="1 where the last run of a health check passed, 0 where it failed or hangs.",
    labels=("check",),
    range=(0, 1),
    workers="min",
)
SECONDS = Metric(
    name="health_check_duration_seconds",
    kind="histogram",
    help="Time that one run of a health check took.",
    unit="seconds",
    labels=("check",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)

METRICS = (PASSING, SECONDS)
