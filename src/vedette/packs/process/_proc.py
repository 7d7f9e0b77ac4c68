"""What Linux tells in /proc, where psutil is not installed."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from vedette.packs.process._source import Child, Mount

_SECTOR = 512  # of /proc/diskstats, whatever the disk's own
_KIB = 1024
# Of /proc/<pid>/stat, counted from behind the name: state, ppid, ... utime, stime, ... rss.
_PARENT, _USER, _SYSTEM, _PAGES = 1, 11, 12, 21


class Proc:
    """See `_source.Source`.

    Args:
        root: Where Linux tells it.
    """

    def __init__(self, root: Path = Path("/proc")) -> None:
        self._root, self._own = root, root / "self"
        self._page, self._tick = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")

    def threads(self) -> int:
        """Return the threads of this process."""
        return int(_table(self._own / "status")["Threads"])

    def open_files(self) -> int:
        """Return how many files this process has open."""
        return sum(1 for _ in (self._own / "fd").iterdir())

    def disk(self) -> tuple[int, int]:
        """Return the bytes that this process read and wrote."""
        told = _table(self._own / "io")
        return int(told["read_bytes"]), int(told["write_bytes"])

    def children(self) -> Iterator[Child]:
        """Yield the processes below this one; one that ends meanwhile is left out."""
        below: dict[int, list[tuple[int, list[str]]]] = {}
        for place in self._root.iterdir():
            if place.name.isdigit():
                try:
                    told = _stat(place)
                except OSError:
                    continue
                below.setdefault(int(told[_PARENT]), []).append((int(place.name), told))
        waiting = [os.getpid()]
        while waiting:
            for pid, told in below.pop(waiting.pop(), []):
                waiting.append(pid)
                yield self._child(pid, told)

    def processor(self) -> tuple[float, float]:
        """Return the busy and all seconds of the machine's processors since it started."""
        first = (self._root / "stat").read_text(encoding="ascii").split("\n", 1)[0]
        # user nice system idle iowait irq softirq steal; guests are part of user already
        spent = [int(word) / self._tick for word in first.split()[1:9]]
        return sum(spent) - sum(spent[3:5]), sum(spent)

    def memory(self) -> tuple[int, int]:
        """Return the machine's memory, and how much of it programs can still get, in bytes."""
        told = _table(self._root / "meminfo")
        return _kib(told["MemTotal"]), _kib(told["MemAvailable"])

    def disks(self) -> Mapping[str, tuple[int, int]]:
        """Return the bytes read and written by disk."""
        lines = (self._root / "diskstats").read_text(encoding="ascii").splitlines()
        rows = [line.split() for line in lines]
        return {row[2]: (int(row[5]) * _SECTOR, int(row[9]) * _SECTOR) for row in rows}

    def networks(self) -> Mapping[str, tuple[int, int]]:
        """Return the bytes received and sent by interface."""
        found = {}
        for line in (self._root / "net" / "dev").read_text(encoding="ascii").splitlines()[2:]:
            name, _, counts = line.partition(":")
            words = counts.split()
            found[name.strip()] = int(words[0]), int(words[8])
        return found

    def mounts(self) -> Iterator[Mount]:
        """Yield the filesystems that are on a device."""
        for line in (self._own / "mounts").read_text(encoding="utf-8").splitlines():
            device, place, kind, options, *_ = line.split()
            if device.startswith("/dev/"):
                at = place.replace(r"\040", " ")
                yield Mount(device=device, place=at, kind=kind, options=options)

    def _child(self, pid: int, told: list[str]) -> Child:
        try:
            line = (self._root / str(pid) / "cmdline").read_bytes()
        except OSError:
            line = b""
        return Child(
            pid=pid,
            words=tuple(word.decode(errors="replace") for word in line.split(b"\0") if word),
            cpu_seconds=(int(told[_USER]) + int(told[_SYSTEM])) / self._tick,
            memory=int(told[_PAGES]) * self._page,
        )


def _table(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    rows = (line.partition(":") for line in lines)
    return {name: value.strip() for name, _, value in rows}


def _stat(place: Path) -> list[str]:
    """Return the words behind the name, which may hold blanks and brackets itself."""
    return (place / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def _kib(text: str) -> int:
    return int(text.removesuffix("kB")) * _KIB
