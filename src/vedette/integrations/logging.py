"""The standard library's logging: count messages by level and logger."""

import logging
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from vedette.model.integration import Integration

if TYPE_CHECKING:
    from vedette.packs.logs.record import LogMessages
    from vedette.sdk.monitor import Monitor

INTEGRATION = Integration(
    title="logging",
    library="logging",
    summary="Messages by level and logger, so that errors in the log are an alert.",
    packs=("logs",),
    example="""\
import logging
from vedette.integrations.logging import instrument

instrument()
logging.getLogger("shop").error("no such item")
""",
)
_CHANGED = "_vedette_original"
_counting = threading.local()


def instrument(logger: logging.Logger | None = None, monitor: "Monitor | None" = None) -> None:
    """Count the messages of one logger, or of all in this process.

    Only what a logger lets through by its level and filters is counted. A second call
    changes nothing.

    Args:
        logger: The logger, with those below it that hand their messages on; all unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    if logger is None:
        _watch_every(monitor)
    elif not any(isinstance(handler, _Counter) for handler in logger.handlers):
        logger.addHandler(_Counter(monitor))


class _Counter(logging.Handler):
    """Counts the messages that reach one logger."""

    def __init__(self, monitor: "Monitor | None") -> None:
        super().__init__()
        self._monitor = monitor

    def emit(self, record: logging.LogRecord) -> None:
        """Count one message."""
        _count(self._monitor, record)


def _watch_every(monitor: "Monitor | None") -> None:
    handle: Any = logging.Logger.callHandlers
    if hasattr(handle, _CHANGED):
        return

    def watched(self: logging.Logger, record: logging.LogRecord) -> None:
        _count(monitor, record)
        handle(self, record)

    setattr(watched, _CHANGED, handle)
    changed: Any = logging.Logger
    changed.callHandlers = watched


def _count(monitor: "Monitor | None", record: logging.LogRecord) -> None:
    """Count a message, unless it is about the counting itself."""
    if getattr(_counting, "busy", False):
        return
    _counting.busy = True
    try:
        _messages(monitor).record(level=record.levelno, logger=record.name)
    finally:
        _counting.busy = False


@cache
def _messages(monitor: "Monitor | None") -> "LogMessages":
    """Return the recorder; loaded with the first message, for nearly every program logs."""
    from vedette.packs.logs.record import LogMessages

    return LogMessages(monitor=monitor)
