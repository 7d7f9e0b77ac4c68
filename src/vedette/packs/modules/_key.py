"""What an operation worked with, as the values of the common labels."""

from typing import TypedDict

Key = tuple[str, str, str, str]  # as model.convention.WHAT

UNNAMED = "unknown"  # what cannot be written down, or what nobody named


class With(TypedDict, total=False):
    """What an operation worked with; leave out what does not apply.

    Args:
        provider: Who did the work, where the module hands it on.
        model: Whose answer it was.
        model_version: Of that model.
    """

    provider: str
    model: str
    model_version: str


class Using(With, total=False):
    """What an operation worked with, and what it spent.

    Args:
        tokens: Read and written.
        cost: In the module's currency.
    """

    tokens: float
    cost: float


def key_of(operation: str, what: With) -> Key:
    """Return the values of the common labels, in their order."""
    get = what.get
    version = text(get("model_version", ""))
    return text(operation), text(get("provider", "")), text(get("model", "")), version


def changed(key: Key, what: With) -> Key:
    """Return a key with other values for what is named."""
    operation, provider, model, version = key
    known: With = {"provider": provider, "model": model, "model_version": version}
    return key_of(operation, {**known, **what})


def text(value: object) -> str:
    """Return the value of a label, whatever it is given as; never raises."""
    if isinstance(value, str):
        return value
    try:
        return "" if value is None else str(value)
    except Exception:  # noqa: BLE001 - a broken monitor never breaks the program
        return UNNAMED
