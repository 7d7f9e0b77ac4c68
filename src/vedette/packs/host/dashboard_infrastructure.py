"""What to look at: disks, how long machines are up, and the containers on them."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Variable
from vedette.packs.host import metrics, thresholds
from vedette.packs.host.alerts import REAL

_I = 'instance=~"$instance"'
_RATE = "$__rate_interval"
# cAdvisor is another instance of the same machine; those without a name are sums.
_C = 'name!=""'
_FREE = f"{metrics.FILESYSTEM_AVAILABLE}{{{_I}, {REAL}}}"
_SIZE = f"{metrics.FILESYSTEM_SIZE}{{{_I}, {REAL}}}"

_DISKS = Row(
    title="Disks and uptime",
    panels=(
        Panel(
            title="Disk usage",
            description=(
                "Share of each filesystem that is taken; HostDiskAlmostFull fires where less than "
                f"{thresholds.DISK_FULL:human} is free."
            ),
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(
                Query(
                    expr=f"1 - min by (instance, mountpoint) ({_FREE} / {_SIZE})",
                    legend="{{mountpoint}} {{instance}}",
                ),
            ),
        ),
        Panel(
            title="Waiting for disks",
            description="Share of the processors' time that went by waiting; near 0 is healthy.",
            unit="percentunit",
            minimum=0,
            queries=(
                Query(
                    expr=(
                        "avg by (instance) "
                        f'(rate({metrics.CPU_SECONDS}{{{_I}, mode="iowait"}}[{_RATE}]))'
                    ),
                    legend="{{instance}}",
                ),
            ),
        ),
        Panel(
            title="Uptime",
            description="Time since each machine was started; a fall is a restart.",
            unit="s",
            minimum=0,
            queries=(Query(expr=f"time() - {metrics.BOOTED}{{{_I}}}", legend="{{instance}}"),),
        ),
        Panel(
            title="Disk traffic by disk",
            description="Bytes read and written per second.",
            unit="Bps",
            width=12,
            queries=(
                Query(expr=f"rate({metrics.DISK_READ}{{{_I}}}[{_RATE}])", legend="{{device}} read"),
                Query(
                    expr=f"rate({metrics.DISK_WRITTEN}{{{_I}}}[{_RATE}])",
                    legend="{{device}} written",
                ),
            ),
        ),
        Panel(
            title="Network errors",
            description=(
                "Packets per second that were damaged; HostNetworkErrors fires beyond "
                f"{thresholds.NETWORK_ERRORS:human} of all."
            ),
            unit="pps",
            width=12,
            queries=(
                Query(
                    expr=f"rate({metrics.NETWORK_RECEIVE_ERRORS}{{{_I}}}[{_RATE}])",
                    legend="{{device}} received",
                ),
                Query(
                    expr=f"rate({metrics.NETWORK_SEND_ERRORS}{{{_I}}}[{_RATE}])",
                    legend="{{device}} sent",
                ),
            ),
        ),
    ),
)
_CONTAINERS = Row(
    title="Containers",
    panels=(
        Panel(
            title="Processor by container",
            description="Share of one core; empty where no cAdvisor runs (`components: cadvisor`).",
            unit="percentunit",
            minimum=0,
            queries=(
                Query(
                    expr=f"sum by (name) (rate({metrics.CONTAINER_CPU}{{{_C}}}[{_RATE}]))",
                    legend="{{name}}",
                ),
            ),
        ),
        Panel(
            title="Memory by container",
            description=(
                "What each needs now; ContainerMemoryHigh fires beyond "
                f"{thresholds.CONTAINER_MEMORY:human} of its limit."
            ),
            unit="bytes",
            minimum=0,
            queries=(
                Query(
                    expr=f"sum by (name) ({metrics.CONTAINER_MEMORY}{{{_C}}})", legend="{{name}}"
                ),
            ),
        ),
        Panel(
            title="Network by container",
            description="Bytes per second, received and sent.",
            unit="Bps",
            queries=(
                Query(
                    expr=f"sum by (name) (rate({metrics.CONTAINER_RECEIVED}{{{_C}}}[{_RATE}]))",
                    legend="{{name}} received",
                ),
                Query(
                    expr=f"sum by (name) (rate({metrics.CONTAINER_SENT}{{{_C}}}[{_RATE}]))",
                    legend="{{name}} sent",
                ),
            ),
        ),
    ),
)
INFRASTRUCTURE = Dashboard(
    uid="vedette-infrastructure",
    title="Infrastructure",
    description="What do disks and containers do, and since when is each machine up?",
    variables=(
        Variable(
            name="instance",
            label="Machine",
            query=f"label_values({metrics.LOAD_1}, instance)",
        ),
    ),
    links=(
        Link(title="System overview", uid="vedette-host"),
        Link(title="GPU", uid="vedette-gpu"),
    ),
    rows=(_DISKS, _CONTAINERS),
    tags=("host",),
)
