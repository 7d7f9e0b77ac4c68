"""What is known of jobs that end: the metrics that the console exposes for each of them."""

from vedette.model.metric import Metric

RUNS = Metric(
    name="vedette_job_runs_total",
    kind="counter",
    help="Runs of a job that ended, by how they ended.",
    labels=("status",),
    values={"status": ("success", "failed")},
    external=True,
)
SECONDS = Metric(
    name="vedette_job_duration_seconds",
    kind="histogram",
    help="How long the runs of a job took.",
    unit="seconds",
    buckets=(1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14400.0, 43200.0, 86400.0),
    external=True,
)
LAST_END = Metric(
    name="vedette_job_last_end_timestamp_seconds",
    kind="gauge",
    help="When the last run of a job ended.",
    unit="seconds",
    external=True,
)
LAST_SECONDS = Metric(
    name="vedette_job_last_duration_seconds",
    kind="gauge",
    help="How long the last run of a job took.",
    unit="seconds",
    external=True,
)
LAST_FAILED = Metric(
    name="vedette_job_last_run_failed",
    kind="gauge",
    help="1 where the last run of a job failed, else 0.",
    range=(0, 1),
    external=True,
)
# Labels by which a job is told apart from the modules; they win over those of its values.
TAKEN = ("job", "module", "instance")
