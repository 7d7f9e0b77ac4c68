"""What one GPU can be asked: each signal stands on its own, for many cards lack some."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vedette.packs.gpu import metrics
from vedette.packs.gpu._nvml import CallError, Driver, UnsupportedError, raise_for
from vedette.sdk.readings import Reading

_PERCENT, _MILLI, _MEGA = 100.0, 1000.0, 1e6
# The bits of nvmlDeviceGetCurrentClocksEventReasons; nvml.h names them.
_CLOCK_EVENTS = {
    0x1: "idle",
    0x2: "application_setting",
    0x4: "power_cap",
    0x8: "hw_slowdown",
    0x10: "sync_boost",
    0x20: "sw_thermal",
    0x40: "hw_thermal",
    0x80: "power_brake",
    0x100: "display_setting",
    0x200: "board_limit",
    0x400: "reliability",
}
_CLOCKS = {"graphics": 0, "sm": 1, "memory": 2, "video": 3}
_ERRORS = {"corrected": 0, "uncorrected": 1}
_CHIP, _SLOWDOWN, _VOLATILE = 0, 1, 0
_MEMORY_TEMPERATURE = 82  # NVML_FI_DEV_MEMORY_TEMP


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who is asked: a GPU by its handle, and what its series are labelled with."""

    driver: Driver
    handle: object
    gpu: str

    def ask(self, function: str, *arguments: object) -> float:
        """Return what a function tells of this GPU as one number."""
        return float(self.driver.call(function, self.handle, *arguments))


Signal = Callable[[Asked], Iterator[Reading]]


def _memory(of: Asked) -> Iterator[Reading]:
    newest = getattr(of.driver.library, "nvmlMemory_v2", None)
    told = of.driver.first(
        ("nvmlDeviceGetMemoryInfo", of.handle, newest), ("nvmlDeviceGetMemoryInfo", of.handle)
    )
    at = (of.gpu,)
    yield Reading(metric=metrics.MEMORY_USED, value=told.used, labels=at)
    yield Reading(metric=metrics.MEMORY_TOTAL, value=told.total, labels=at)
    share = _PERCENT * told.used / told.total if told.total else 0.0
    yield Reading(metric=metrics.MEMORY_PERCENT, value=share, labels=at)
    if hasattr(told, "reserved"):
        yield Reading(metric=metrics.MEMORY_RESERVED, value=told.reserved, labels=at)


def _utilization(of: Asked) -> Iterator[Reading]:
    told = of.driver.call("nvmlDeviceGetUtilizationRates", of.handle)
    yield Reading(metric=metrics.UTILIZATION, value=told.gpu / _PERCENT, labels=(of.gpu,))
    yield Reading(metric=metrics.MEMORY_CONTROLLER, value=told.memory / _PERCENT, labels=(of.gpu,))


def _temperature(of: Asked) -> Iterator[Reading]:
    told = of.driver.first(
        ("nvmlDeviceGetTemperatureV", of.handle, _CHIP),
        ("nvmlDeviceGetTemperature", of.handle, _CHIP),
    )
    yield Reading(metric=metrics.TEMPERATURE, value=told, labels=(of.gpu,))


def _slowdown_temperature(of: Asked) -> Iterator[Reading]:
    told = of.ask("nvmlDeviceGetTemperatureThreshold", _SLOWDOWN)
    yield Reading(metric=metrics.SLOWDOWN_TEMPERATURE, value=told, labels=(of.gpu,))


def _memory_temperature(of: Asked) -> Iterator[Reading]:
    [field] = of.driver.call("nvmlDeviceGetFieldValues", of.handle, [_MEMORY_TEMPERATURE])
    if field.nvmlReturn:
        raise_for(field.nvmlReturn)
        raise CallError(field.nvmlReturn)
    if not field.value.uiVal:  # a card without the sensor answers 0
        reason = "not_supported"
        raise UnsupportedError(reason)
    yield Reading(metric=metrics.MEMORY_TEMPERATURE, value=field.value.uiVal, labels=(of.gpu,))


def _energy(of: Asked) -> Iterator[Reading]:
    told = of.ask("nvmlDeviceGetTotalEnergyConsumption") / _MILLI
    yield Reading(metric=metrics.ENERGY, value=told, labels=(of.gpu,))


def _power(of: Asked) -> Iterator[Reading]:
    told = of.ask("nvmlDeviceGetPowerUsage") / _MILLI
    yield Reading(metric=metrics.POWER, value=told, labels=(of.gpu,))


def _power_limit(of: Asked) -> Iterator[Reading]:
    told = of.ask("nvmlDeviceGetEnforcedPowerLimit") / _MILLI
    yield Reading(metric=metrics.POWER_LIMIT, value=told, labels=(of.gpu,))


def _clock(domain: str) -> Signal:
    def read(of: Asked) -> Iterator[Reading]:
        at = (of.gpu, domain)
        now = of.ask("nvmlDeviceGetClockInfo", _CLOCKS[domain]) * _MEGA
        yield Reading(metric=metrics.CLOCK, value=now, labels=at)
        most = of.ask("nvmlDeviceGetMaxClockInfo", _CLOCKS[domain]) * _MEGA
        yield Reading(metric=metrics.CLOCK_MAXIMUM, value=most, labels=at)

    return read


def _clock_events(of: Asked) -> Iterator[Reading]:
    told = of.driver.first(
        ("nvmlDeviceGetCurrentClocksEventReasons", of.handle),
        ("nvmlDeviceGetCurrentClocksThrottleReasons", of.handle),
    )
    for bit, reason in _CLOCK_EVENTS.items():
        active = float(bool(told & bit))
        yield Reading(metric=metrics.CLOCK_EVENT, value=active, labels=(of.gpu, reason))


def _ecc(of: Asked) -> Iterator[Reading]:
    for kind, code in _ERRORS.items():
        count = of.ask("nvmlDeviceGetTotalEccErrors", code, _VOLATILE)
        yield Reading(metric=metrics.ECC_ERRORS, value=count, labels=(of.gpu, kind))


def _remapped_rows(of: Asked) -> Iterator[Reading]:
    corrected, uncorrected, pending, failed = of.driver.call("nvmlDeviceGetRemappedRows", of.handle)
    for cause, rows in (("corrected", corrected), ("uncorrected", uncorrected)):
        yield Reading(metric=metrics.REMAPPED_ROWS, value=rows, labels=(of.gpu, cause))
    yield Reading(metric=metrics.REMAP_PENDING, value=bool(pending), labels=(of.gpu,))
    yield Reading(metric=metrics.REMAP_FAILED, value=bool(failed), labels=(of.gpu,))


def _pcie_replays(of: Asked) -> Iterator[Reading]:
    count = of.ask("nvmlDeviceGetPcieReplayCounter")
    yield Reading(metric=metrics.PCIE_REPLAYS, value=count, labels=(of.gpu,))


SIGNALS: dict[str, Signal] = {
    "memory": _memory,
    "utilization": _utilization,
    "temperature": _temperature,
    "slowdown_temperature": _slowdown_temperature,
    "memory_temperature": _memory_temperature,
    "energy": _energy,
    "power": _power,
    "power_limit": _power_limit,
    **{f"clock_{domain}": _clock(domain) for domain in _CLOCKS},
    "clock_events": _clock_events,
    "ecc": _ecc,
    "remapped_rows": _remapped_rows,
    "pcie_replays": _pcie_replays,
}
