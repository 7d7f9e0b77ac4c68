"""What a stack costs: to start, to run idle, to stop.

Usage: .venv/bin/python bench/up.py [--quick]
Starts the core programs and the console on free ports in a temporary folder, with the cache
of programs warm, and measures with the machine's own figures. Memory is proportional (PSS)
and, like the processor time, of everything that Vedette runs: programs, console, supervisor.
Starts are the median of ten, the processor is measured in minutes 2 to 5 after the start;
--quick takes the median of three and seconds 30 to 60.
Limits hold on 2 idle cores; the load of the machine is printed beside them.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from vedette.process.usage import sessions

MEGA = 1e6
FULL, QUICK = (60.0, 300.0), (30.0, 60.0)  # seconds after the start
PATIENCE_SECONDS = 60.0
STARTS, QUICK_STARTS = 10, 3


@dataclass(frozen=True)
class Line:
    """One measured value beside its limit."""

    what: str
    value: float
    limit: float
    unit: str

    @property
    def missed(self) -> bool:
        """True where the limit is not kept."""
        return self.value > self.limit

    def __str__(self) -> str:
        """Write it as a row."""
        verdict = "MISSED" if self.missed else "kept"
        value, limit = f"{self.value:8.2f} {self.unit}", f"{self.limit:g} {self.unit}"
        return f"{self.what:52} {value:14} at most {limit:8} {verdict}"


class Bench:
    """A stack in a temporary folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        (home / "vedette.yaml").write_text("name: bench\n", encoding="utf-8")

    def vedette(self, *words: str) -> Any:
        """Run a command and return the JSON that it prints."""
        argv = (sys.executable, "-m", "vedette", *words, "--format", "json")
        plain = {name: text for name, text in os.environ.items() if not _own(name)}
        done = subprocess.run(
            argv, cwd=self.home, env=plain, stdout=subprocess.PIPE, text=True, check=True
        )
        return json.loads(done.stdout)

    def up(self) -> tuple[float, dict[str, Any]]:
        """Start it; return after how many seconds everything was ready, and what runs."""
        begin = time.monotonic()
        told = self.vedette("up", "--detach", "--port", "auto")
        return time.monotonic() - begin, told

    def down(self) -> float:
        """Stop it; return how many seconds that took."""
        begin = time.monotonic()
        self.vedette("down")
        return time.monotonic() - begin

    def processes(self) -> frozenset[int]:
        """Return the supervisor and everything that it started; each leads a session."""
        pid = int(self.vedette("status")["pid"])
        return frozenset({pid, *(child.pid for child in psutil.Process(pid).children())})


def main() -> int:
    """Measure; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer starts, a shorter look")
    quick = parser.parse_args().quick
    window, starts = (QUICK, QUICK_STARTS) if quick else (FULL, STARTS)
    with tempfile.TemporaryDirectory(prefix="vedette-bench-") as folder:
        bench = Bench(Path(folder))
        try:
            bench.up()  # so that programs are got and their pages are read
            bench.down()
            lines = [*_starts(bench, starts), *_idle(bench, window)]
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                bench.down()
    for line in lines:
        print(line)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return int(any(line.missed for line in lines))


def _own(name: str) -> bool:
    return name.startswith("VEDETTE_") and name != "VEDETTE_CACHE"


def _starts(bench: Bench, count: int) -> list[Line]:
    ready, scraped, stopped = [], [], []
    for _ in range(count):
        begin = time.monotonic()
        seconds, told = bench.up()
        ready.append(seconds)
        _wait_for_targets(told["urls"]["prometheus"])
        scraped.append(time.monotonic() - begin)
        stopped.append(bench.down())
    return [
        _median("everything ready", ready, 3.0),
        _median("every target scraped", scraped, 12.0),
        _median("everything stopped", stopped, 2.0),
    ]


def _median(what: str, seconds: list[float], limit: float) -> Line:
    spread = f"median of {len(seconds)}, worst {max(seconds):.2f}"
    return Line(f"{what} ({spread})", statistics.median(seconds), limit, "s")


def _idle(bench: Bench, window: tuple[float, float]) -> list[Line]:
    bench.up()
    leaders = bench.processes()
    first, last = window
    time.sleep(first)
    before = {pid: use.cpu_seconds for pid, use in sessions(leaders).items()}
    time.sleep(last - first)
    used = sessions(leaders)
    spent = sum(use.cpu_seconds - before[pid] for pid, use in used.items())
    memory = sum(use.memory_bytes for use in used.values()) / MEGA
    for pid, use in sorted(used.items(), key=lambda pair: -pair[1].memory_bytes):
        share = 100 * (use.cpu_seconds - before[pid]) / (last - first)
        words = " ".join(psutil.Process(pid).cmdline())[:60]
        print(f"  {use.memory_bytes / MEGA:6.1f} MB {share:5.2f} %  {words}")
    name = f"processor while idle, seconds {first:.0f} to {last:.0f}"
    return [
        Line("memory (PSS) while idle", memory, 250.0, "MB"),
        Line(name, 100 * spent / (last - first), 5.0, "%"),
    ]


def _wait_for_targets(prometheus: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with urllib.request.urlopen(f"{prometheus}/api/v1/targets", timeout=5) as answer:
            targets = json.load(answer)["data"]["activeTargets"]
        if targets and all(target["health"] == "up" for target in targets):
            return
        time.sleep(0.05)
    message = f"some targets were not up within {PATIENCE_SECONDS:.0f} s"
    raise TimeoutError(message)


if __name__ == "__main__":
    raise SystemExit(main())
