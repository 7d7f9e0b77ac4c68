"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

GROWTH = Threshold(
    name="memory_growth_bytes",
    default=100.0 * 2**20,
    unit="bytes",
    help="Growth of a process' memory within 5 minutes beyond which MemoryGrowth fires.",
    source="our choice: more than a GiB an hour fills any machine within a day",
)

THRESHOLDS = (GROWTH,)
