"""End what a supervisor that was killed has left behind."""

import signal
import time

from vedette.process.living import marked, send

_POLL_SECONDS = 0.02
_GIVE_UP_SECONDS = 5.0


def end(token: str, *, patience: float) -> int:
    """End every process that carries a run's token, and wait until they are gone.

    Args:
        token: As the record of that run has it; nothing is done for an empty one.
        patience: Seconds between asking and killing.

    Returns:
        How many there were.
    """
    if not token:
        return 0
    found = marked(token)
    begin = time.monotonic()
    if patience > 0:
        send(found, signal.SIGTERM)
    rest = found
    while rest and time.monotonic() - begin < _GIVE_UP_SECONDS + patience:
        if time.monotonic() - begin >= patience:
            send(rest, signal.SIGKILL)
        time.sleep(_POLL_SECONDS)
        rest = marked(token)
    return len(found)
