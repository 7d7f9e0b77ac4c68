"""The whole pack, and what each module that follows it adds."""

from vedette.model.convention import convention, prefix
from vedette.model.pack import Pack
from vedette.packs.modules import metrics
from vedette.packs.modules.alerts import ALERTS
from vedette.packs.modules.dashboards import DASHBOARDS
from vedette.packs.modules.details import detail
from vedette.packs.modules.recordings import recordings
from vedette.packs.modules.thresholds import THRESHOLDS

_EXAMPLE = """\
from vedette import Module

module = Module("{name}")
module.operation("complete", seconds=0.2, tokens=40, provider="fast", model="small")
"""


def by_module(name: str) -> Pack:
    """Return what one module adds: its metrics, their rules under shared names, its page.

    Args:
        name: The module's name, or what its metrics begin with.

    Raises:
        DeclarationError: the name breaks the convention.
    """
    begins = prefix(name)
    own = convention(begins)
    return Pack(
        title=f"Module {begins}",
        summary=f"What does {begins} do, and does it succeed?",
        metrics=own.metrics,
        recordings=recordings(begins, own),
        dashboards=(detail(begins, own),),
        signature=(own.operations.name,),
        example=_EXAMPLE.format(name=begins),
    )


PACK = Pack(
    title="Modules by convention",
    summary="How do many services that name their metrics alike do, beside each other?",
    metrics=metrics.METRICS,
    thresholds=THRESHOLDS,
    alerts=ALERTS,
    dashboards=DASHBOARDS,
    example=_EXAMPLE.format(name="llm_provider"),
    by_module=by_module,
)
