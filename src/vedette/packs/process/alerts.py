"""When a service's process needs a person."""

from vedette.model.alert import Alert
from vedette.packs.process import runbooks
from vedette.packs.process.metrics import RAM
from vedette.packs.process.thresholds import GROWTH
from vedette.sdk.instruments import LOST

_WHERE = "{{ $labels.module }} at {{ $labels.instance }}"

ALERTS = (
    # The lowest of now against the highest of before: neither a start nor a garbage
    # collector's saw-tooth looks like growth.
    Alert(
        name="MemoryGrowth",
        expr=(f"min_over_time({RAM}[1m]) - max_over_time({RAM}[10m] offset 5m)\n  > {GROWTH}"),
        hold="1m",
        severity="ticket",
        summary=f"The memory of {_WHERE} grows and grows",
        description=(
            "{{ $value | humanize1024 }}B more than 5 minutes ago; "
            f"the limit is {GROWTH:human}."
        ),
        runbook=runbooks.MEMORY_GROWTH,
    ),
    Alert(
        name="RecordsLost",
        expr=f"sum by (job, instance, module, owner, metric) (increase({LOST}[5m])) > 0",
        severity="ticket",
        summary=f"{_WHERE} cannot record {{{{ $labels.metric }}}}",
        description=(
            "{{ $value | humanize }} values were lost within 5 minutes, expected none: "
            "alerts on this metric may be blind."
        ),
        runbook=runbooks.RECORDS_LOST,
    ),
)
