"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

_DEFAULTS = "our choice, after NVIDIA's own health checks"

MEMORY_HIGH = Threshold(
    name="gpu_memory_high_percent",
    default=80.0,
    unit="percent",
    help="Share of a GPU's memory in use beyond which HighGPUMemory fires.",
    source="the alert rules of a public orchestrator of hosted models: 80 %",
    maximum=100.0,
)
MEMORY_CRITICAL = Threshold(
    name="gpu_memory_critical_percent",
    default=95.0,
    unit="percent",
    help="Share of a GPU's memory in use beyond which CriticalGPUMemory fires.",
    source="the alert rules of a public orchestrator of hosted models: 95 %",
    maximum=100.0,
)
MARGIN = Threshold(
    name="gpu_temperature_margin_celsius",
    default=5.0,
    unit="celsius",
    help="Distance to the temperature of its slowdown below which GPUTooHot fires.",
    source=_DEFAULTS,
)
TEMPERATURE = Threshold(
    name="gpu_temperature_celsius",
    default=85.0,
    unit="celsius",
    help="Temperature from which GPUTooHot fires where a GPU does not tell its own limit.",
    source="public alert rules: 80 to 90 °C",
)
MEMORY_TEMPERATURE = Threshold(
    name="gpu_memory_temperature_celsius",
    default=95.0,
    unit="celsius",
    help="Temperature of the memory from which GPUMemoryTooHot fires.",
    source="HBM slows down from 95 to 105 °C, by vendor",
)
THROTTLED = Threshold(
    name="gpu_throttled_ratio",
    default=0.1,
    unit="ratio",
    help="Share of 10 minutes slowed down by heat or a fault beyond which GPUThrottled fires.",
    source=_DEFAULTS,
    maximum=1.0,
)
POWER_CAPPED = Threshold(
    name="gpu_power_capped_ratio",
    default=0.5,
    unit="ratio",
    help="Share of an hour at the limit of its power beyond which GPUPowerCapped fires.",
    source=_DEFAULTS,
    maximum=1.0,
)
IDLE = Threshold(
    name="gpu_idle_utilization_ratio",
    default=0.01,
    unit="ratio",
    help="Busy share of every moment of 30 minutes up to which GPUIdleHeld calls a GPU idle.",
    source="our choice: a display or a watch alone stays below 1 %",
    maximum=1.0,
)
IDLE_MEMORY = Threshold(
    name="gpu_idle_memory_percent",
    default=10.0,
    unit="percent",
    help="Share of its memory in use beyond which GPUIdleHeld calls an idle GPU held.",
    source="our choice: a driver without programs holds less",
    maximum=100.0,
)
PCIE_REPLAYS = Threshold(
    name="gpu_pcie_replays_per_minute",
    default=10.0,
    help="Packets sent again over the bus per minute beyond which GPUBusErrors fires.",
    source=_DEFAULTS,
)

THRESHOLDS = (
    MEMORY_HIGH,
    MEMORY_CRITICAL,
    MARGIN,
    TEMPERATURE,
    MEMORY_TEMPERATURE,
    THROTTLED,
    POWER_CAPPED,
    IDLE,
    IDLE_MEMORY,
    PCIE_REPLAYS,
)
