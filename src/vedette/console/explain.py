"""Why a panel has no data."""

from vedette.console.upstream import Upstream
from vedette.dashboards.selectors import Selector, selectors
from vedette.errors import VedetteError

_LOOKED_AT = 4


async def explain(prometheus: Upstream, expr: str) -> str:
    """Say in one sentence why an expression gives nothing.

    Args:
        prometheus: Is asked for the series that the expression needs.
        expr: PromQL without variables.

    Raises:
        UpstreamError: Prometheus does not answer.
    """
    found = selectors(expr)
    for selector in found[:_LOOKED_AT]:
        if await _exists(prometheus, str(selector)):
            continue
        if selector.name and not await _exists(prometheus, selector.name):
            # By convention a colon is in the names of recording rules only.
            nobody = "No rule records" if ":" in selector.name else "No target exposes"
            return f"{nobody} {selector.name}."
        return f"No series of {selector.name or 'any metric'} matches {_braces(selector)}."
    if not found:
        return "The expression asks for no series."
    return (
        "Its series exist, but the expression gives no value in this range: a rate needs two"
        " scrapes within its window, a comparison drops what does not hold."
    )


def _braces(selector: Selector) -> str:
    return f"{{{selector.matchers}}}"


async def _exists(prometheus: Upstream, selector: str) -> bool:
    try:
        answer = await prometheus.json("/api/v1/query", {"query": f"count({selector})"})
    except VedetteError:
        # What our reading of the expression made of it is no selector: nothing is known.
        return True
    return bool(answer["result"])
