"""Stand around the methods of another library's classes, each once."""

import threading
from collections.abc import Callable
from typing import Any

# Not `__wrapped__`: whatever else stands around a method has that, too.
_ORIGINAL = "vedette_original"
_lock = threading.Lock()


def wrap(kind: type, name: str, around: Callable[[Any], Callable[..., Any]]) -> None:
    """Put a function of ours in the place of a method, unless one is there already.

    Others may stand around the same method, before us or after.

    Args:
        kind: The class; the method is replaced where it is defined, which may be a base.
        name: Of the method.
        around: Makes our function from what is there now.
    """
    with _lock:
        owner = next(base for base in kind.__mro__ if name in vars(base))
        there = vars(owner)[name]
        if not hasattr(there, _ORIGINAL):
            ours = around(there)
            setattr(ours, _ORIGINAL, there)
            setattr(owner, name, ours)


def unwrapped(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return what our function was put around; the method itself where there is none of ours."""
    inside: Callable[..., Any] = getattr(method, _ORIGINAL, method)
    return inside
