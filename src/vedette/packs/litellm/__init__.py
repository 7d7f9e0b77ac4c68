"""LiteLLM, a proxy before language models, as it sees itself."""

from vedette.model.pack import Pack


def __getattr__(name: str) -> Pack:
    """Load the whole pack only when it is asked for."""
    if name != "PACK":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from vedette.packs.litellm.pack import PACK

    return PACK
