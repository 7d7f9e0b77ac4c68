"""Data validation: the names are contracts."""

from vedette.model.metric import Metric

OUTCOMES = ("success", "failure")

CHECKS = Metric(
    name="data_validation_checks_total",
    kind="counter",
    help="Data checks that were run, by how they ended.",
    labels=("check_name", "status"),
    values={"status": OUTCOMES},
)
LAST_RESULT = Metric(
    name="validation_checks",
    kind="gauge",
    help="1 where the check passed when it was last run, 0 where it failed.",
    labels=("check_name",),
    range=(0, 1),
    workers="min",
)

METRICS = (CHECKS, LAST_RESULT)
