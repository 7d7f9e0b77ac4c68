"""One GPU, and what it has turned out not to tell."""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from vedette.packs.gpu import _activity, _mig, metrics
from vedette.packs.gpu._nvml import CallError, Driver, GpuLostError, UnsupportedError
from vedette.packs.gpu._processes import processes
from vedette.packs.gpu._signals import SIGNALS, Asked
from vedette.sdk.readings import Reading

_log = logging.getLogger("vedette")


class Card:
    """A GPU by its number; a signal that it does not support is asked for once and never again.

    Args:
        driver: Whom to ask.
        index: Number of the GPU, as `nvidia-smi` counts.

    Raises:
        GpuLostError: it does not answer.
    """

    def __init__(self, driver: Driver, index: int) -> None:
        self.handle = driver.call("nvmlDeviceGetHandleByIndex", index)
        self._driver, self._gpu = driver, str(index)
        self._uuid = str(driver.call("nvmlDeviceGetUUID", self.handle))
        self._product = str(driver.call("nvmlDeviceGetName", self.handle))
        self._version = str(driver.call("nvmlSystemGetDriverVersion"))
        self._mig = _mig.enabled(driver, self.handle)
        self._said: set[str] = set()
        self._begin()

    def read(self) -> list[Reading]:
        """Return what it tells now; where it is lost, only that."""
        try:
            self._look_for_instances()
            told = [reading for name in tuple(self._asked) for reading in self._try(name)]
        except GpuLostError:
            self._say("lost", "does not answer any more")
            return [*self._identity(), Reading(metric=metrics.LOST, value=1, labels=(self._gpu,))]
        told.append(Reading(metric=metrics.LOST, value=0, labels=(self._gpu,)))
        for signal, reason in self._dropped.items():
            labels = (self._gpu, signal, reason)
            told.append(Reading(metric=metrics.UNAVAILABLE, value=1, labels=labels))
        return [*self._identity(), *told]

    def drop(self, signal: str, reason: str) -> None:
        """Never ask for a signal again, and say so, once."""
        self._asked.pop(signal, None)
        if reason == "not_supported" and self._mig:
            reason = "mig"
        self._dropped[signal] = reason
        self._say(signal, f"does not tell its {signal}: {reason}")

    def _begin(self) -> None:
        of = Asked(driver=self._driver, handle=self.handle, gpu=self._gpu)
        self._dropped: dict[str, str] = {}
        self._asked: dict[str, Callable[[], Iterable[Reading]]] = {
            name: partial(signal, of)
            for name, signal in {**SIGNALS, "processes": processes}.items()
        }
        try:
            activity = _activity.whole(self._driver, self.handle, self._gpu)
            self._asked["activity"] = activity.read
        except UnsupportedError as fault:
            self.drop("activity", str(fault))
        if self._mig:
            instances = _mig.Instances(self._driver, self.handle, self._gpu)
            self._asked["instances"] = instances.read

    def _look_for_instances(self) -> None:
        """Begin anew where the GPU was cut into instances, or made whole again."""
        try:
            now = _mig.enabled(self._driver, self.handle)
        except CallError:
            return
        if now != self._mig:
            self._mig = now
            self._said.clear()
            self._begin()

    def _try(self, name: str) -> list[Reading]:
        try:
            return list(self._asked[name]())
        except UnsupportedError as fault:
            self.drop(name, str(fault))
        except CallError as fault:
            self._say(name, f"did not tell its {name}: {fault}")
        return []

    def _identity(self) -> Iterator[Reading]:
        mig = "enabled" if self._mig else ""
        labels = (self._gpu, self._uuid, self._product, self._version, mig)
        yield Reading(metric=metrics.INFO, value=1, labels=labels)

    def _say(self, signal: str, what: str) -> None:
        if signal not in self._said:
            self._said.add(signal)
            _log.info("vedette: GPU %s %s", self._gpu, what)
