"""What Triton Inference Server exposes and this pack reads.

Its counters have no `_total`, and its times are microseconds added up: the mean of a time is
one rate over another. Names and labels:
https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/metrics.html
"""

from vedette.model.metric import Metric

_MODEL = ("model", "version")
_GPU = ("gpu_uuid",)


def _counter(name: str, help: str, *labels: str, unit: str = "") -> Metric:  # noqa: A002 - the noun's word
    return Metric(
        name=f"nv_inference_{name}",
        kind="counter",
        help=help,
        unit=unit,
        labels=(*_MODEL, *labels),
        external=True,
        waiver="Triton's own name",
    )


def _gauge(name: str, help: str, *labels: str, unit: str = "") -> Metric:  # noqa: A002 - the noun's word
    return Metric(
        name=f"nv_{name}", kind="gauge", help=help, unit=unit, labels=labels, external=True
    )


SUCCEEDED = _counter("request_success", "Requests that were answered.")
FAILED = _counter("request_failure", "Requests that were not, by the reason.", "reason")
INFERENCES = _counter("count", "Inferences; a request with a batch of four has four.")
EXECUTIONS = _counter("exec_count", "Batches that were run.")
REQUEST_TIME = _counter("request_duration_us", "Microseconds of all requests.", unit="microseconds")
QUEUE_TIME = _counter(
    "queue_duration_us", "Microseconds that all requests waited.", unit="microseconds"
)
COMPUTE_TIME = _counter(
    "compute_infer_duration_us", "Microseconds in the models.", unit="microseconds"
)
PENDING = _gauge("inference_pending_request_count", "Requests that wait.", *_MODEL)
GPU_BUSY = _gauge("gpu_utilization", "Share of the time that it worked.", *_GPU, unit="ratio")
GPU_USED = _gauge("gpu_memory_used_bytes", "Memory in use.", *_GPU, unit="bytes")
GPU_TOTAL = _gauge("gpu_memory_total_bytes", "Memory in all.", *_GPU, unit="bytes")

METRICS = (
    SUCCEEDED,
    FAILED,
    INFERENCES,
    EXECUTIONS,
    REQUEST_TIME,
    QUEUE_TIME,
    COMPUTE_TIME,
    PENDING,
    GPU_BUSY,
    GPU_USED,
    GPU_TOTAL,
)
