"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.llm import metrics
from vedette.packs.llm._queries import GPU_MEMORY
from vedette.packs.llm.alerts import ALERTS
from vedette.packs.llm.dashboards import DASHBOARDS
from vedette.packs.llm.thresholds import THRESHOLDS

PACK = Pack(
    title="Language models",
    summary="How fast do language models answer, with how many tokens, at which cost?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    reads=(GPU_MEMORY,),
    signature=(metrics.LATENCY.name, metrics.GENERATED.name),
    example="""\
from vedette.packs.llm.record import Generations

generations = Generations("llama-3.1-8b", provider="hugging_face")
with generations.time() as answer:
    answer.used(prompt_tokens=12, completion_tokens=100)
""",
)
