"""When a service's process needs a person."""

from vedette.model.alert import Alert
from vedette.packs.process import runbooks
from vedette.packs.process.metrics import RAM
from vedette.packs.process.thresholds import GROWTH
from vedette.sdk.instruments import LOST

_LOWEST = f"min_over_time({RAM}[1m])"
_WHERE = "{{ $labels.module }} at {{ $labels.instance }}"

ALERTS = (
    # The lowest of now against the highest of before: neither a start, nor the saw-tooth of a
    # garbage collector looks like growth; nor, by the second line, does a single jump.
    Alert(
        name="MemoryGrowth",
        expr=(
            f"{_LOWEST} - max_over_time({RAM}[10m] offset 5m) > {GROWTH}\n"
            f"  and {_LOWEST} - max_over_time({RAM}[2m] offset 2m) > {GROWTH} / 10"
        ),
        hold="2m",
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
            '{{ $value | printf "%.0f" }} values were lost within 5 minutes, expected none: '
            "alerts on this metric may be blind."
        ),
        runbook=runbooks.RECORDS_LOST,
    ),
)
