"""How the models and services do: rate, errors and latency, out of the packs http and serving."""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vedette.console.upstream import Upstream
from vedette.packs.http.metrics import REQUEST_SECONDS, REQUESTS
from vedette.packs.serving.metrics import INFERENCE_SECONDS, INFERENCES, LOADED

POINTS = 60
_SPAN = 1800.0
_WINDOW = "2m"
# The same three questions of a service and of its models.
_SERVICE = {
    "rate": f"sum by (job) (rate({REQUESTS}[{_WINDOW}]))",
    "errors": f'sum by (job) (rate({REQUESTS}{{status=~"5.."}}[{_WINDOW}]))'
    f" / sum by (job) (rate({REQUESTS}[{_WINDOW}]))",
    "p95": "histogram_quantile(0.95,"
    f" sum by (job, le) (rate({REQUEST_SECONDS.bucket}[{_WINDOW}])))",
}
_MODEL = {
    "rate": f"sum by (job, model) (rate({INFERENCES}[{_WINDOW}]))",
    "errors": f'sum by (job, model) (rate({INFERENCES}{{status="error"}}[{_WINDOW}]))'
    f" / sum by (job, model) (rate({INFERENCES}[{_WINDOW}]))",
    "p95": "histogram_quantile(0.95,"
    f" sum by (job, model, le) (rate({INFERENCE_SECONDS.bucket}[{_WINDOW}])))",
    "loaded": f"min by (job, model) ({LOADED})",
}
Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One number now and over the last half hour; None where there is no sample."""

    now: float | None = None
    past: list[float | None] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Health:
    """How one service or model does.

    Args:
        rate: Requests or inferences per second.
        errors: Share of them that failed, 0 to 1.
        p95: Seconds that 95 % of them stay below.
        loaded: Of a model, whether it can answer; None where it does not say.
    """

    rate: Signal = field(default_factory=Signal)
    errors: Signal = field(default_factory=Signal)
    p95: Signal = field(default_factory=Signal)
    loaded: bool | None = None


async def fetch(prometheus: Upstream, now: float) -> dict[Key, Health]:
    """Ask for the health of every service (`(job, "")`) and every model (`(job, model)`).

    Args:
        prometheus: Is asked.
        now: Unix seconds.

    Raises:
        UpstreamError: Prometheus does not answer.
    """
    asked = {("", name): expr for name, expr in _SERVICE.items()}
    asked |= {("model", name): expr for name, expr in _MODEL.items()}
    answers = await asyncio.gather(*(_range(prometheus, expr, now) for expr in asked.values()))
    signals = dict(zip(asked, answers, strict=True))
    keys = sorted({key for answer in answers for key in answer})
    return {key: _health(key, signals) for key in keys}


def _health(key: Key, signals: Mapping[tuple[str, str], Mapping[Key, Signal]]) -> Health:
    scope = "model" if key[1] else ""
    loaded = signals["model", "loaded"].get(key) if scope else None
    rate = signals[scope, "rate"].get(key, Signal())
    return Health(
        rate=rate,
        # A ratio without a failure so far has no series; where there are requests it is zero.
        errors=signals[scope, "errors"].get(key) or _nought(rate),
        p95=signals[scope, "p95"].get(key, Signal()),
        loaded=None if loaded is None or loaded.now is None else loaded.now > 0,
    )


def _nought(rate: Signal) -> Signal:
    return Signal(now=0.0 if rate.now else None, past=[0.0 if v else None for v in rate.past])


async def _range(prometheus: Upstream, expr: str, now: float) -> dict[Key, Signal]:
    step = _SPAN / POINTS
    end = math.floor(now / step) * step
    params = {"query": expr, "start": str(end - _SPAN), "end": str(now), "step": str(step)}
    # The last point is of this moment, those before it stay on the grid.
    past, latest = await asyncio.gather(
        prometheus.json("/api/v1/query_range", {**params, "end": str(end)}),
        prometheus.json("/api/v1/query", {"query": expr, "time": str(now)}),
    )
    values = {_key(row): _number(row["value"][1]) for row in latest["result"]}
    found = {key: Signal(now=value) for key, value in values.items()}
    for row in past["result"]:
        line: list[float | None] = [None] * (POINTS + 1)
        for moment, text in row["values"]:
            line[min(POINTS, round((moment - end + _SPAN) / step))] = _number(text)
        found[_key(row)] = Signal(now=values.get(_key(row)), past=line)
    return found


def _key(row: dict[str, Any]) -> Key:
    return row["metric"].get("job", ""), row["metric"].get("model", "")


def _number(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None
