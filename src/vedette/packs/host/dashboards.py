"""What to look at: the machine; the other page shows its disks and containers."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.packs.host import metrics, thresholds
from vedette.packs.host.alerts import REAL
from vedette.packs.host.dashboard_infrastructure import INFRASTRUCTURE
from vedette.packs.host.recordings import CPU_USED, MEMORY_USED

_I = 'instance=~"$instance"'
_RATE = "$__rate_interval"
_NOT_IDLE = ', mode!="idle"'
_NOT_LOOPBACK = f'{_I}, device!="lo"'
_PLACE = "{{mountpoint}}"


def _rate(metric: object, where: str = _I) -> str:
    return f"rate({metric}{{{where}}}[{_RATE}])"


_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Processors in use",
            description=f"HostHighCpu fires beyond {thresholds.CPU:human}.",
            kind="stat",
            unit="percentunit",
            decimals=0,
            width=6,
            height=4,
            queries=(Query(expr=f"max({CPU_USED}{{{_I}}})"),),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.CPU)),
        ),
        Panel(
            title="Memory in use",
            description=f"HostHighMemory fires beyond {thresholds.MEMORY:human}.",
            kind="stat",
            unit="percentunit",
            decimals=0,
            width=6,
            height=4,
            queries=(Query(expr=f"max({MEMORY_USED}{{{_I}}})"),),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.MEMORY)),
        ),
        Panel(
            title="Least disk space",
            description="Free share of the fullest filesystem.",
            kind="stat",
            unit="percentunit",
            decimals=0,
            width=6,
            height=4,
            queries=(
                Query(
                    expr=(
                        f"min({metrics.FILESYSTEM_AVAILABLE}{{{_I}, {REAL}}}"
                        f" / {metrics.FILESYSTEM_SIZE}{{{_I}, {REAL}}})"
                    ),
                ),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=thresholds.DISK_FULL)),
        ),
        Panel(
            title="Up since",
            description="Time since the machine was started.",
            kind="stat",
            unit="s",
            width=6,
            height=4,
            queries=(Query(expr=f"min(time() - {metrics.BOOTED}{{{_I}}})"),),
            steps=(Step(colour="blue"),),
        ),
    ),
)
_COMPUTE = Row(
    title="Processor and memory",
    panels=(
        Panel(
            title="Processor by kind of work",
            description="iowait is waiting for disks; steal is taken by other virtual machines.",
            unit="percentunit",
            stacked=True,
            queries=(
                Query(
                    expr=(f"avg by (mode) ({_rate(metrics.CPU_SECONDS, _I + _NOT_IDLE)})"),
                    legend="{{mode}}",
                ),
            ),
        ),
        Panel(
            title="Load",
            description="Compare with the number of processors: above it, work waits.",
            queries=(
                Query(expr=f"sum({metrics.LOAD_1}{{{_I}}})", legend="1 min"),
                Query(expr=f"sum({metrics.LOAD_5}{{{_I}}})", legend="5 min"),
                Query(
                    expr=f'count({metrics.CPU_SECONDS}{{{_I}, mode="idle"}})',
                    legend="processors",
                ),
            ),
        ),
        Panel(
            title="Memory",
            description="Used is what programs cannot get any more.",
            unit="bytes",
            minimum=0,
            queries=(
                Query(
                    expr=(
                        f"sum({metrics.MEMORY_TOTAL}{{{_I}}} - {metrics.MEMORY_AVAILABLE}{{{_I}}})"
                    ),
                    legend="used",
                ),
                Query(expr=f"sum({metrics.MEMORY_TOTAL}{{{_I}}})", legend="total"),
            ),
        ),
    ),
)
_TRAFFIC = Row(
    title="Disks and network",
    panels=(
        Panel(
            title="Free disk space",
            description=f"HostDiskSpaceLow fires below {thresholds.DISK_FREE:human}.",
            unit="bytes",
            minimum=0,
            queries=(
                Query(
                    expr=(f"min by (mountpoint) ({metrics.FILESYSTEM_AVAILABLE}{{{_I}, {REAL}}})"),
                    legend=_PLACE,
                ),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=thresholds.DISK_FREE)),
        ),
        Panel(
            title="Disk traffic",
            description="Bytes read and written per second.",
            unit="Bps",
            queries=(
                Query(expr=f"sum({_rate(metrics.DISK_READ)})", legend="read"),
                Query(expr=f"sum({_rate(metrics.DISK_WRITTEN)})", legend="written"),
            ),
        ),
        Panel(
            title="Disks busy",
            description="Share of the time in which a disk had something to do.",
            unit="percentunit",
            queries=(
                Query(expr=f"max by (device) ({_rate(metrics.DISK_BUSY)})", legend="{{device}}"),
            ),
        ),
        Panel(
            title="Network traffic",
            description="Bytes per second, without the loopback interface.",
            unit="Bps",
            width=12,
            queries=(
                Query(
                    expr=f"sum({_rate(metrics.NETWORK_RECEIVED, _NOT_LOOPBACK)})",
                    legend="received",
                ),
                Query(expr=f"sum({_rate(metrics.NETWORK_SENT, _NOT_LOOPBACK)})", legend="sent"),
            ),
        ),
        Panel(
            title="Clock",
            description=f"HostClockSkew fires beyond {thresholds.CLOCK:human}.",
            unit="s",
            width=12,
            queries=(
                Query(
                    expr=f"{metrics.CLOCK}{{{_I}}} - timestamp({metrics.CLOCK}{{{_I}}})",
                    legend="{{instance}}",
                ),
            ),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-host",
        title="System overview",
        description="Is the machine healthy: processors, memory, disks, network?",
        variables=(
            Variable(
                name="instance",
                label="Machine",
                query=f"label_values({metrics.LOAD_1}, instance)",
            ),
        ),
        links=(
            Link(title="Infrastructure", uid=INFRASTRUCTURE.uid),
            Link(title="GPU", uid="vedette-gpu"),
            Link(title="Process", uid="vedette-process"),
        ),
        rows=(_NOW, _COMPUTE, _TRAFFIC),
        tags=("host",),
    ),
    INFRASTRUCTURE,
)
