"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

_ORCHESTRATOR = "the alert rules of a public orchestrator of hosted models"

GROWTH = Threshold(
    name="memory_growth_bytes",
    default=100.0 * 2**20,
    unit="bytes",
    help="Growth of a process' memory within 5 minutes beyond which MemoryGrowth fires.",
    source="our choice: more than a GiB an hour fills any machine within a day",
)
OPEN_FILES = Threshold(
    name="open_files_ratio",
    default=0.9,
    unit="ratio",
    help="Share of the files that a process may open beyond which OpenFilesHigh fires.",
    source="node-mixin, NodeFileDescriptorLimit: 90 %",
    maximum=1.0,
)
CPU = Threshold(
    name="machine_cpu_ratio",
    default=0.9,
    unit="ratio",
    help="Share of the processors in use beyond which MachineHighCpu fires.",
    source=f"{_ORCHESTRATOR}: 90 %, as HostHighCpu",
    maximum=1.0,
)
MEMORY = Threshold(
    name="machine_memory_ratio",
    default=0.9,
    unit="ratio",
    help="Share of the memory in use beyond which MachineHighMemory fires.",
    source=f"{_ORCHESTRATOR}: 90 %, as HostHighMemory",
    maximum=1.0,
)
DISK_FREE = Threshold(
    name="machine_disk_free_bytes",
    default=10.0 * 2**30,
    unit="bytes",
    help="Free space below which MachineDiskSpaceLow fires, on filesystems of twice that size.",
    source=f"{_ORCHESTRATOR}: less than 10 GB free, as HostDiskSpaceLow",
)

THRESHOLDS = (GROWTH, OPEN_FILES, CPU, MEMORY, DISK_FREE)
