"""What to look at: one or many vLLM servers."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.vllm import metrics, thresholds

_M = 'module=~"$module", instance=~"$instance", model_name=~"$model"'
_RATE = "$__rate_interval"
_MODEL = "{{model_name}}"


def _sum(metric: Metric, by: str = "model_name") -> str:
    return f"sum by ({by}) ({metric}{{{_M}}})"


def _rate(metric: Metric, by: str = "model_name") -> str:
    return f"sum by ({by}) (rate({metric}{{{_M}}}[{_RATE}]))"


def _quantile(metric: Metric, share: float) -> str:
    buckets = f"sum by (model_name, le) (rate({metric.bucket}{{{_M}}}[{_RATE}]))"
    return f"histogram_quantile({share}, {buckets})"


def _latency(title: str, description: str, metric: Metric) -> Panel:
    return Panel(
        title=title,
        description=description,
        unit="s",
        queries=tuple(
            Query(expr=_quantile(metric, share), legend=f"{_MODEL} p{round(share * 100)}")
            for share in (0.5, 0.95)
        ),
    )


_LOAD = Row(
    title="Load",
    panels=(
        Panel(
            title="Requests by how they ended",
            description="`stop` and `length` are answers; `abort` left, `error` failed.",
            unit="reqps",
            stacked=True,
            queries=(
                Query(
                    expr=_rate(metrics.REQUESTS, "finished_reason"), legend="{{finished_reason}}"
                ),
            ),
        ),
        Panel(
            title="Running and waiting",
            description=f"VLLMQueueBacklog fires beyond {thresholds.QUEUE:human} waiting.",
            queries=(
                Query(expr=_sum(metrics.RUNNING), legend=f"{_MODEL} running"),
                Query(expr=_sum(metrics.WAITING), legend=f"{_MODEL} waiting"),
            ),
        ),
        Panel(
            title="Tokens",
            description="Tokens read and written per second.",
            queries=(
                Query(expr=_rate(metrics.PROMPT_TOKENS), legend=f"{_MODEL} read"),
                Query(expr=_rate(metrics.GENERATED_TOKENS), legend=f"{_MODEL} written"),
            ),
        ),
    ),
)
_LATENCIES = Row(
    title="Latency",
    panels=(
        _latency(
            "First token", "Waiting and reading the prompt; what people feel.", metrics.FIRST_TOKEN
        ),
        _latency("Between tokens", "Below 0.05 s text flows as one reads.", metrics.BETWEEN_TOKENS),
        _latency(
            "Whole answer", "Grows with the length of answers; compare with tokens.", metrics.WHOLE
        ),
    ),
)
_MEMORY = Row(
    title="Memory",
    panels=(
        Panel(
            title="KV cache in use",
            description=f"VLLMKVCacheSaturated fires beyond {thresholds.KV_CACHE:human}.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(
                Query(
                    expr=f"max by (model_name, instance) ({metrics.KV_CACHE}{{{_M}}})",
                    legend=f"{_MODEL} {{{{instance}}}}",
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.KV_CACHE)),
        ),
        Panel(
            title="Preemptions",
            description=f"VLLMPreemptions fires beyond {thresholds.PREEMPTIONS:human}.",
            unit="cps",
            queries=(Query(expr=_rate(metrics.PREEMPTIONS), legend=_MODEL),),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.PREEMPTIONS)),
        ),
        Panel(
            title="Prefix cache hits",
            description="Share of the prompts' tokens that were computed before; more is better.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(
                Query(
                    expr=f"{_rate(metrics.PREFIX_HITS)} / {_rate(metrics.PREFIX_QUERIES)}",
                    legend=_MODEL,
                ),
            ),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-vllm",
        title="vLLM",
        description="Do the models answer soon enough, and is there memory for more?",
        variables=(
            Variable(
                name="module", label="Module", query=f"label_values({metrics.RUNNING}, module)"
            ),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({metrics.RUNNING}{{module=~"$module"}}, instance)',
            ),
            Variable(
                name="model",
                label="Model",
                query=f'label_values({metrics.RUNNING}{{module=~"$module"}}, model_name)',
            ),
        ),
        rows=(_LOAD, _LATENCIES, _MEMORY),
        links=(
            Link(title="The GPUs below it", uid="vedette-gpu"),
            Link(title="Its clients", uid="vedette-llm"),
        ),
        tags=("llm",),
    ),
)
