"""When a GPU needs a person."""

from vedette.model.alert import Alert
from vedette.packs.gpu import metrics, runbooks, thresholds

_GPU = "{{ if $labels.gpu }}GPU {{ $labels.gpu }}{{ else }}the GPU{{ end }}"
_INSTANCE = "{{ if $labels.mig }}, MIG instance {{ $labels.mig }},{{ end }}"
_WHERE = f"{_GPU} of {{{{ $labels.instance }}}}"
_NUMBER = '{{ $value | printf "%.0f" }}'
# After these NVIDIA asks for a reset, a restart, or its support.
_FATAL = "46|48|62|64|74|79|92|95|119|120"
# Most often a mistake of the program that used the GPU, which is the one to restart.
_PROGRAMS = "8|11|13|31|43|45"
_EACH = "by (job, instance, module, owner, uuid)"
_HELD_DOWN = 'reason=~"hw_slowdown|sw_thermal|hw_thermal|power_brake"'


def _errors(matcher: str) -> str:
    """A count that has just appeared did so with its first error: nothing was there to rise."""
    count = f"{metrics.XID_ERRORS}{{{matcher}}}"
    return f"{count} - {count} offset 10m > 0\n  or {count} unless {count} offset 10m"


# A GPU that was cut is full where one of its instances is.
_FULL = (
    f"({metrics.MEMORY_PERCENT}\n  or 100 * {metrics.MIG_MEMORY_USED} / {metrics.MIG_MEMORY_TOTAL})"
)

