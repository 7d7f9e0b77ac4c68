"""The whole pack."""

from vedette.model.pack import Pack
from vedette.packs.jobs import metrics
from vedette.packs.jobs.alerts import ALERTS
from vedette.packs.jobs.dashboards import DASHBOARDS

PACK = Pack(
    title="Jobs",
    summary="Did every job that ends run, and did it succeed?",
    metrics=metrics.METRICS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    example=(
        "import vedette\n"
        "\n"
        'with vedette.job("nightly"):\n'
        '    print("the work that is done every night")\n'
    ),
)
