"""When a service's process needs a person, or a machine that no node exporter watches."""

from vedette.model.alert import Alert
from vedette.packs.process import metrics, runbooks, thresholds
from vedette.packs.process.metrics import RAM
from vedette.packs.process.thresholds import GROWTH
from vedette.sdk.instruments import FOLDED, LOST

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
    Alert(
        name="LabelSetsFolded",
        expr=f"sum by (job, instance, module, owner, metric, label) (increase({FOLDED}[15m])) > 0",
        severity="ticket",
        summary=f"{_WHERE} has too many values of the label {{{{ $labels.label }}}}",
        description=(
            "{{ $labels.metric }} recorded new values of it as other "
            '{{ $value | printf "%.0f" }} times within 15 minutes, expected none: '
            "sums are right, what they are by is not."
        ),
        runbook=runbooks.LABEL_SETS_FOLDED,
    ),
    Alert(
        name="OpenFilesHigh",
        expr=f"{metrics.OPEN_FILES} / {metrics.OPEN_FILES_LIMIT} > {thresholds.OPEN_FILES}",
        hold="5m",
        severity="ticket",
        summary=f"{_WHERE} can open few more files",
        description=(
            "{{ $value | humanizePercentage }} of those that it may open are open; "
            f"the limit is {thresholds.OPEN_FILES:human}."
        ),
        runbook=runbooks.OPEN_FILES,
    ),
    Alert(
        name="MachineHighCpu",
        expr=f"{metrics.SYSTEM_CPU} > {thresholds.CPU}",
        hold="5m",
        severity="ticket",
        summary=f"The processors below {_WHERE} are busy",
        description=(
            "{{ $value | humanizePercentage }} in use for 5 minutes; "
            f"the limit is {thresholds.CPU:human}."
        ),
        runbook=runbooks.HIGH_CPU,
    ),
    Alert(
        name="MachineHighMemory",
        expr=(f"1 - {metrics.SYSTEM_AVAILABLE} / {metrics.SYSTEM_MEMORY} > {thresholds.MEMORY}"),
        hold="3m",
        severity="page",
        summary=f"The memory below {_WHERE} is nearly used up",
        description=(
            "{{ $value | humanizePercentage }} in use for 3 minutes; "
            f"the limit is {thresholds.MEMORY:human}."
        ),
        runbook=runbooks.HIGH_MEMORY,
    ),
    Alert(
        name="MachineDiskSpaceLow",
        expr=(
            f"{metrics.FILESYSTEM_FREE} < {thresholds.DISK_FREE}\n"
            f"  and {metrics.FILESYSTEM} >= 2 * {thresholds.DISK_FREE}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"Little space is left in {{{{ $labels.mountpoint }}}} below {_WHERE}",
        description=(
            f"{{{{ $value | humanize1024 }}}}B are free; the limit is {thresholds.DISK_FREE:human}."
        ),
        runbook=runbooks.DISK_SPACE,
    ),
)