MEMORY = (
    Alert(
        name="HighGPUMemory",
        expr=f"{_FULL} > {thresholds.MEMORY_HIGH}",
        hold="5m",
        severity="ticket",
        summary=f"The memory of {_GPU}{_INSTANCE} of {{{{ $labels.instance }}}} fills up",
        description=(
            f"{_NUMBER} % in use for 5 minutes; the limit is {thresholds.MEMORY_HIGH:human}."
        ),
        runbook=runbooks.MEMORY,
    ),
    Alert(
        name="CriticalGPUMemory",
        expr=f"{_FULL} > {thresholds.MEMORY_CRITICAL}",
        hold="5m",
        severity="page",
        summary=f"The memory of {_GPU}{_INSTANCE} of {{{{ $labels.instance }}}} is nearly used up",
        description=(
            f"{_NUMBER} % in use for 5 minutes; the limit is {thresholds.MEMORY_CRITICAL:human}."
        ),
        runbook=runbooks.MEMORY,
    ),
    Alert(
        name="GPUIdleHeld",
        expr=(
            f"max_over_time({metrics.UTILIZATION}[30m]) <= {thresholds.IDLE}\n"
            f"  and min_over_time({metrics.MEMORY_PERCENT}[30m]) > {thresholds.IDLE_MEMORY}\n"
            f"  and {metrics.UTILIZATION} offset 30m"
        ),
        severity="ticket",
        summary=f"{_WHERE} is held and does nothing",
        description=(
            "It was busy {{ $value | humanizePercentage }} of the time at most in 30 minutes; the "
            f"limit is {thresholds.IDLE:human}, with {thresholds.IDLE_MEMORY:human} of its memory "
            "taken."
        ),
        runbook=runbooks.IDLE,
    ),
)
HEAT = (
    Alert(
        name="GPUTooHot",
        expr=(
            f"{metrics.TEMPERATURE} >= {metrics.SLOWDOWN_TEMPERATURE} - {thresholds.MARGIN}\n"
            f"  or ({metrics.TEMPERATURE} unless {metrics.SLOWDOWN_TEMPERATURE})"
            f" >= {thresholds.TEMPERATURE}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"{_WHERE} gets too hot",
        description=(
            f"{_NUMBER} °C for 5 minutes; the limit is {thresholds.MARGIN:human} below that of "
            f"its slowdown, or {thresholds.TEMPERATURE:human} where it tells none."
        ),
        runbook=runbooks.HEAT,
    ),
    Alert(
        name="GPUMemoryTooHot",
        expr=f"{metrics.MEMORY_TEMPERATURE} >= {thresholds.MEMORY_TEMPERATURE}",
        hold="5m",
        severity="ticket",
        summary=f"The memory of {_WHERE} gets too hot",
        description=(
            f"{_NUMBER} °C for 5 minutes; the limit is {thresholds.MEMORY_TEMPERATURE:human}."
        ),
        runbook=runbooks.HEAT,
    ),
    Alert(
        name="GPUThrottled",
        expr=(
            f"avg_over_time({metrics.CLOCK_EVENT}{{{_HELD_DOWN}}}[10m]) > {thresholds.THROTTLED}"
        ),
        hold="5m",
        severity="ticket",
        summary=f"{_WHERE} slows itself down: {{{{ $labels.reason }}}}",
        description=(
            "{{ $value | humanizePercentage }} of the last 10 minutes; "
            f"the limit is {thresholds.THROTTLED:human}."
        ),
        runbook=runbooks.THROTTLED,
    ),
    Alert(
        name="GPUPowerCapped",
        expr=(
            f'avg_over_time({metrics.CLOCK_EVENT}{{reason="power_cap"}}[1h])'
            f" > {thresholds.POWER_CAPPED}"
        ),
        severity="info",
        summary=f"{_WHERE} works at the limit of its power",
        description=(
            "{{ $value | humanizePercentage }} of the last hour; "
            f"the limit is {thresholds.POWER_CAPPED:human}."
        ),
        runbook=runbooks.THROTTLED,
    ),
)
FAULTS = (
    Alert(
        name="GPULost",
        expr=f"{metrics.LOST} == 1",
        severity="page",
        summary=f"{_WHERE} does not answer any more",
        description=f"{metrics.LOST} is {{{{ $value }}}}, expected 0.",
        runbook=runbooks.LOST,
    ),
    Alert(
        name="GPUMissing",
        expr=(
            f"count by (job, instance, module, owner) (\n"
            f"  max {_EACH} (max_over_time({metrics.INFO}[1h] offset 5m))\n"
            f"    unless max {_EACH} ({metrics.INFO})\n"
            f") and on (job, instance) {metrics.MONITOR_UP} == 1"
        ),
        hold="5m",
        severity="page",
        summary="GPUs of {{ $labels.instance }} are missing",
        description=(
            f"{_NUMBER} GPUs that were there within the hour before are not listed any more, "
            "expected none."
        ),
        runbook=runbooks.LOST,
    ),
    Alert(
        name="GPUMonitorDown",
        expr=(
            f"max without (reason) ({metrics.MONITOR_UP}) == 0\n"
            f"  and max without (reason) (max_over_time({metrics.MONITOR_UP}[1h])) == 1"
        ),
        hold="5m",
        severity="ticket",
        summary="Nothing is known of the GPUs of {{ $labels.instance }} any more",
        description=f"{metrics.MONITOR_UP} is {{{{ $value }}}}, expected 1 as in the hour before.",
        runbook=runbooks.MONITOR_DOWN,
    ),
    Alert(
        name="GPUMemoryErrors",
        expr=f'increase({metrics.ECC_ERRORS}{{type="uncorrected"}}[10m]) > 0',
        severity="page",
        summary=f"{_WHERE} computes with damaged memory",
        description=f"{_NUMBER} errors in 10 minutes could not be corrected, expected none.",
        runbook=runbooks.MEMORY_ERRORS,
    ),
    Alert(
        name="GPURowRemapFailed",
        expr=f"{metrics.REMAP_FAILED} == 1",
        severity="page",
        summary=f"{_WHERE} has no spare memory left",
        description=f"{metrics.REMAP_FAILED} is {{{{ $value }}}}, expected 0.",
        runbook=runbooks.MEMORY_ERRORS,
    ),
    Alert(
        name="GPUFault",
        expr=_errors(f'xid=~"{_FATAL}"'),
        severity="page",
        summary=f"{_WHERE} reported error XID {{{{ $labels.xid }}}}",
        description=f"{_NUMBER} times in 10 minutes, expected none.",
        runbook=runbooks.XID,
    ),
    Alert(
        name="GPUWarning",
        expr=_errors(f'xid!~"{_FATAL}|{_PROGRAMS}"'),
        severity="ticket",
        summary=f"{_WHERE} reported error XID {{{{ $labels.xid }}}}",
        description=f"{_NUMBER} times in 10 minutes, expected none.",
        runbook=runbooks.XID,
    ),
    Alert(
        name="GPUBusErrors",
        expr=f"60 * rate({metrics.PCIE_REPLAYS}[5m]) > {thresholds.PCIE_REPLAYS}",
        hold="5m",
        severity="ticket",
        summary=f"The bus damages what goes to {_WHERE}",
        description=(
            f"{_NUMBER} packets per minute were sent again; "
            f"the limit is {thresholds.PCIE_REPLAYS:human} per minute."
        ),
        runbook=runbooks.BUS,
    ),
)

ALERTS = (*MEMORY, *HEAT, *FAULTS)
