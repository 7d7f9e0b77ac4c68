"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.host import metrics
from vedette.packs.host.alerts import ALERTS
from vedette.packs.host.dashboards import DASHBOARDS
from vedette.packs.host.recordings import RECORDINGS
from vedette.packs.host.thresholds import THRESHOLDS

PACK = Pack(
    title="Host",
    summary="Is the machine healthy: processor, memory, disks, network, clock?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    recordings=RECORDINGS,
    dashboards=DASHBOARDS,
    signature=(metrics.CPU_SECONDS.name,),
)
