"""What to look at: the GPUs."""

from vedette.model.dashboard import Dashboard, Link, Mapping, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.gpu import metrics, thresholds

_W = 'module=~"$module", instance=~"$instance"'
_RATE = "$__rate_interval"
_EACH = "{{instance}} GPU {{gpu}}"
_MEMORY_STEPS = (
    Step(colour="green"),
    Step(colour="orange", value=thresholds.MEMORY_HIGH),
    Step(colour="red", value=thresholds.MEMORY_CRITICAL),
)
_HEAT_STEPS = (Step(colour="green"), Step(colour="red", value=thresholds.TEMPERATURE))


def _of(metric: Metric, more: str = "") -> str:
    return f"{metric}{{{_W}{more}}}"


def _stat(title: str, description: str, expr: str, **more: object) -> Panel:
    shape = {"kind": "stat", "width": 4, "height": 4, "steps": (Step(colour="blue"),), **more}
    return Panel(title=title, description=description, queries=(Query(expr=expr),), **shape)  # type: ignore[arg-type]  # the fields of a panel


_NOW = Row(
    title="Now",
    panels=(
        _stat(
            "GPUs",
            "GPUs that the driver lists; none where there is none.",
            f"count({_of(metrics.INFO)})",
        ),
        _stat(
            "Watched",
            "Whether the driver answers; where it does not, the label reason says why.",
            f"min({_of(metrics.MONITOR_UP)})",
            mappings=(
                Mapping(value=1, text="yes", colour="green"),
                Mapping(value=0, text="no", colour="text"),
            ),
        ),
        _stat(
            "Lost",
            "GPUs that do not answer any more; 0 is healthy.",
            f"sum({_of(metrics.LOST)})",
            steps=(Step(colour="green"), Step(colour="red", value=1)),
        ),
        _stat(
            "Fullest memory",
            f"CriticalGPUMemory fires beyond {thresholds.MEMORY_CRITICAL:human}.",
            f"max({_of(metrics.MEMORY_PERCENT)})",
            unit="percent",
            decimals=0,
            steps=_MEMORY_STEPS,
        ),
        _stat(
            "Hottest",
            "Temperature of the hottest chip.",
            f"max({_of(metrics.TEMPERATURE)})",
            unit="celsius",
            steps=_HEAT_STEPS,
        ),
        _stat(
            "Power",
            "What all chosen GPUs draw together.",
            f"sum({_of(metrics.POWER)})",
            unit="watt",
            decimals=0,
        ),
    ),
)
_WORK = Row(
    title="Memory and work",
    panels=(
        Panel(
            title="Memory in use",
            description=(
                f"HighGPUMemory fires beyond {thresholds.MEMORY_HIGH:human}, "
                f"CriticalGPUMemory beyond {thresholds.MEMORY_CRITICAL:human}."
            ),
            unit="percent",
            minimum=0,
            maximum=100,
            queries=(Query(expr=_of(metrics.MEMORY_PERCENT), legend=_EACH),),
            steps=_MEMORY_STEPS,
        ),
        Panel(
            title="Busy and active",
            description=(
                "Busy is the time in which any kernel ran; active is the share of the "
                "multiprocessors that worked, which only newer cards tell. Busy and hardly active "
                "means small kernels."
            ),
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(
                Query(expr=_of(metrics.UTILIZATION), legend=f"{_EACH} busy"),
                Query(expr=_of(metrics.SM_ACTIVE), legend=f"{_EACH} active"),
                Query(expr=_of(metrics.TENSOR_ACTIVE), legend=f"{_EACH} tensor cores"),
            ),
        ),
        Panel(
            title="Memory by program",
            description="The ten programs that hold most of each GPU, and all others together.",
            unit="bytes",
            minimum=0,
            stacked=True,
            queries=(Query(expr=_of(metrics.PROCESS_MEMORY), legend="{{process}} on GPU {{gpu}}"),),
        ),
    ),
)
_HEAT = Row(
    title="Heat, power, clocks",
    panels=(
        Panel(
            title="Temperature",
            description=(
                f"GPUTooHot fires {thresholds.MARGIN:human} below the temperature at which a GPU "
                f"slows down, or at {thresholds.TEMPERATURE:human} where it tells none."
            ),
            unit="celsius",
            queries=(
                Query(expr=_of(metrics.TEMPERATURE), legend=_EACH),
                Query(expr=_of(metrics.MEMORY_TEMPERATURE), legend=f"{_EACH} memory"),
            ),
            steps=_HEAT_STEPS,
        ),
        Panel(
            title="Power drawn",
            description="Power from the energy used, and the limit; at the limit clocks go down.",
            unit="watt",
            minimum=0,
            queries=(
                Query(expr=f"rate({_of(metrics.ENERGY)}[{_RATE}])", legend=_EACH),
                Query(expr=_of(metrics.POWER_LIMIT), legend=f"{_EACH} limit"),
            ),
        ),
        Panel(
            title="Clocks held down",
            description=(
                "Share of the last 5 minutes, by reason. power_cap is normal under full load; "
                f"GPUThrottled fires for heat and faults beyond {thresholds.THROTTLED:human}."
            ),
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(
                Query(
                    expr=(
                        "avg_over_time("
                        + _of(metrics.CLOCK_EVENT, ', reason!~"idle|application_setting"')
                        + "[5m]) > 0"
                    ),
                    legend=f"{_EACH} {{{{reason}}}}",
                ),
            ),
        ),
    ),
)
_FAULTS = Row(
    title="Errors",
    panels=(
        Panel(
            title="Memory errors",
            description="Per hour; corrected ones are harmless, uncorrected ones damage results.",
            queries=(
                Query(
                    expr=f"increase({_of(metrics.ECC_ERRORS)}[1h])",
                    legend=f"{_EACH} {{{{type}}}}",
                ),
            ),
        ),
        Panel(
            title="Errors that the driver reported",
            description="By NVIDIA's number (XID), since the watch began; none is healthy.",
            queries=(Query(expr=_of(metrics.XID_ERRORS), legend=f"{_EACH} XID {{{{xid}}}}"),),
        ),
        Panel(
            title="Not available",
            description="What a GPU does not tell, and why: an absent line is no zero.",
            kind="table",
            queries=(
                Query(
                    expr=(f"max by (instance, gpu, signal, reason) ({_of(metrics.UNAVAILABLE)})"),
                    instant=True,
                ),
            ),
        ),
    ),
)
_INSTANCE = "GPU {{gpu}} instance {{mig}} ({{profile}})"
_INSTANCES = Row(
    title="MIG instances",
    panels=(
        Panel(
            title="Memory by instance",
            description="Empty where no GPU is cut into instances.",
            unit="bytes",
            minimum=0,
            width=12,
            queries=(Query(expr=_of(metrics.MIG_MEMORY_USED), legend=_INSTANCE),),
        ),
        Panel(
            title="Active by instance",
            description="Share of an instance's multiprocessors that worked, from Hopper on.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=12,
            queries=(Query(expr=_of(metrics.MIG_SM_ACTIVE), legend=_INSTANCE),),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-gpu",
        title="GPU",
        description="Are the GPUs used, healthy and cool?",
        variables=(
            Variable(
                name="module",
                label="Module",
                query=f"label_values({metrics.MEMORY_PERCENT}, module)",
            ),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({metrics.MEMORY_PERCENT}{{module=~"$module"}}, instance)',
            ),
        ),
        links=(Link(title="Process", uid="vedette-process"),),
        rows=(_NOW, _WORK, _HEAT, _FAULTS, _INSTANCES),
        tags=("gpu",),
    ),
)
