"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

CPU = Threshold(
    name="host_cpu_ratio",
    default=0.9,
    unit="ratio",
    help="Share of the processors in use beyond which HostHighCpu fires.",
    source="node-mixin, NodeCPUHighUsage: 90 %",
    maximum=1.0,
)
LOAD = Threshold(
    name="host_load_per_core",
    default=2.0,
    help="Load per processor beyond which HostHighLoad fires.",
    source="node-mixin, NodeSystemSaturation: 2",
)
MEMORY = Threshold(
    name="host_memory_ratio",
    default=0.9,
    unit="ratio",
    help="Share of the memory in use beyond which HostHighMemory fires.",
    source="node-mixin, NodeMemoryHighUtilization: 90 %",
    maximum=1.0,
)
DISK_FREE = Threshold(
    name="host_disk_free_bytes",
    default=10.0 * 2**30,
    unit="bytes",
    help="Free space below which HostDiskSpaceLow fires, on filesystems of twice that size.",
    source="the alert rules of a public orchestrator of hosted models: less than 10 GB free",
)
DISK_FULL = Threshold(
    name="host_disk_free_ratio",
    default=0.05,
    unit="ratio",
    help="Free share of a filesystem below which HostDiskAlmostFull fires.",
    source="node-mixin, NodeFilesystemAlmostOutOfSpace: 5 %",
    maximum=1.0,
)
DISK_FILLING = Threshold(
    name="host_disk_filling_ratio",
    default=0.4,
    unit="ratio",
    help="Free share above which HostDiskFilling keeps quiet, however fast a disk fills.",
    source="node-mixin, NodeFilesystemSpaceFillingUp: 40 %",
    maximum=1.0,
)
INODES = Threshold(
    name="host_inodes_free_ratio",
    default=0.05,
    unit="ratio",
    help="Free share of the inodes below which HostInodesLow fires.",
    source="node-mixin, NodeFilesystemAlmostOutOfFiles: 5 %",
    maximum=1.0,
)
NETWORK_ERRORS = Threshold(
    name="host_network_error_ratio",
    default=0.01,
    unit="ratio",
    help="Share of packets with errors beyond which HostNetworkErrors fires.",
    source="node-mixin, NodeNetworkReceiveErrs: 1 %",
    maximum=1.0,
)
CLOCK = Threshold(
    name="host_clock_skew_seconds",
    default=5.0,
    unit="seconds",
    help="Distance from Prometheus' clock beyond which HostClockSkew fires.",
    source="our choice: one scrape interval; samples of such a host are shown at wrong times",
)

CONTAINER_MEMORY = Threshold(
    name="container_memory_ratio",
    default=0.9,
    unit="ratio",
    help="Share of its limit in use beyond which ContainerMemoryHigh fires.",
    source="our choice, as for the memory of a host",
    maximum=1.0,
)

THRESHOLDS = (
    CPU,
    LOAD,
    MEMORY,
    DISK_FREE,
    DISK_FULL,
    DISK_FILLING,
    INODES,
    NETWORK_ERRORS,
    CLOCK,
    CONTAINER_MEMORY,
)
