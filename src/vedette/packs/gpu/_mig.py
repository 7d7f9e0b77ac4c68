"""The instances of a GPU that was cut into several."""

from collections.abc import Iterator

from vedette.packs.gpu import metrics
from vedette.packs.gpu._activity import INSTANCE, Activity
from vedette.packs.gpu._nvml import CallError, Driver, UnsupportedError
from vedette.sdk.readings import Reading


class Instance:
    """One MIG instance: its memory, and, where the card can tell, how active it is.

    Args:
        driver: Whom to ask.
        parent: Handle of the GPU.
        handle: Handle of the instance.
        at: Labels: the GPU, the number of the instance on it, its profile.
    """

    def __init__(
        self, driver: Driver, parent: object, *, handle: object, at: tuple[str, str, str]
    ) -> None:
        self._driver, self._handle, self._at = driver, handle, at
        self._activity: Activity | None = None
        try:
            number = driver.call("nvmlDeviceGetGpuInstanceId", handle)
            if driver.call("nvmlGpmQueryDeviceSupport", parent).isSupportedDevice:
                self._activity = Activity(
                    driver,
                    lambda into: driver.call("nvmlGpmMigSampleGet", parent, number, into),
                    told=INSTANCE,
                    labels=at,
                )
        except UnsupportedError:
            pass

    def read(self) -> Iterator[Reading]:
        """Yield what is known of it now."""
        memory = self._driver.call("nvmlDeviceGetMemoryInfo", self._handle)
        yield Reading(metric=metrics.MIG_MEMORY_USED, value=memory.used, labels=self._at)
        yield Reading(metric=metrics.MIG_MEMORY_TOTAL, value=memory.total, labels=self._at)
        if self._activity is not None:
            try:
                yield from self._activity.read()
            except UnsupportedError:
                self._activity = None


def enabled(driver: Driver, handle: object) -> bool:
    """Tell whether a GPU is cut into instances now."""
    try:
        now, _ = driver.call("nvmlDeviceGetMigMode", handle)
    except UnsupportedError:
        return False
    return bool(now)


class Instances:
    """The instances that a GPU has now; they may be cut anew while it is watched.

    Args:
        driver: Whom to ask.
        parent: Handle of the GPU.
        gpu: Its number.
    """

    def __init__(self, driver: Driver, parent: object, gpu: str) -> None:
        self._driver, self._parent, self._gpu = driver, parent, gpu
        self._known: dict[str, Instance] = {}

    def read(self) -> Iterator[Reading]:
        """Yield what is known of each."""
        self._known = dict(self._look())
        for instance in self._known.values():
            yield from instance.read()

    def _look(self) -> Iterator[tuple[str, Instance]]:
        for at in range(self._driver.call("nvmlDeviceGetMaxMigDeviceCount", self._parent)):
            try:
                handle = self._driver.call("nvmlDeviceGetMigDeviceHandleByIndex", self._parent, at)
                uuid = str(self._driver.call("nvmlDeviceGetUUID", handle))
            except CallError:  # nothing is cut out at this place
                continue
            yield uuid, self._known.get(uuid) or self._meet(handle, at)

    def _meet(self, handle: object, at: int) -> Instance:
        name = str(self._driver.call("nvmlDeviceGetName", handle))
        labels = (self._gpu, str(at), name.rpartition("MIG ")[2])
        return Instance(self._driver, self._parent, handle=handle, at=labels)
