"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.process import metrics

PACK = Pack(
    title="Process",
    summary="What does the service itself cost: processor, memory, GPU memory?",
    metrics=metrics.METRICS,
    signature=(metrics.CPU.name, metrics.RAM.name),
)
