"""Triton Inference Server, as it sees itself."""

from vedette.model.pack import Pack


def __getattr__(name: str) -> Pack:
    """Load the whole pack only when it is asked for."""
    if name != "PACK":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from vedette.packs.triton.pack import PACK

    return PACK
