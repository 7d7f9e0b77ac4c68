"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.database import metrics
from vedette.packs.database.alerts import ALERTS
from vedette.packs.database.dashboards import DASHBOARDS
from vedette.packs.database.thresholds import THRESHOLDS

PACK = Pack(
    title="Databases",
    summary="Are queries answered, how fast, and are there connections left?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.QUERY_SECONDS.name,),
    example="""\
import sqlite3

from vedette.packs.database.record import Queries

queries = Queries("orders")
with queries.time("select"):
    sqlite3.connect(":memory:").execute("SELECT 1")
""",
)
