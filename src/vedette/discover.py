"""Find what plugs in: the folders are the registry."""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

from vedette.errors import DiscoveryError

T = TypeVar("T")


def names(package: ModuleType) -> tuple[str, ...]:
    """Return the names of the public modules directly inside `package`, sorted.

    Nothing is imported. Names that start with an underscore are helpers, not entries.
    """
    found = (info.name for info in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


def load(package: ModuleType, name: str, *, constant: str, kind: type[T]) -> T:
    """Import one entry of a registry and return the constant that it must define.

    Raises:
        DiscoveryError: the module has no such constant, or one of another type.
    """
    module = importlib.import_module(f"{package.__name__}.{name}")
    thing = getattr(module, constant, None)
    if not isinstance(thing, kind):
        problem = f"{module.__name__} has no {constant} of type {kind.__name__}"
        raise DiscoveryError(problem, hint=f"define {constant} = {kind.__name__}(...) in it")
    return thing


def discover(package: ModuleType, constant: str, kind: type[T]) -> dict[str, T]:
    """Return `constant` from every public module inside `package`, keyed by module name.

    Raises:
        DiscoveryError: a module has no such constant, or one of another type.
    """
    return {name: load(package, name, constant=constant, kind=kind) for name in names(package)}
