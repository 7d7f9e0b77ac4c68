"""From what a source tells to readings; what it cannot tell here is absent."""

import os
import re
import resource
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from vedette.packs.process import metrics
from vedette.packs.process._source import Child, Mount, Source
from vedette.sdk.programs import called
from vedette.sdk.readings import Reading

_SHOWN = 10
_OTHERS = "others"
_DISK, _NETWORK = ("read", "write"), ("receive", "transmit")
# Made of other disks, or of memory; interfaces that lead to nobody outside of the machine.
_MADE, _INSIDE = ("loop", "ram", "zram", "dm-", "md"), ("lo", "veth", "ifb")
_PART = re.compile(r"p?[0-9]+")
_FIXED = frozenset({"squashfs", "iso9660", "udf"})  # full by design
Look = Callable[[], Iterable[Reading]]


def process(source: Source) -> tuple[Look, ...]:
    """Return what is looked at of the process itself, each on its own."""

    def threads() -> Iterator[Reading]:
        yield Reading(metric=metrics.THREADS, value=source.threads())

    def files() -> Iterator[Reading]:
        yield Reading(metric=metrics.OPEN_FILES, value=source.open_files())
        limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if limit != resource.RLIM_INFINITY:
            yield Reading(metric=metrics.OPEN_FILES_LIMIT, value=limit)

    def disk() -> Iterator[Reading]:
        for way, count in zip(_DISK, source.disk(), strict=True):
            yield Reading(metric=metrics.DISK, value=count, labels=(way,))

    return threads, files, disk, Family(source).read


class Family:
    """The children by program: a program's processor time goes on when one of them ends."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._spent: dict[int, float] = {}
        self._by_name: Counter[str] = Counter()  # thousandths of a second

    def read(self) -> Iterator[Reading]:
        """Yield their number, memory and processor time."""
        children = tuple(self._source.children())
        yield Reading(metric=metrics.CHILDREN, value=len(children))
        held: Counter[str] = Counter()
        for child in children:
            held[called(child.words)] += child.memory
            self._spend(child)
        self._spent = {child.pid: child.cpu_seconds for child in children}
        for name, size in _largest(held):
            yield Reading(metric=metrics.CHILD_MEMORY, value=size, labels=(name,))
        for name, spent in _largest(self._by_name):
            seconds = spent / 1000
            yield Reading(metric=metrics.CHILD_CPU, value=seconds, labels=(name,))

    def _spend(self, child: Child) -> None:
        more = child.cpu_seconds - self._spent.get(child.pid, 0.0)
        # Less than before: another process that got the number of one that ended.
        self._by_name[called(child.words)] += round(
            1000 * (more if more >= 0 else child.cpu_seconds)
        )


def _largest(sizes: Counter[str]) -> Iterator[tuple[str, int]]:
    most = sizes.most_common(_SHOWN)
    yield from most
    if len(sizes) > _SHOWN:
        yield _OTHERS, sizes.total() - sum(size for _, size in most)


class System:
    """What is looked at of the machine.

    Args:
        source: Tells it.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._before = source.processor()

    @property
    def looks(self) -> tuple[Look, ...]:
        """Each thing on its own."""
        return self.processor, self.memory, self.disks, self.networks, self.filesystems

    def processor(self) -> Iterator[Reading]:
        """Yield how busy the processors were since the last look."""
        (was_busy, was_every), self._before = self._before, self._source.processor()
        busy, every = self._before
        if every > was_every:
            share = min(max((busy - was_busy) / (every - was_every), 0.0), 1.0)
            yield Reading(metric=metrics.SYSTEM_CPU, value=share)

    def memory(self) -> Iterator[Reading]:
        """Yield the memory, and what is left of it."""
        total, available = self._source.memory()
        yield Reading(metric=metrics.SYSTEM_MEMORY, value=total)
        yield Reading(metric=metrics.SYSTEM_AVAILABLE, value=available)

    def disks(self) -> Iterator[Reading]:
        """Yield what went to each disk and came from it."""
        told = self._source.disks()
        for device in _whole(told):
            for way, count in zip(_DISK, told[device], strict=True):
                yield Reading(metric=metrics.SYSTEM_DISK, value=count, labels=(device, way))

    def networks(self) -> Iterator[Reading]:
        """Yield what went through each interface to others."""
        for device, counts in self._source.networks().items():
            if not device.startswith(_INSIDE):
                for way, count in zip(_NETWORK, counts, strict=True):
                    yield Reading(metric=metrics.SYSTEM_NETWORK, value=count, labels=(device, way))

    def filesystems(self) -> Iterator[Reading]:
        """Yield the size of each filesystem, and what is left of it."""
        for place in _places(self._source.mounts()):
            told = os.statvfs(place)
            size, free = told.f_blocks * told.f_frsize, told.f_bavail * told.f_frsize
            yield Reading(metric=metrics.FILESYSTEM, value=size, labels=(place,))
            yield Reading(metric=metrics.FILESYSTEM_FREE, value=free, labels=(place,))


def _whole(disks: Iterable[str]) -> list[str]:
    """Leave out what is a part of another disk, or made of others: it would count twice."""
    names = [name for name in disks if not name.startswith(_MADE)]
    parts = {
        name
        for name in names
        for other in names
        if name != other and _PART.fullmatch(name.removeprefix(other))
    }
    return [name for name in names if name not in parts]


def _places(mounts: Iterable[Mount]) -> list[str]:
    """Return one place of each device that can be written, and the root."""
    found: dict[str, str] = {}
    for mount in mounts:
        fixed = mount.kind in _FIXED or "ro" in mount.options.split(",")
        if not fixed and Path(mount.place).is_dir():
            shorter = min(found.get(mount.device, mount.place), mount.place, key=len)
            found[mount.device] = shorter
    return list(dict.fromkeys(("/", *found.values())))
