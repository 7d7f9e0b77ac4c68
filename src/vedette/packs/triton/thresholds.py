"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

FAILURES = Threshold(
    name="triton_failure_ratio",
    default=0.01,
    unit="ratio",
    help="Share of requests that fail, cancelled ones left out, beyond which TritonFailures fires.",
    source="our choice: one in a hundred, as for other services of models",
    maximum=1.0,
)
QUEUE = Threshold(
    name="triton_queue_ratio",
    default=0.5,
    unit="ratio",
    help="Share of the time of requests spent waiting beyond which TritonQueue fires.",
    source="our choice: waiting takes longer than everything else together",
    maximum=1.0,
)

THRESHOLDS = (FAILURES, QUEUE)
