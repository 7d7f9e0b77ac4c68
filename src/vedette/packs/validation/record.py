"""Record data checks: what a service calls when it has looked at its input."""

from vedette.packs.validation import metrics
from vedette.sdk.monitor import Monitor, default_monitor


class Check:
    """One named data check; make it once and keep it.

    Args:
        name: The label `check_name`, `prompt_length`.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, name: str, *, monitor: Monitor | None = None) -> None:
        bind = monitor or default_monitor()
        self._outcomes = {
            passed: bind.counter(
                metrics.CHECKS, check_name=name, status="success" if passed else "failure"
            )
            for passed in (True, False)
        }
        self._last = bind.gauge(metrics.LAST_RESULT, check_name=name)

    def record(self, passed: bool) -> bool:
        """Record one run of the check, and return `passed` so that it stands in an `if`."""
        self._outcomes[bool(passed)].inc()
        self._last.set(float(bool(passed)))
        return passed
