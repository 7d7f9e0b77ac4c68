"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

FAILURES = Threshold(
    name="data_check_failure_ratio",
    default=0.1,
    unit="ratio",
    help="Share of a data check's runs that fail beyond which DataCheckFailing fires.",
    source="the data validator of a public orchestrator of models: missing values > 10 %",
    maximum=1.0,
)

THRESHOLDS = (FAILURES,)
