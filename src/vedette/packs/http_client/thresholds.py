"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

FAILURES = Threshold(
    name="http_client_error_ratio",
    default=0.05,
    unit="ratio",
    help="Share of requests to a host that fail beyond which OutgoingRequestsFailing fires.",
    source="as http_error_ratio, seen from the other side",
    maximum=1.0,
)

THRESHOLDS = (FAILURES,)
