"""Watch the machine's GPUs, or record what a program knows of its own."""

from vedette.packs.gpu import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows


class GpuMemory:
    """Records how full a GPU is, for programs that measure it themselves.

    Args:
        gpu: Which GPU; empty where there is one, or none in particular. `watch_gpus` tells
            those of the machine by their number, so both can be used together.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, gpu: str = "", *, monitor: Monitor | None = None) -> None:
        bind = monitor or default_monitor()
        self._gpu = gpu
        # Apart, and bound when they are used: what is never recorded must not appear as a 0.
        self._percent = Rows(bind, ("gpu",), (Cell(metric=metrics.MEMORY_PERCENT, value="value"),))
        self._used = Rows(bind, ("gpu",), (Cell(metric=metrics.MEMORY_USED, value="value"),))

    def record(self, *, percent: float | None = None, used_bytes: float | None = None) -> None:
        """Record how much of the memory is in use now.

        Args:
            percent: Share of the memory, 0 to 100.
            used_bytes: Bytes in use.
        """
        if percent is not None:
            self._percent(self._gpu)(percent)
        if used_bytes is not None:
            self._used(self._gpu)(used_bytes)


def watch_gpus(*, monitor: Monitor | None = None) -> None:
    """Expose what the driver of the machine's GPUs tells: memory, work, heat, power, errors.

    NVIDIA's driver is asked through `nvidia-ml-py` (`pip install 'vedette[gpu]'`) whenever the
    series are read, in a thread of its own; call it once, in one process of the machine.
    Where there is no GPU, `gpu_monitor_up` is 0, says why, and there is no other series.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """
    from vedette.packs.gpu._nvml import Driver
    from vedette.packs.gpu.watch import GpuWatch, Session

    GpuWatch(monitor or default_monitor(), begin=lambda: Session(Driver()))


# What `ContinuousMonitor` offers, by name.
CONTINUOUS = {"gpu_memory": GpuMemory}
