"""What every product has; what only yours has is declared in code or in vedette.yaml."""

from vedette.model.metric import Metric

ACTIVE_USERS = Metric(
    name="active_users_total",
    kind="gauge",
    help="People who use the product at present.",
    range=(0, float("inf")),
    workers="mostrecent",
    waiver="active_users_total is the name that existing dashboards use, though it is a gauge",
)
FEATURE_USAGE = Metric(
    name="feature_usage_total",
    kind="counter",
    help="How often a feature was used.",
    labels=("feature",),
)
OPERATIONS = Metric(
    name="business_operations_total",
    kind="counter",
    help="Things that users set out to do, by how they ended.",
    labels=("operation", "status"),
    values={"status": ("success", "failure")},
)

METRICS = (ACTIVE_USERS, FEATURE_USAGE, OPERATIONS)
