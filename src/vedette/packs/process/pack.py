"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.process import metrics
from vedette.packs.process.alerts import ALERTS
from vedette.packs.process.dashboards import DASHBOARDS
from vedette.packs.process.thresholds import THRESHOLDS

_EXAMPLE = """\
from vedette import measure_time
from vedette.packs.process.record import watch_process

watch_process()
with measure_time("forward_pass"):
    sum(range(1000))
"""

PACK = Pack(
    title="Process",
    summary="What do the services cost: processor, memory, files, children, time?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.CPU.name, metrics.RAM.name),
    example=_EXAMPLE,
)
