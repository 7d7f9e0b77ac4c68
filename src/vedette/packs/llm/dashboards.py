"""What to look at: language models at a glance; the other page shows their answers in detail."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step
from vedette.packs.llm._queries import GPU_MEMORY, MODEL_SELECTION, RATE, VARIABLES, quantile
from vedette.packs.llm.dashboard_answers import ANSWERS
from vedette.packs.llm.metrics import (
    BUDGET_DAILY,
    COST_DAILY,
    GENERATED,
    LATENCY,
    SAFETY_CHECKS,
    SAFETY_FAILURES,
)
from vedette.packs.llm.thresholds import LATENCY_LIMIT, THROUGHPUT_LEAST

_M = MODEL_SELECTION


def _over_range(metric: object) -> str:
    return f"sum(increase({metric}{{{_M}}}[$__range]))"


_NOW = Row(
    title="Now",
    panels=(
        Panel(
            title="Daily cost",
            description="What today has cost so far; compare it with the budget.",
            kind="stat",
            unit="currencyGBP",
            decimals=2,
            width=6,
            height=4,
            queries=(Query(expr=f"sum(max by (module, model) ({COST_DAILY}{{{_M}}}))"),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Budget used",
            description="Share of the day's budget that is spent; red when nothing is left.",
            kind="gauge",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=6,
            height=4,
            queries=(
                Query(
                    expr=(
                        f"sum(max by (module, model) ({COST_DAILY}{{{_M}}}))"
                        f" / (sum(max by (module, model) ({BUDGET_DAILY}{{{_M}}})) > 0)"
                    ),
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=1)),
        ),
        Panel(
            title="Total tokens",
            description="Tokens produced over the time that is shown.",
            kind="stat",
            width=6,
            height=4,
            queries=(Query(expr=_over_range(GENERATED)),),
            steps=(Step(colour="blue"),),
        ),
        Panel(
            title="Safety failures",
            description="Answers over the time that is shown that were judged unsafe; good: none.",
            kind="stat",
            decimals=0,
            width=6,
            height=4,
            queries=(Query(expr=_over_range(SAFETY_FAILURES)),),
            steps=(Step(colour="green"), Step(colour="red", value=1)),
        ),
    ),
)
_LATENCY = Row(
    title="Latency and tokens",
    panels=(
        Panel(
            title="Inference latency",
            description=(
                f"HighInferenceLatency fires for a p95 that stays above {LATENCY_LIMIT:human}."
            ),
            unit="ms",
            width=12,
            queries=tuple(
                Query(expr=quantile(LATENCY, share), legend=f"p{round(share * 100)}")
                for share in (0.5, 0.95, 0.99)
            ),
            steps=(Step(colour="green"), Step(colour="red", value=LATENCY_LIMIT)),
        ),
        Panel(
            title="Token rate",
            description=(
                "Tokens produced per second; LowThroughput fires for a model that stays below "
                f"{THROUGHPUT_LEAST:human} per second while requests arrive."
            ),
            width=12,
            queries=(
                Query(
                    expr=f"sum by (module, model) (rate({GENERATED}{{{_M}}}[{RATE}]))",
                    legend="{{module}} {{model}}",
                ),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=THROUGHPUT_LEAST)),
        ),
    ),
)
_SAFETY = Row(
    title="Safety and memory",
    panels=(
        Panel(
            title="Safety pass rate",
            description="Share of the judged answers that were safe; good: all of them.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=16,
            queries=(
                Query(
                    expr=(
                        f"1 - sum by (module, model) (rate({SAFETY_FAILURES}{{{_M}}}[{RATE}]))"
                        f" / sum by (module, model) (rate({SAFETY_CHECKS}{{{_M}}}[{RATE}]))"
                    ),
                    legend="{{module}} {{model}}",
                ),
            ),
            steps=(Step(colour="red"), Step(colour="green", value=1)),
        ),
        Panel(
            title="GPU memory",
            description=(
                "Share of each GPU's memory in use, whichever model holds it; HighGPUMemory and "
                "CriticalGPUMemory tell of too much."
            ),
            unit="percent",
            minimum=0,
            maximum=100,
            width=8,
            queries=(
                Query(
                    expr=f'max by (module, gpu) ({GPU_MEMORY}{{module=~"$module"}})',
                    legend="{{module}} {{gpu}}",
                ),
            ),
        ),
    ),
)
OVERVIEW = Dashboard(
    uid="vedette-llm",
    title="HuggingFace Pro + MCP",
    description="How do the language models do: how fast, how much, how safe, at which cost?",
    variables=VARIABLES,
    rows=(_NOW, _LATENCY, _SAFETY),
    links=(
        Link(title="Each answer", uid="vedette-generation"),
        Link(title="GPU memory", uid="vedette-gpu"),
        Link(title="Requests of the service", uid="vedette-http"),
    ),
    tags=("llm",),
)

DASHBOARDS = (OVERVIEW, ANSWERS)
