"""An integration: how one framework or library is watched."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Integration:
    """What `vedette instrument` and the documentation know of one module of `integrations/`.

    Each such module also has `instrument()`: without arguments it watches every use of the
    library in this process from now on (twice changes nothing); its arguments watch one
    object instead, where the library has such objects.

    Args:
        title: The library as its makers write it.
        library: The module whose import says that a program uses it (`flask`).
        summary: One sentence: what is recorded.
        packs: Names of the packs whose metrics it feeds.
        example: The lines that a user pastes, at most three of ours.
        automatic: Whether `vedette instrument` can watch it without a change of code.
    """

    title: str
    library: str
    summary: str
    packs: tuple[str, ...]
    example: str
    automatic: bool = True
