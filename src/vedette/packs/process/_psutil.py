"""What psutil tells, on every system that it knows."""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from vedette.packs.process._source import Child, Mount


class Psutil:
    """See `_source.Source`.

    Args:
        psutil: The module.
    """

    def __init__(self, psutil: ModuleType) -> None:
        self._psutil: Any = psutil
        self._process = self._psutil.Process()

    def threads(self) -> int:
        """Return the threads of this process."""
        return int(self._process.num_threads())

    def open_files(self) -> int:
        """Return how many files this process has open."""
        return int(self._process.num_fds())

    def disk(self) -> tuple[int, int]:
        """Return the bytes that this process read and wrote."""
        told = self._process.io_counters()
        return told.read_bytes, told.write_bytes

    def children(self) -> Iterator[Child]:
        """Yield the processes below this one; one that ends meanwhile is left out."""
        for child in self._process.children(recursive=True):
            try:
                with child.oneshot():
                    spent = child.cpu_times()
                    yield Child(
                        pid=child.pid,
                        words=tuple(child.cmdline()) or (child.name(),),
                        cpu_seconds=spent.user + spent.system,
                        memory=child.memory_info().rss,
                    )
            except self._psutil.Error:
                continue

    def processor(self) -> tuple[float, float]:
        """Return the busy and all seconds of the machine's processors since it started."""
        spent = self._psutil.cpu_times()
        # Time of guests is part of user time already.
        every = {name: value for name, value in spent._asdict().items() if "guest" not in name}
        idle = every["idle"] + every.get("iowait", 0.0)
        return sum(every.values()) - idle, sum(every.values())

    def memory(self) -> tuple[int, int]:
        """Return the machine's memory, and how much of it programs can still get, in bytes."""
        told = self._psutil.virtual_memory()
        return told.total, told.available

    def disks(self) -> Mapping[str, tuple[int, int]]:
        """Return the bytes read and written by disk."""
        told = self._psutil.disk_io_counters(perdisk=True) or {}
        return {name: (disk.read_bytes, disk.write_bytes) for name, disk in told.items()}

    def networks(self) -> Mapping[str, tuple[int, int]]:
        """Return the bytes received and sent by interface."""
        told = self._psutil.net_io_counters(pernic=True) or {}
        return {name: (net.bytes_recv, net.bytes_sent) for name, net in told.items()}

    def mounts(self) -> Iterator[Mount]:
        """Yield the filesystems that are on a device."""
        for told in self._psutil.disk_partitions(all=False):
            yield Mount(
                device=told.device, place=told.mountpoint, kind=told.fstype, options=told.opts
            )
