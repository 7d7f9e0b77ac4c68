"""What is known about each GPU; a series that the driver cannot tell is absent, never 0."""

from vedette.model.metric import Kind, Metric

_ANY = (0.0, float("inf"))
_SHARE = (0.0, 1.0)


def _gpu(name: str, help: str, *labels: str, unit: str = "", kind: Kind = "gauge") -> Metric:  # noqa: A002 - the noun's word
    return Metric(
        name=name,
        kind=kind,
        help=help,
        unit=unit,
        labels=("gpu", *labels),
        range=_SHARE if unit == "ratio" else _ANY,
        workers="mostrecent",
    )


MONITOR_UP = Metric(
    name="gpu_monitor_up",
    kind="gauge",
    help="1 while the driver answers; else 0 and the reason, and there is no other series.",
    labels=("vendor", "reason"),
    range=(0, 1),
    workers="mostrecent",
)
INFO = _gpu("gpu_info", "Which GPU it is; always 1.", "uuid", "product", "driver_version", "mig")
LOST = _gpu("gpu_lost", "1 where a GPU does not answer any more, else 0.")
UNAVAILABLE = _gpu(
    "gpu_signal_unavailable",
    "Always 1: this GPU does not tell this signal, for this reason (mig, not_supported, ...).",
    "signal",
    "reason",
)

MEMORY_USED = _gpu(
    "gpu_memory_used_bytes", "Memory in use on a GPU, by every process.", unit="bytes"
)
MEMORY_TOTAL = _gpu("gpu_memory_total_bytes", "Memory of a GPU.", unit="bytes")
MEMORY_RESERVED = _gpu(
    "gpu_memory_reserved_bytes", "Memory that the driver keeps for itself.", unit="bytes"
)
MEMORY_PERCENT = Metric(
    name="gpu_memory_percent",
    kind="gauge",
    help="Share of a GPU's memory in use; without the label gpu where a program recorded it.",
    unit="percent",
    labels=("gpu",),
    range=(0, 100),
    workers="mostrecent",
    waiver="gpu_memory_percent is the name that existing dashboards use",
)

UTILIZATION = _gpu(
    "gpu_utilization_ratio",
    "Share of the time in which any kernel ran, however small: busy time, not work done.",
    unit="ratio",
)
MEMORY_CONTROLLER = _gpu(
    "gpu_memory_controller_utilization_ratio",
    "Share of the time in which the memory was read or written.",
    unit="ratio",
)
SM_ACTIVE = _gpu("gpu_sm_active_ratio", "Share of the multiprocessors that worked.", unit="ratio")
TENSOR_ACTIVE = _gpu(
    "gpu_tensor_active_ratio", "Share of the time in which tensor cores worked.", unit="ratio"
)
DRAM_ACTIVE = _gpu(
    "gpu_dram_active_ratio", "Share of the memory's bandwidth that was used.", unit="ratio"
)

TEMPERATURE = _gpu("gpu_temperature_celsius", "Temperature of the chip.", unit="celsius")
SLOWDOWN_TEMPERATURE = _gpu(
    "gpu_temperature_slowdown_celsius",
    "Temperature from which the GPU slows itself down.",
    unit="celsius",
)
MEMORY_TEMPERATURE = _gpu(
    "gpu_memory_temperature_celsius", "Temperature of the memory.", unit="celsius"
)
ENERGY = _gpu(
    "gpu_energy_joules_total",
    "Energy that the GPU used since its driver was loaded; its rate is the power in watts.",
    unit="joules",
    kind="counter",
)
POWER = _gpu("gpu_power_watts", "Power that the GPU draws now.", unit="watts")
POWER_LIMIT = _gpu("gpu_power_limit_watts", "Power beyond which it slows down.", unit="watts")
CLOCK = _gpu("gpu_clock_hertz", "Speed of each clock.", "domain", unit="hertz")
CLOCK_MAXIMUM = _gpu(
    "gpu_clock_maximum_hertz", "Highest speed of each clock.", "domain", unit="hertz"
)
CLOCK_EVENT = _gpu(
    "gpu_clock_event_active", "1 for each reason that holds the clocks down now, else 0.", "reason"
)

ECC_ERRORS = _gpu(
    "gpu_ecc_errors_total",
    "Memory errors that were found, since the driver was loaded.",
    "type",
    kind="counter",
)
REMAPPED_ROWS = _gpu(
    "gpu_remapped_rows", "Rows of the memory that were replaced by spare ones.", "cause"
)
REMAP_PENDING = _gpu(
    "gpu_row_remap_pending", "1 where a row is replaced at the next reset, else 0."
)
REMAP_FAILED = _gpu("gpu_row_remap_failed", "1 where there was no spare row left, else 0.")
XID_ERRORS = _gpu(
    "gpu_xid_errors_total",
    "Errors that the driver reported, by NVIDIA's number, since the watch began.",
    "xid",
    kind="counter",
)
PCIE_REPLAYS = _gpu(
    "gpu_pcie_replays_total", "Packets that had to be sent again over the bus.", kind="counter"
)

PROCESSES = _gpu("gpu_processes", "Processes that compute on a GPU.")
PROCESS_MEMORY = _gpu(
    "gpu_process_memory_bytes",
    "Memory by program: the ten that hold most, and all others together.",
    "process",
    unit="bytes",
)

_MIG = ("mig", "profile")
MIG_MEMORY_USED = _gpu(
    "gpu_mig_memory_used_bytes", "Memory in use on a MIG instance.", *_MIG, unit="bytes"
)
MIG_MEMORY_TOTAL = _gpu(
    "gpu_mig_memory_total_bytes", "Memory of a MIG instance.", *_MIG, unit="bytes"
)
MIG_SM_ACTIVE = _gpu(
    "gpu_mig_sm_active_ratio",
    "Share of an instance's multiprocessors that worked.",
    *_MIG,
    unit="ratio",
)
MIG_TENSOR_ACTIVE = _gpu(
    "gpu_mig_tensor_active_ratio",
    "Share of the time in which an instance's tensor cores worked.",
    *_MIG,
    unit="ratio",
)
MIG_DRAM_ACTIVE = _gpu(
    "gpu_mig_dram_active_ratio",
    "Share of an instance's memory bandwidth that was used.",
    *_MIG,
    unit="ratio",
)

METRICS = tuple(value for value in list(globals().values()) if isinstance(value, Metric))
