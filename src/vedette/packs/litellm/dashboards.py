"""What to look at: the LiteLLM proxy and the providers behind it."""

from vedette.model.dashboard import Dashboard, Link, Mapping, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.litellm import metrics, thresholds

_G = 'module=~"$module", instance=~"$instance"'
_M = f'{_G}, requested_model=~"$model"'
_RATE = "$__rate_interval"
_ASKED = "{{requested_model}}"
_MODEL = "{{model}}"


def _rate(metric: Metric, by: str, where: str = _M) -> str:
    return f"sum by ({by}) (rate({metric}{{{where}}}[{_RATE}]))"


def _p95(metric: Metric, by: str, where: str = _M) -> str:
    buckets = f"sum by ({by}, le) (rate({metric.bucket}{{{where}}}[{_RATE}]))"
    return f"histogram_quantile(0.95, {buckets})"


_REQUESTS = Row(
    title="Requests",
    panels=(
        Panel(
            title="Requests",
            description="Requests per second, by the model that was asked for.",
            unit="reqps",
            queries=(Query(expr=_rate(metrics.REQUESTS, "requested_model"), legend=_ASKED),),
        ),
        Panel(
            title="Failures by kind",
            description=(
                f"LiteLLMFailedRequests fires beyond {thresholds.FAILURES:human} of the requests."
            ),
            unit="reqps",
            stacked=True,
            queries=(
                Query(expr=_rate(metrics.FAILED, "exception_class"), legend="{{exception_class}}"),
            ),
        ),
        Panel(
            title="Deployments",
            description="What the proxy thinks of each; one that is out gets no requests.",
            kind="stat",
            queries=(
                Query(
                    expr=f"max by (litellm_model_name) ({metrics.STATE}{{{_G}}})",
                    legend="{{litellm_model_name}}",
                ),
            ),
            mappings=(
                Mapping(value=0, text="works", colour="green"),
                Mapping(value=1, text="partly fails", colour="orange"),
                Mapping(value=2, text="out", colour="red"),
            ),
        ),
    ),
)
_LATENCY = Row(
    title="Latency",
    panels=(
        Panel(
            title="Request p95",
            description=f"LiteLLMSlow fires beyond {thresholds.SLOW:human}.",
            unit="s",
            queries=(Query(expr=_p95(metrics.SECONDS, "requested_model"), legend=_ASKED),),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.SLOW)),
        ),
        Panel(
            title="Provider p95",
            description="The provider's part; what is missing to the request is the proxy's.",
            unit="s",
            queries=(Query(expr=_p95(metrics.API_SECONDS, "requested_model"), legend=_ASKED),),
        ),
        Panel(
            title="First token p95",
            description="Of streamed answers; what people feel.",
            unit="s",
            queries=(Query(expr=_p95(metrics.FIRST_TOKEN, "model", _G), legend=_MODEL),),
        ),
    ),
)
_USE = Row(
    title="Use",
    panels=(
        Panel(
            title="Tokens",
            description="Tokens read and written per second, by the provider's model.",
            width=12,
            queries=(
                Query(expr=_rate(metrics.READ_TOKENS, "model", _G), legend=f"{_MODEL} read"),
                Query(expr=_rate(metrics.WRITTEN_TOKENS, "model", _G), legend=f"{_MODEL} written"),
            ),
        ),
        Panel(
            title="Spend per hour",
            description="What an hour costs at the present pace, in the proxy's own prices.",
            unit="currencyUSD",
            width=12,
            queries=(Query(expr=f"{_rate(metrics.SPEND, 'model', _G)} * 3600", legend=_MODEL),),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-litellm",
        title="LiteLLM",
        description="Do the providers answer, how soon, and what do they cost?",
        variables=(
            Variable(
                name="module", label="Module", query=f"label_values({metrics.REQUESTS}, module)"
            ),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({metrics.REQUESTS}{{module=~"$module"}}, instance)',
            ),
            Variable(
                name="model",
                label="Model",
                query=f'label_values({metrics.REQUESTS}{{module=~"$module"}}, requested_model)',
            ),
        ),
        rows=(_REQUESTS, _LATENCY, _USE),
        links=(Link(title="Its clients", uid="vedette-llm"),),
        tags=("llm",),
    ),
)
