"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

FAILURES = Threshold(
    name="load_failure_ratio",
    default=0.05,
    unit="ratio",
    help="Share of a load test's requests that fail beyond which LoadTestFailing fires.",
    source="as http_error_ratio, seen from outside",
    maximum=1.0,
)

THRESHOLDS = (FAILURES,)
