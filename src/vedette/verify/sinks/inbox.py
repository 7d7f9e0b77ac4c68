"""What the sinks have received."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["firing", "resolved"]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One alert in one notification.

    Args:
        sink: `webhook` or `email`.
        alert: Its name.
        status: What was told of it.
        labels: Its labels; only as many as the notification carries.
        at: When it arrived, in seconds since the epoch.
    """

    sink: str
    alert: str
    status: Status
    labels: Mapping[str, str] = field(default_factory=dict)
    at: float


class Inbox:
    """Collects notices from threads; what was received stays received."""

    def __init__(self) -> None:
        self._notices: list[Notice] = []
        self._lock = threading.Lock()

    def put(
        self, sink: str, alert: str, status: Status, *, labels: Mapping[str, str] | None = None
    ) -> None:
        """Note what has just arrived."""
        notice = Notice(sink=sink, alert=alert, status=status, labels=labels or {}, at=time.time())
        with self._lock:
            self._notices.append(notice)

    def first(
        self, sink: str, alert: str, status: Status, *, since: float, labels: Mapping[str, str]
    ) -> Notice | None:
        """Return the first notice of this kind that arrived after `since`, or None.

        Args:
            sink: `webhook` or `email`.
            alert: The alert's name.
            status: What must have been told.
            since: Seconds since the epoch.
            labels: Labels that must not contradict those of the notice.
        """
        with self._lock:
            for notice in self._notices:
                if (notice.sink, notice.alert, notice.status) != (sink, alert, status):
                    continue
                fits = all(
                    notice.labels.get(name, value) == value for name, value in labels.items()
                )
                if notice.at >= since and fits:
                    return notice
        return None

    def __len__(self) -> int:
        """How many notices there are."""
        return len(self._notices)
