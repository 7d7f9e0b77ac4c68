"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.tasks import metrics
from vedette.packs.tasks.alerts import ALERTS
from vedette.packs.tasks.dashboards import DASHBOARDS
from vedette.packs.tasks.thresholds import THRESHOLDS

PACK = Pack(
    title="Tasks",
    summary="Are the tasks of the queues run, soon enough and without failing?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    signature=(metrics.TASKS.name,),
    example="""\
from vedette.packs.tasks.record import Tasks

tasks = Tasks()
tasks.began("resize", waited=0.2)
tasks.ended("resize", state="success", seconds=1.5)
""",
)
