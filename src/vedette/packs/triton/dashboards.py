"""What to look at: one or many Triton servers."""

from vedette.model.dashboard import Dashboard, Link, Panel, Query, Row, Step, Variable
from vedette.model.metric import Metric
from vedette.packs.triton import metrics, thresholds

_G = 'module=~"$module", instance=~"$instance"'
_M = f'{_G}, model=~"$model"'
_RATE = "$__rate_interval"
_MODEL = "{{model}}"
_DEVICE = "{{gpu_uuid}}"


def _rate(metric: Metric, by: str = "model") -> str:
    return f"sum by ({by}) (rate({metric}{{{_M}}}[{_RATE}]))"


def _mean_seconds(metric: Metric) -> str:
    return f"{_rate(metric)} / {_rate(metrics.SUCCEEDED)} / 1000000"


_REQUESTS = Row(
    title="Requests",
    panels=(
        Panel(
            title="Answered",
            description="Requests answered per second.",
            unit="reqps",
            queries=(Query(expr=_rate(metrics.SUCCEEDED), legend=_MODEL),),
        ),
        Panel(
            title="Failures by reason",
            description=(
                f"TritonFailures fires beyond {thresholds.FAILURES:human} of the requests, "
                "CANCELED left out."
            ),
            unit="reqps",
            stacked=True,
            queries=(Query(expr=_rate(metrics.FAILED, "reason"), legend="{{reason}}"),),
        ),
        Panel(
            title="Waiting",
            description="Requests in the queue; a short spike is what batching is for.",
            queries=(Query(expr=f"sum by (model) ({metrics.PENDING}{{{_M}}})", legend=_MODEL),),
        ),
    ),
)
_TIME = Row(
    title="Time",
    panels=(
        Panel(
            title="Mean time of a request",
            description="Waiting and computing; Triton tells no quantiles.",
            unit="s",
            queries=(
                Query(expr=_mean_seconds(metrics.REQUEST_TIME), legend=f"{_MODEL} whole"),
                Query(expr=_mean_seconds(metrics.COMPUTE_TIME), legend=f"{_MODEL} model"),
            ),
        ),
        Panel(
            title="Share of time spent waiting",
            description=f"TritonQueue fires beyond {thresholds.QUEUE:human}.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            queries=(
                Query(
                    expr=f"{_rate(metrics.QUEUE_TIME)} / {_rate(metrics.REQUEST_TIME)}",
                    legend=_MODEL,
                ),
            ),
            steps=(Step(colour="green"), Step(colour="red", value=thresholds.QUEUE)),
        ),
        Panel(
            title="Mean batch",
            description="Inferences per run of the model; 1 means that nothing is batched.",
            queries=(
                Query(
                    expr=f"{_rate(metrics.INFERENCES)} / {_rate(metrics.EXECUTIONS)}",
                    legend=_MODEL,
                ),
            ),
        ),
    ),
)
_DEVICES = Row(
    title="GPU",
    panels=(
        Panel(
            title="GPU utilisation",
            description="Share of the time in which the card had work.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=12,
            queries=(
                Query(expr=f"max by (gpu_uuid) ({metrics.GPU_BUSY}{{{_G}}})", legend=_DEVICE),
            ),
        ),
        Panel(
            title="GPU memory in use",
            description="Near 1, no further model or instance fits.",
            unit="percentunit",
            minimum=0,
            maximum=1,
            width=12,
            queries=(
                Query(
                    expr=(
                        f"max by (gpu_uuid) ({metrics.GPU_USED}{{{_G}}})"
                        f" / max by (gpu_uuid) ({metrics.GPU_TOTAL}{{{_G}}})"
                    ),
                    legend=_DEVICE,
                ),
            ),
        ),
    ),
)

DASHBOARDS = (
    Dashboard(
        uid="vedette-triton",
        title="Triton",
        description="Do the models answer, and does anything wait?",
        variables=(
            Variable(
                name="module", label="Module", query=f"label_values({metrics.SUCCEEDED}, module)"
            ),
            Variable(
                name="instance",
                label="Instance",
                query=f'label_values({metrics.SUCCEEDED}{{module=~"$module"}}, instance)',
            ),
            Variable(
                name="model",
                label="Model",
                query=f'label_values({metrics.SUCCEEDED}{{module=~"$module"}}, model)',
            ),
        ),
        rows=(_REQUESTS, _TIME, _DEVICES),
        links=(
            Link(title="The GPUs below it", uid="vedette-gpu"),
            Link(title="Its clients", uid="vedette-models"),
        ),
        tags=("serving",),
    ),
)
