"""Record data checks: what a service calls when it has looked at its input."""

from vedette.packs.validation import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

_KEY = ("check_name",)
_COUNTED = (
    Cell(metric=metrics.CHECKS, value="passed", labels={"status": "success"}),
    Cell(metric=metrics.CHECKS, value="failed", labels={"status": "failure"}),
)
# Apart: a check that never ran has neither passed nor failed.
_LAST = (Cell(metric=metrics.LAST_RESULT, value="passed"),)


class Checks:
    """The data checks of one program; make it once and keep it.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, *, monitor: Monitor | None = None) -> None:
        chosen = monitor or default_monitor()
        self._counted = Rows(chosen, _KEY, _COUNTED)
        self._last = Rows(chosen, _KEY, _LAST)

    def expect(self, name: str) -> None:
        """Begin the counts of a check with 0, so that its first failure shows.

        Args:
            name: The label `check_name`: `prompt_length`; few of them.
        """
        self._counted(name)

    def record(self, name: str, passed: bool) -> bool:
        """Record one run of a check, and return `passed` so that it stands in an `if`.

        Args:
            name: The label `check_name`: `prompt_length`; few of them.
            passed: Whether the data passed.
        """
        success, failure = _verdict(passed)
        self._counted(name)(success, failure)
        self._last(name)(success)
        return passed


class Check:
    """One named data check; make it once and keep it.

    Args:
        name: The label `check_name`: `prompt_length`.
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, name: str, *, monitor: Monitor | None = None) -> None:
        self._name = name
        self._checks = Checks(monitor=monitor)
        self._checks.expect(name)

    def record(self, passed: bool) -> bool:
        """Record one run of the check, and return `passed` so that it stands in an `if`."""
        return self._checks.record(self._name, passed)


def _verdict(passed: bool) -> tuple[float, float]:
    """Return what is added to successes and failures."""
    try:
        return (1.0, 0.0) if passed else (0.0, 1.0)
    except Exception:  # noqa: BLE001 - the row that it goes to counts what is no verdict
        return passed, passed


# What `ContinuousMonitor` offers, by name.
CONTINUOUS = {"checks": Checks}
