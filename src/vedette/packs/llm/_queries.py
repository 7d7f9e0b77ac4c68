"""What both pages ask for."""

from vedette.model.dashboard import Variable
from vedette.model.metric import Metric
from vedette.packs.llm.metrics import REQUESTS

# Another pack's: a program that runs a model tells it, or the watch of the GPUs does.
GPU_MEMORY = "gpu_memory_percent"
RATE = "$__rate_interval"
SELECTION = 'module=~"$module", instance=~"$instance"'
MODEL_SELECTION = f'{SELECTION}, model=~"$model"'
VARIABLES = (
    Variable(name="module", label="Module", query=f"label_values({REQUESTS}, module)"),
    Variable(
        name="instance",
        label="Instance",
        query=f'label_values({REQUESTS}{{module=~"$module"}}, instance)',
    ),
    Variable(name="model", label="Model", query=f"label_values({REQUESTS}{{{SELECTION}}}, model)"),
)


def quantile(metric: Metric, share: float, *by: str, selection: str = MODEL_SELECTION) -> str:
    """Return the query for one percentile of a histogram.

    Args:
        metric: The histogram.
        share: Which percentile, 0 to 1.
        by: Labels that stay apart.
        selection: Which series.
    """
    labels = "".join(f"{label}, " for label in by)
    buckets = f"rate({metric.bucket}{{{selection}}}[{RATE}])"
    return f"histogram_quantile({share}, sum by ({labels}le) ({buckets}))"
