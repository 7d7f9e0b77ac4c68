"""Count the messages of a log: what the integration of `logging` calls."""

from vedette.packs.logs import metrics
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

_STEP = 10  # between two levels: https://docs.python.org/3/library/logging.html#logging-levels
_KNOWN = {at * _STEP: level for at, level in enumerate(metrics.LEVELS, 1)}


class LogMessages:
    """The messages of one program; make it once and keep it.

    Args:
        monitor: Whose instruments; the process's own unless given.
    """

    def __init__(self, *, monitor: Monitor | None = None) -> None:
        cells = (Cell(metric=metrics.MESSAGES, value=1),)
        self._rows = Rows(monitor or default_monitor(), ("level", "logger"), cells)

    def record(self, *, level: int, logger: str) -> None:
        """Count one message.

        Args:
            level: Its level as a number; one between two known levels counts as the lower.
            logger: The logger's name; few different ones, for each is a series.
        """
        self._rows(_KNOWN.get(level) or _lower(level), logger)()


def _lower(level: int) -> str:
    return metrics.LEVELS[min(max(int(level) // _STEP, 1), len(metrics.LEVELS)) - 1]
