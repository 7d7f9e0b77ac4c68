"""How much programs complain in their logs."""

from vedette.model.pack import Pack


def __getattr__(name: str) -> Pack:
    """Load the whole pack only when it is asked for: recording a metric needs none of it."""
    if name != "PACK":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from vedette.packs.logs.pack import PACK

    return PACK
