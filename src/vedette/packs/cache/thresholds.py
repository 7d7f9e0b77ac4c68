"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

HIT_RATIO = Threshold(
    name="cache_hit_ratio_minimum",
    default=0.5,
    unit="ratio",
    help="Share of questions that a busy cache answers below which LowCacheHitRatio fires.",
    source="our choice: a cache that misses more than it hits costs more than it saves",
    maximum=1.0,
)
ERRORS = Threshold(
    name="cache_error_ratio",
    default=0.01,
    unit="ratio",
    help="Share of commands that fail beyond which CacheErrors fires.",
    source="as database_error_ratio",
    maximum=1.0,
)
MEMORY = Threshold(
    name="cache_memory_ratio",
    default=0.9,
    unit="ratio",
    help="Share of its memory limit beyond which CacheMemoryFull fires while it evicts.",
    source="our choice: the last tenth is what a burst needs",
    maximum=1.0,
)

THRESHOLDS = (HIT_RATIO, ERRORS, MEMORY)
