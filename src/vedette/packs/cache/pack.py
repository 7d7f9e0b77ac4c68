"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.cache import metrics
from vedette.packs.cache.alerts import ALERTS
from vedette.packs.cache.dashboards import DASHBOARDS
from vedette.packs.cache.thresholds import THRESHOLDS

PACK = Pack(
    title="Caches",
    summary="Do the caches save work, and do they have the room for it?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.HITS.name,),
    example="""\
from vedette.packs.cache.record import Cache

cache = Cache("prompts")
cache.hit()
cache.miss()
""",
)
