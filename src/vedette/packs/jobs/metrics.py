"""What is known of jobs that end, and of what was marked; the console exposes it."""

from vedette.model.job import LAST_END, LAST_FAILED, LAST_SECONDS, RUNS, SECONDS
from vedette.model.mark import MARK

METRICS = (RUNS, SECONDS, LAST_END, LAST_SECONDS, LAST_FAILED, MARK)
