"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

ERRORS = Threshold(
    name="log_errors_per_second",
    default=0.1,
    help="Errors logged per second by one module beyond which LogErrors fires.",
    source="our choice: as http_errors_per_second, six in a minute",
)

THRESHOLDS = (ERRORS,)
