"""The service's own process, its children, and the machine below them."""

from vedette.model.metric import Kind, Metric
from vedette.sdk.instruments import FOLDED, LOST

_ANY = (0.0, float("inf"))


def _own(
    name: str,
    help: str,  # noqa: A002 - the noun's word
    *labels: str,
    unit: str = "",
    kind: Kind = "gauge",
) -> Metric:
    """A series of this process: those of several worker processes add up."""
    return Metric(name=name, kind=kind, help=help, unit=unit, labels=labels, range=_ANY)


def _machine(
    name: str,
    help: str,  # noqa: A002 - the noun's word
    *labels: str,
    unit: str = "",
    kind: Kind = "gauge",
) -> Metric:
    """A series of the machine: every worker process tells the same."""
    return Metric(
        name=name,
        kind=kind,
        help=help,
        unit=unit,
        labels=labels,
        range=_ANY,
        workers="mostrecent",
    )


CPU = Metric(
    name="cpu_usage_percent",
    kind="gauge",
    help="Processor time that the process used, in percent of one core, since it was last asked.",
    unit="percent",
    range=_ANY,
    waiver="cpu_usage_percent is the name that existing dashboards use",
)
RAM = _own(
    "ram_usage_bytes",
    "Memory of the machine that the process holds (resident set).",
    unit="bytes",
)
THREADS = _own("process_threads", "Threads of the process.")
OPEN_FILES = _own("process_open_files", "Files, sockets and pipes that the process has open.")
OPEN_FILES_LIMIT = _own("process_open_files_limit", "How many it may have open.")
DISK = _own(
    "process_disk_io_bytes_total",
    "Bytes that the process read from disks, or wrote to them.",
    "direction",
    unit="bytes",
    kind="counter",
)
CHILDREN = _own("process_children", "Processes that this one started, and theirs.")
CHILD_CPU = _own(
    "process_child_cpu_seconds_total",
    "Processor time of the children, by program.",
    "process",
    unit="seconds",
    kind="counter",
)
CHILD_MEMORY = _own(
    "process_child_memory_bytes",
    "Memory of the children, by program: the ten that hold most, and all others together.",
    "process",
    unit="bytes",
)

SYSTEM_CPU = Metric(
    name="system_cpu_utilization_ratio",
    kind="gauge",
    help="Share of all processors of the machine that did something since it was last asked.",
    unit="ratio",
    range=(0, 1),
    workers="mostrecent",
)
SYSTEM_MEMORY = _machine("system_memory_limit_bytes", "Memory of the machine.", unit="bytes")
SYSTEM_AVAILABLE = _machine(
    "system_memory_available_bytes",
    "Memory that programs can still get without swapping.",
    unit="bytes",
)
SYSTEM_DISK = _machine(
    "system_disk_io_bytes_total",
    "Bytes read from, or written to, each disk of the machine.",
    "device",
    "direction",
    unit="bytes",
    kind="counter",
)
SYSTEM_NETWORK = _machine(
    "system_network_io_bytes_total",
    "Bytes received, or sent, by each network interface of the machine.",
    "device",
    "direction",
    unit="bytes",
    kind="counter",
)
FILESYSTEM = _machine(
    "system_filesystem_limit_bytes", "Size of a filesystem.", "mountpoint", unit="bytes"
)
FILESYSTEM_FREE = _machine(
    "system_filesystem_available_bytes",
    "Space that ordinary users can still fill.",
    "mountpoint",
    unit="bytes",
)

OPERATION_SECONDS = Metric(
    name="operation_duration_seconds",
    kind="histogram",
    help="Time of a block of code, by the name that it was given.",
    unit="seconds",
    labels=("operation",),
    # From a small tensor operation to an epoch.
    buckets=(
        *(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5),
        *(1, 2.5, 5, 10, 30, 60, 300, 1800),
    ),
)

_EVERY = {value.name: value for value in list(globals().values()) if isinstance(value, Metric)}
METRICS = tuple({**_EVERY, LOST.name: LOST, FOLDED.name: FOLDED}.values())
