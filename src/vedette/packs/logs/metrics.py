"""Messages that programs log: the names are contracts."""

from vedette.model.metric import Metric

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

MESSAGES = Metric(
    name="log_messages_total",
    kind="counter",
    help="Messages that were logged, by their level and the logger's name.",
    labels=("level", "logger"),
    values={"level": LEVELS},
)

METRICS = (MESSAGES,)
