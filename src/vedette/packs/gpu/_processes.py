"""Who holds the memory of a GPU."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from vedette.packs.gpu import metrics
from vedette.packs.gpu._nvml import CallError, Driver, UnsupportedError
from vedette.packs.gpu._signals import Asked
from vedette.sdk.programs import called
from vedette.sdk.readings import Reading

_PROC = Path("/proc")
_SHOWN = 10
_OTHERS = "others"


def processes(of: Asked) -> Iterator[Reading]:
    """Yield the number of processes, and the memory by program; programs of one name add up."""
    # By version: the function without one refuses to work with an older driver.
    running = of.driver.first(
        ("nvmlDeviceGetComputeRunningProcesses_v3", of.handle),
        ("nvmlDeviceGetComputeRunningProcesses_v2", of.handle),
    )
    yield Reading(metric=metrics.PROCESSES, value=len(running), labels=(of.gpu,))
    held: Counter[str] = Counter()
    for process in running:
        if process.usedGpuMemory is not None:
            held[_name(of.driver, process.pid)] += process.usedGpuMemory
    for at, (name, size) in enumerate(held.most_common()):
        if at == _SHOWN:
            rest = held.total() - sum(most for _, most in held.most_common(_SHOWN))
            yield _memory(of, _OTHERS, rest)
            return
        yield _memory(of, name, size)


def _memory(of: Asked, name: str, size: int) -> Reading:
    return Reading(metric=metrics.PROCESS_MEMORY, value=size, labels=(of.gpu, name))


def _name(driver: Driver, pid: int) -> str:
    try:
        line = (_PROC / str(pid) / "cmdline").read_bytes()
        return called([word.decode(errors="replace") for word in line.split(b"\0") if word])
    except OSError:  # another's process, or one of another container
        pass
    try:
        return called([str(driver.call("nvmlSystemGetProcessName", pid))])
    except (CallError, UnsupportedError):
        return called([])
