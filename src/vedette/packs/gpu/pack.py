"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.gpu import metrics
from vedette.packs.gpu.alerts import ALERTS
from vedette.packs.gpu.dashboards import DASHBOARDS
from vedette.packs.gpu.thresholds import THRESHOLDS

_EXAMPLE = """\
from vedette.packs.gpu.record import GpuMemory, watch_gpus

watch_gpus()
GpuMemory().record(percent=45.0)  # only where a program measures it itself
"""

PACK = Pack(
    title="GPU",
    summary="Are the GPUs used, healthy and cool?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.MONITOR_UP.name, metrics.MEMORY_PERCENT.name, metrics.MEMORY_USED.name),
    example=_EXAMPLE,
)
