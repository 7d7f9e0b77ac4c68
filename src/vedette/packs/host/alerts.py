"""When the machine needs a person."""

from vedette.model.alert import Alert
from vedette.packs.host import metrics, runbooks, thresholds
from vedette.packs.host.recordings import CPU_USED, MEMORY_USED

# Neither memory in disguise nor images that are full by design.
REAL = 'fstype!~"tmpfs|ramfs|devtmpfs|overlay|squashfs|iso9660|autofs|fuse[.].*"'
_FREE = f"{metrics.FILESYSTEM_AVAILABLE}{{{REAL}}}"
_SIZE = f"{metrics.FILESYSTEM_SIZE}{{{REAL}}}"
_WRITABLE = f"{metrics.FILESYSTEM_READONLY}{{{REAL}}} == 0"
# Without a name it is a slice of the system, or all containers together.
_NAMED = '{name!=""}'
_WHERE = "{{ $labels.mountpoint }} on {{ $labels.instance }}"

ALERTS = (
    Alert(
        name="HostHighCpu",
        expr=f"{CPU_USED} > {thresholds.CPU}",
        hold="5m",
        severity="ticket",
        summary="The processors of {{ $labels.instance }} are busy",
        description=(
            "{{ $value | humanizePercentage }} in use for 5 minutes; "
            f"the limit is {thresholds.CPU:human}."
        ),
        runbook=runbooks.HIGH_CPU,
    ),
    Alert(
        name="HostHighLoad",
        expr=(
            f"{metrics.LOAD_15}\n"
            f'  / count without (cpu, mode) ({metrics.CPU_SECONDS}{{mode="idle"}})\n'
            f"  > {thresholds.LOAD}"
        ),
        hold="15m",
        severity="ticket",
        summary="More work waits on {{ $labels.instance }} than it can do",
        description=(
            'The load per processor is {{ $value | printf "%.4g" }}; '
            f"the limit is {thresholds.LOAD:human}."
        ),
        runbook=runbooks.HIGH_CPU,
    ),
    Alert(
        name="HostHighMemory",
        expr=f"{MEMORY_USED} > {thresholds.MEMORY}",
        hold="3m",
        severity="page",
        summary="The memory of {{ $labels.instance }} is nearly used up",
        description=(
            "{{ $value | humanizePercentage }} in use for 3 minutes; "
            f"the limit is {thresholds.MEMORY:human}."
        ),
        runbook=runbooks.HIGH_MEMORY,
    ),
    Alert(
        name="HostDiskSpaceLow",
        expr=(
            f"{_FREE} < {thresholds.DISK_FREE}\n"
            f"  and {_SIZE} >= 2 * {thresholds.DISK_FREE}\n"
            f"  and {_WRITABLE}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"Little space is left in {_WHERE}",
        description=(
            f"{{{{ $value | humanize1024 }}}}B are free; the limit is {thresholds.DISK_FREE:human}."
        ),
        runbook=runbooks.DISK_SPACE,
    ),
    Alert(
        name="HostDiskAlmostFull",
        expr=f"{_FREE} / {_SIZE} < {thresholds.DISK_FULL}\n  and {_WRITABLE}",
        hold="5m",
        severity="page",
        summary=f"{_WHERE} is almost full",
        description=(
            "{{ $value | humanizePercentage }} are free; "
            f"the limit is {thresholds.DISK_FULL:human}."
        ),
        runbook=runbooks.DISK_SPACE,
    ),
    Alert(
        name="HostDiskFilling",
        expr=(
            f"predict_linear({_FREE}[6h], 24 * 3600) < 0\n"
            f"  and {_FREE} offset 1h\n"  # a pace needs some history
            f"  and {_FREE} / {_SIZE} < {thresholds.DISK_FILLING}\n"
            f"  and {_WRITABLE}"
        ),
        hold="1h",
        severity="ticket",
        summary=f"{_WHERE} will be full within a day",
        description=(
            "At the pace of the last 6 hours {{ $value | humanize1024 }}B would be free "
            "in 24 hours; the limit is 0."
        ),
        runbook=runbooks.DISK_SPACE,
    ),
    Alert(
        name="HostInodesLow",
        expr=(
            f"{metrics.FILES_FREE}{{{REAL}}} / {metrics.FILES}{{{REAL}}}"
            f" < {thresholds.INODES}\n  and {_WRITABLE}"
        ),
        hold="1h",
        severity="ticket",
        summary=f"{_WHERE} can hold few more files",
        description=(
            "{{ $value | humanizePercentage }} of the inodes are free; "
            f"the limit is {thresholds.INODES:human}."
        ),
        runbook=runbooks.INODES,
    ),
    Alert(
        name="HostNetworkErrors",
        expr=(
            f"(rate({metrics.NETWORK_RECEIVE_ERRORS}[5m]) "
            f"+ rate({metrics.NETWORK_SEND_ERRORS}[5m]))\n"
            f"  / (rate({metrics.NETWORK_RECEIVED_PACKETS}[5m]) "
            f"+ rate({metrics.NETWORK_SENT_PACKETS}[5m]))\n"
            f"  > {thresholds.NETWORK_ERRORS}"
        ),
        hold="15m",
        severity="ticket",
        summary="{{ $labels.device }} on {{ $labels.instance }} damages packets",
        description=(
            "{{ $value | humanizePercentage }} of the packets of the last 5 minutes had errors; "
            f"the limit is {thresholds.NETWORK_ERRORS:human}."
        ),
        runbook=runbooks.NETWORK_ERRORS,
    ),
    Alert(
        name="HostClockSkew",
        expr=f"abs({metrics.CLOCK} - timestamp({metrics.CLOCK})) > {thresholds.CLOCK}",
        hold="5m",
        severity="ticket",
        summary="The clock of {{ $labels.instance }} is wrong",
        description=(
            "It is {{ $value | humanizeDuration }} away from Prometheus' clock; "
            f"the limit is {thresholds.CLOCK:human}."
        ),
        runbook=runbooks.CLOCK_SKEW,
    ),
    Alert(
        name="ContainerMemoryHigh",
        expr=(
            f"{metrics.CONTAINER_MEMORY}{_NAMED}\n"
            f"  / ({metrics.CONTAINER_MEMORY_LIMIT}{_NAMED} > 0)\n"
            f"  > {thresholds.CONTAINER_MEMORY}"
        ),
        hold="5m",
        severity="ticket",
        summary="The memory of container {{ $labels.name }} on {{ $labels.instance }} fills up",
        description=(
            "{{ $value | humanizePercentage }} of what it may use, for 5 minutes; "
            f"the limit is {thresholds.CONTAINER_MEMORY:human}."
        ),
        runbook=runbooks.CONTAINER_MEMORY,
    ),
    Alert(
        name="ContainerOutOfMemory",
        expr=f"increase({metrics.CONTAINER_OOM}{_NAMED}[10m]) > 0",
        severity="ticket",
        summary="Container {{ $labels.name }} on {{ $labels.instance }} ran out of memory",
        description=(
            '{{ $value | printf "%.0f" }} times in 10 minutes, expected none: the kernel ended '
            "something in it."
        ),
        runbook=runbooks.CONTAINER_MEMORY,
    ),
)
