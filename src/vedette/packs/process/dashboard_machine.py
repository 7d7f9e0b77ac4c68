"""What to look at: the machines below the services, where no node exporter tells more."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.packs.process import metrics, thresholds

_M = 'module=~"$module", instance=~"$instance"'
_RATE = "$__rate_interval"
_WHO = "{{instance}}"

_COMPUTE = Row(
    title="Processors and memory",
    panels=(
        Panel(
            title="Processors in use",
            description=f"MachineHighCpu fires beyond {thresholds.CPU:human}.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=12,
            queries=(Query(expr=f"{metrics.SYSTEM_CPU}{{{_M}}}", legend=_WHO),),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.CPU)),
        ),
        Panel(
            title="Memory in use",
            description=f"MachineHighMemory fires beyond {thresholds.MEMORY:human}.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=12,
            queries=(
                Query(
                    expr=(
                        f"1 - {metrics.SYSTEM_AVAILABLE}{{{_M}}} / {metrics.SYSTEM_MEMORY}{{{_M}}}"
                    ),
                    legend=_WHO,
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.MEMORY)),
        ),
    ),
)
_TRAFFIC = Row(
    title="Disks and network",
    panels=(
        Panel(
            title="Free disk space",
            description=f"MachineDiskSpaceLow fires below {thresholds.DISK_FREE:human}.",
            unit="bytes",
            minimum=0,
            queries=(
                Query(
                    expr=f"{metrics.FILESYSTEM_FREE}{{{_M}}}", legend=f"{_WHO} {{{{mountpoint}}}}"
                ),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=thresholds.DISK_FREE)),
        ),
        Panel(
            title="Disk traffic",
            description="Bytes read and written per second, by disk.",
            unit="Bps",
            queries=(
                Query(
                    expr=f"rate({metrics.SYSTEM_DISK}{{{_M}}}[{_RATE}])",
                    legend="{{device}} {{direction}}",
                ),
            ),
        ),
        Panel(
            title="Network traffic",
            description="Bytes per second by interface, without what stays inside the machine.",
            unit="Bps",
            queries=(
                Query(
                    expr=f"rate({metrics.SYSTEM_NETWORK}{{{_M}}}[{_RATE}])",
                    legend="{{device}} {{direction}}",
                ),
            ),
        ),
    ),
)
MACHINE = Dashboard(
    uid="vedette-machine",
    title="Machine",
    description="Is a machine healthy that no node exporter watches?",
    variables=(
        Variable(
            name="module", label="Module", query=f"label_values({metrics.SYSTEM_CPU}, module)"
        ),
        Variable(
            name="instance",
            label="Instance",
            query=f'label_values({metrics.SYSTEM_CPU}{{module=~"$module"}}, instance)',
        ),
    ),
    links=(
        Link(title="Process", uid="vedette-process"),
        Link(title="GPU", uid="vedette-gpu"),
    ),
    rows=(_COMPUTE, _TRAFFIC),
    tags=("process",),
)
