"""Python imports this before the program that `vedette instrument` runs, and in its children.

It costs next to nothing: no module is imported that Python has not imported already, Vedette
included, before the program itself imports a library that is watched.
"""

import os
import sys

TYPE_CHECKING = False  # as that of typing, without importing it
if TYPE_CHECKING:
    from typing import Any

_VARIABLE = "VEDETTE_INSTRUMENT"


class _Finder:
    """Stands first among those that find modules, and waits for the names that are watched."""

    def __init__(self, watched: "dict[str, str]") -> None:
        self._watched = watched

    def find_spec(self, name: str, path: "Any" = None, target: "Any" = None) -> "Any":
        """Find a watched module as the others do, but hear when it was executed."""
        integration = self._watched.pop(name, None)
        if integration is None:
            return None
        for finder in sys.meta_path:
            find = None if finder is self else getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find else None
            if spec is not None:
                if hasattr(spec.loader, "exec_module"):
                    spec.loader = _Loader(spec.loader, integration)
                return spec
        self._watched[name] = integration  # it is not installed, or not yet
        return None


class _Loader:
    """Executes one watched module with its own loader, and leaves no trace in it."""

    def __init__(self, loader: "Any", integration: str) -> None:
        self._loader = loader
        self._integration = integration

    def __getattr__(self, name: str) -> "Any":
        return getattr(self._loader, name)

    def create_module(self, spec: "Any") -> "Any":
        """Make the module as its own loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: "Any") -> None:
        """Execute the module; then it can be watched."""
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        _call("watch", self._integration)


def _call(what: str, *arguments: object) -> None:
    """Call Vedette; whatever goes wrong there, the program goes on."""
    try:
        from vedette.injection import runtime

        getattr(runtime, what)(*arguments)
    except BaseException as fault:
        if isinstance(fault, (KeyboardInterrupt, SystemExit)):
            raise
        if not _Said.already:
            _Said.already = True
            sys.stderr.write(f"vedette: {sys.executable} does not watch this program: {fault}\n")


class _Said:
    already = False


def _begin() -> None:
    fields = dict(part.partition("=")[::2] for part in os.environ.get(_VARIABLE, "").split(";"))
    watched = dict(pair.split(":") for pair in fields.get("watch", "").split(",") if pair)
    pid = str(os.getpid())
    if not fields.get("root"):  # the first Python process; those that it starts know that
        fields["root"] = pid
        os.environ[_VARIABLE] = ";".join(f"{name}={text}" for name, text in fields.items())
    if fields["root"] == pid and fields.get("port"):
        _call("serve", int(fields["port"]))
    sys.meta_path.insert(0, _Finder(watched))
    for name in [name for name in watched if name in sys.modules]:
        _call("watch", watched.pop(name))


def _hand_on() -> None:
    """Execute the sitecustomize that this one stands before."""
    own = sys.modules.pop(__name__)
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
    sys.path_importer_cache.pop(here, None)
    try:
        __import__(__name__)  # that of the user, or of the distribution
    except ModuleNotFoundError as missing:
        if missing.name != __name__:
            raise
    finally:
        sys.modules.setdefault(__name__, own)


if os.environ.get(_VARIABLE):
    _begin()
_hand_on()
