"""How often a caller may ask: a bucket of tokens per caller, filled as time goes by."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_CALLERS = 1000  # whoever has not asked for longest is forgotten, with a full bucket


class Limiter:
    """Lets each caller ask `per_second` times in the long run, and `burst` times at once.

    Args:
        per_second: Asked for in the long run.
        burst: Asked for at once.
        clock: Seconds that only rise.
    """

    def __init__(
        self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, caller: str) -> float:
        """Take one token of a caller's.

        Returns:
            0 where there was one; else the seconds until there is.
        """
        now = self._clock()
        with self._lock:
            left, since = self._buckets.pop(caller, (self._burst, now))
            left = min(self._burst, left + (now - since) * self._per_second)
            missing = max(0.0, 1.0 - left)
            self._buckets[caller] = (left if missing else left - 1.0, now)
            if len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
        return missing / self._per_second
