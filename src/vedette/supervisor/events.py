"""What happened to the programs, kept as one JSON object per line."""

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from vedette.supervisor.clock import Clock
from vedette.supervisor.logs import rotate


class Events:
    """Appends to events.jsonl; a full disk loses events, never the stack."""

    def __init__(self, file: Path, clock: Clock) -> None:
        self._file = file
        self._clock = clock

    def add(self, event: str, program: str = "", **details: Any) -> None:
        """Append one event.

        Args:
            event: What happened: `started`, `ready`, `exited`, `crashed`, `stopped` ...
            program: To which program; empty for the stack itself.
            details: Anything that JSON can hold.
        """
        row = {"at": self._clock.stamp(), "event": event, "program": program, **details}
        line = (json.dumps(row, ensure_ascii=False) + "\n").encode(errors="replace")
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        with contextlib.suppress(OSError):
            rotate(self._file)
            descriptor = os.open(self._file, flags, 0o600)
            try:
                os.write(descriptor, line)  # at once, so that no reader sees half a line
            finally:
                os.close(descriptor)
