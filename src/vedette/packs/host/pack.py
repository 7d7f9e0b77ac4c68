"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.host import metrics

PACK = Pack(
    title="Host",
    summary="Is the machine healthy: processor, memory, disks, network, clock?",
    metrics=metrics.METRICS,
    signature=("node_uname_info", metrics.CPU_SECONDS.name),
)
