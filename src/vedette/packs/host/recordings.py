"""Shared expressions of this pack."""

from vedette.model.alert import RecordingRule
from vedette.packs.host.metrics import CPU_SECONDS, MEMORY_AVAILABLE, MEMORY_TOTAL

CPU_USED = RecordingRule(
    name="instance:node_cpu_utilisation:rate2m",
    expr=f'1 - avg without (cpu, mode) (rate({CPU_SECONDS}{{mode="idle"}}[2m]))',
    help="Share of all processors that did something in the last 2 minutes.",
)
MEMORY_USED = RecordingRule(
    name="instance:node_memory_utilisation:ratio",
    expr=f"1 - {MEMORY_AVAILABLE} / {MEMORY_TOTAL}",
    help="Share of the memory that programs cannot get any more.",
)

RECORDINGS = (CPU_USED, MEMORY_USED)
