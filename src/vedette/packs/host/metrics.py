"""What node exporter 1.5 to 1.12 and cAdvisor 0.38 to 0.57 expose and this pack reads."""

from vedette.model.metric import Kind, Metric


def _node(name: str, kind: Kind, help: str, *labels: str, unit: str = "") -> Metric:  # noqa: A002 - the noun's word
    return Metric(name=name, kind=kind, help=help, unit=unit, labels=labels, external=True)


_DEVICE = ("device",)
_FILESYSTEM = ("device", "fstype", "mountpoint")

CPU_SECONDS = _node(
    "node_cpu_seconds_total",
    "counter",
    "Seconds that each processor spent in each mode.",
    "cpu",
    "mode",
    unit="seconds",
)
LOAD_1 = _node("node_load1", "gauge", "Processes that run or wait, over one minute.")
LOAD_5 = _node("node_load5", "gauge", "Processes that run or wait, over five minutes.")
LOAD_15 = _node("node_load15", "gauge", "Processes that run or wait, over fifteen minutes.")
MEMORY_TOTAL = _node("node_memory_MemTotal_bytes", "gauge", "Memory of the machine.", unit="bytes")
MEMORY_AVAILABLE = _node(
    "node_memory_MemAvailable_bytes",
    "gauge",
    "Memory that programs can still get without swapping.",
    unit="bytes",
)
DISK_READ = _node(
    "node_disk_read_bytes_total", "counter", "Bytes read from a disk.", *_DEVICE, unit="bytes"
)
DISK_WRITTEN = _node(
    "node_disk_written_bytes_total", "counter", "Bytes written to a disk.", *_DEVICE, unit="bytes"
)
DISK_BUSY = _node(
    "node_disk_io_time_seconds_total",
    "counter",
    "Seconds in which a disk had something to do.",
    *_DEVICE,
    unit="seconds",
)
FILESYSTEM_SIZE = _node(
    "node_filesystem_size_bytes", "gauge", "Size of a filesystem.", *_FILESYSTEM, unit="bytes"
)
FILESYSTEM_AVAILABLE = _node(
    "node_filesystem_avail_bytes",
    "gauge",
    "Space that ordinary users can still fill.",
    *_FILESYSTEM,
    unit="bytes",
)
FILESYSTEM_READONLY = _node(
    "node_filesystem_readonly", "gauge", "1 where nothing can be written.", *_FILESYSTEM
)
FILES_FREE = _node("node_filesystem_files_free", "gauge", "Free inodes.", *_FILESYSTEM)
FILES = _node("node_filesystem_files", "gauge", "Inodes in all.", *_FILESYSTEM)
NETWORK_RECEIVED = _node(
    "node_network_receive_bytes_total", "counter", "Bytes received.", *_DEVICE, unit="bytes"
)
NETWORK_SENT = _node(
    "node_network_transmit_bytes_total", "counter", "Bytes sent.", *_DEVICE, unit="bytes"
)
NETWORK_RECEIVE_ERRORS = _node(
    "node_network_receive_errs_total", "counter", "Packets received with errors.", *_DEVICE
)
NETWORK_SEND_ERRORS = _node(
    "node_network_transmit_errs_total", "counter", "Packets that could not be sent.", *_DEVICE
)
NETWORK_RECEIVED_PACKETS = _node(
    "node_network_receive_packets_total", "counter", "Packets received.", *_DEVICE
)
NETWORK_SENT_PACKETS = _node(
    "node_network_transmit_packets_total", "counter", "Packets sent.", *_DEVICE
)
CLOCK = _node("node_time_seconds", "gauge", "The machine's clock.", unit="seconds")
BOOTED = _node("node_boot_time_seconds", "gauge", "When the machine was started.", unit="seconds")

_CONTAINER = ("name", "image")
CONTAINER_CPU = _node(
    "container_cpu_usage_seconds_total",
    "counter",
    "Processor time that a container used.",
    *_CONTAINER,
    "cpu",
    unit="seconds",
)
CONTAINER_MEMORY = _node(
    "container_memory_working_set_bytes",
    "gauge",
    "Memory that a container needs now; at its limit it is ended.",
    *_CONTAINER,
    unit="bytes",
)
CONTAINER_MEMORY_LIMIT = _node(
    "container_spec_memory_limit_bytes",
    "gauge",
    "Memory that a container may use; 0 where there is no limit.",
    *_CONTAINER,
    unit="bytes",
)
CONTAINER_OOM = _node(
    "container_oom_events_total",
    "counter",
    "Times that a container wanted more memory than it may use.",
    *_CONTAINER,
)
CONTAINER_RECEIVED = _node(
    "container_network_receive_bytes_total",
    "counter",
    "Bytes that a container received.",
    *_CONTAINER,
    "interface",
    unit="bytes",
)
CONTAINER_SENT = _node(
    "container_network_transmit_bytes_total",
    "counter",
    "Bytes that a container sent.",
    *_CONTAINER,
    "interface",
    unit="bytes",
)

METRICS = tuple(value for value in list(globals().values()) if isinstance(value, Metric))
