"""The service's own process: the names are contracts."""

from vedette.model.metric import Metric
from vedette.sdk.instruments import LOST

CPU = Metric(
    name="cpu_usage_percent",
    kind="gauge",
    help="Processor time that the process used, in percent of one core, since it was last asked.",
    unit="percent",
    range=(0, float("inf")),
    waiver="cpu_usage_percent is the name that existing dashboards use",
)
RAM = Metric(
    name="ram_usage_bytes",
    kind="gauge",
    help="Memory of the machine that the process holds (resident set).",
    unit="bytes",
    range=(0, float("inf")),
)
METRICS = (CPU, RAM, LOST)
