"""Mark that something happened: every dashboard shows it at its own time."""

import logging
import time
import uuid

from vedette.model.mark import KINDS, LONGEST_TEXT, Mark
from vedette.sdk import handover
from vedette.sdk.handover import Delivery, Parcel
from vedette.sdk.handover_place import Place

_FORMAT = 1
_log = logging.getLogger("vedette")


def mark(
    kind: str, text: str, *, at: float | None = None, module: str = "", model: str = ""
) -> bool:
    """Mark a deployment, an incident or a training on every dashboard.

    Nothing is raised: what cannot be marked is logged.

    Args:
        kind: `deployment`, `incident` or `training`.
        text: What happened, in a few words.
        at: When, Unix seconds; now unless given.
        module: The module that it happened to; empty for all.
        model: The model that it happened to; empty for all.

    Returns:
        True where the stack has it, or will have it once it runs.
    """
    try:
        made = make(kind, text, at=at, module=module, model=model)
        if made.kind not in KINDS:
            _log.warning("vedette knows no mark %r; there are %s", kind, ", ".join(KINDS))
            return False
        return send(made, handover.place(handover.here())).outcome != "lost"
    except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
        _log.warning("vedette cannot mark %r: %s", text, fault)
        return False


def make(
    kind: str, text: str, *, at: float | None = None, module: str = "", model: str = ""
) -> Mark:
    """Return a mark with an id of its own; arguments as for `mark`."""
    return Mark(
        id=uuid.uuid4().hex,
        kind=str(kind),
        text=str(text)[:LONGEST_TEXT],
        at=time.time() if at is None else float(at),
        module=str(module),
        model=str(model),
    )


def send(made: Mark, place: Place) -> Delivery:
    """Hand a mark to a stack; wait no longer than the setting `handover_seconds` says."""
    message = {"format": _FORMAT, "mark": dict(made.__dict__)}
    seconds = handover.known_settings().handover_seconds
    return handover.hand_over(Parcel(name=made.id, message=message, place=place, seconds=seconds))
