"""The metrics that a plan file declares."""

from collections.abc import Mapping

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.model.pack import Pack
from vedette.planfile import schema
from vedette.planfile.scope import Scope


def packs(given: Mapping[str, schema.OwnMetric], scope: Scope) -> dict[str, Pack]:
    """Return the packs of the declared metrics, and those that show them.

    Args:
        given: By name, as the file has them.
        scope: The reading; gets a finding for each that cannot be declared like this.
    """
    metrics = tuple(
        metric for name, keys in given.items() if (metric := _metric(name, keys, scope))
    )
    if not metrics:
        return {}
    known = scope.registry.packs
    makers = {name: pack.by_metrics for name, pack in known.items() if pack.by_metrics}
    added = {f"{name}-declared": make(metrics) for name, make in makers.items()}
    return {**{name: known[name] for name in makers}, **added}


def _metric(name: str, keys: schema.OwnMetric, scope: Scope) -> Metric | None:
    try:
        metric = Metric(
            name=name, kind=keys.kind, help=keys.help, labels=tuple(keys.labels), unit=keys.unit
        )
    except DeclarationError as fault:
        scope.at_key("plan-metric", ("metrics", name), fault.problem, hint=fault.hint or "")
        return None
    for pack, known in scope.registry.packs.items():
        if any(name in other.series for other in known.metrics):
            message = f"{name!r} is a metric of the pack {pack!r}"
            hint = f"choose another name, or drop it and add {pack} to the packs of its module"
            scope.at_key("plan-metric", ("metrics", name), message, hint=hint)
            return None
    return metric
