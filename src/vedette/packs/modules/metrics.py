"""What the rules of every module compute, under names that do not carry the module's.

A module's own metrics begin with its name (`vedette.model.convention`), so nothing can ask for
those of all modules at once. Their recording rules say the same under one name, with the
label `prefix`.
"""

from vedette.model.metric import Metric

_COMPUTED = "names that rules compute have colons"


def _computed(name: str, help_text: str, *labels: str, unit: str = "") -> Metric:
    return Metric(
        name=name,
        kind="gauge",
        help=help_text,
        unit=unit,
        labels=("prefix", *labels),
        external=True,
        waiver=_COMPUTED,
    )


OPERATIONS = _computed(
    "module:operations:rate5m", "Operations per second, mean of 5 minutes.", "operation"
)
ERRORS = _computed(
    "module:errors:ratio5m",
    "Share of the operations of 5 minutes that failed; absent while there are none.",
    unit="ratio",
)
SECONDS = _computed(
    "module:operation_duration_seconds:p95_5m",
    "95th percentile of the time that the operations of 5 minutes took.",
    "operation",
    unit="seconds",
)
TOKENS = _computed(
    "module:tokens:rate5m", "Tokens per second, mean of 5 minutes.", "provider", "model"
)
COST = _computed(
    "module:cost:rate5m", "Money per second, mean of 5 minutes.", "provider", "currency"
)
REQUESTS = _computed(
    "module:requests:rate5m", "Requests per second, mean of 5 minutes.", "provider"
)
CACHE_HITS = _computed(
    "module:cache_hits:ratio5m",
    "Share of the look-ups of 5 minutes that a cache could answer.",
    unit="ratio",
)
VALIDATIONS = _computed(
    "module:security_validations:rate1m", "Inputs judged per second, mean of a minute.", "status"
)
INJECTIONS = _computed(
    "module:injections:rate1m", "Injections found per second, mean of a minute.", "type"
)
RATE_LIMIT_HITS = _computed(
    "module:rate_limit_hits:rate1m", "Callers per second that were told to wait, mean of a minute."
)
INSTANCES = _computed("module:instances:count", "Instances of a module that tell their operations.")

METRICS = (
    OPERATIONS,
    ERRORS,
    SECONDS,
    TOKENS,
    COST,
    REQUESTS,
    CACHE_HITS,
    VALIDATIONS,
    INJECTIONS,
    RATE_LIMIT_HITS,
    INSTANCES,
)
