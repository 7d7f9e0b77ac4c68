"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

SUCCESS = Threshold(
    name="business_success_ratio_minimum",
    default=0.9,
    unit="ratio",
    help="Share of an operation that works out below which LowSuccessRate fires.",
    source="our choice: set it to what your product is used to",
    maximum=1.0,
)

THRESHOLDS = (SUCCESS,)
