"""Which route of an ASGI application answered, read from what its router wrote down.

The router has chosen once; nothing here matches a path against routes a second time, so what
a request costs does not depend on how many routes there are. Every part of the answer is a
pattern: a label must not grow with what visitors ask for.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from vedette.middleware.protocols import Scope

UNMATCHED = "unmatched"
# Where a watch writes down the path of a page that it answers itself.
PAGE = "vedette.page"


class Routes:
    """The routes of one application.

    Args:
        app: The application; its routes are those of the first object along `.app` that has
            any, for middleware keeps what it wraps there.
    """

    def __init__(self, app: object) -> None:
        self._app = app
        self._mounts: dict[str, str] = {}

    def endpoint(self, scope: Scope) -> str:
        """Return the pattern of the route that answered, with those of its mounts before it.

        Args:
            scope: After the call, when the router has written down what it chose.
        """
        route: Any = scope.get("route")
        mounted = self._mounted(scope) if "app_root_path" in scope else ""
        if not hasattr(route, "methods"):  # a mount has none: what it holds is a route, or a file
            page: str = scope.get(PAGE, UNMATCHED)
            return f"{mounted}/*" if mounted else page
        # A router that FastAPI includes may stand under several prefixes; this one was taken.
        included: Any = scope.get("fastapi")
        chosen = included.get("effective_route_context") if included else None
        path: str = (chosen or route).path
        return mounted + path if mounted else path

    def has(self, path: str) -> bool:
        """Say whether the application has a route of its own at this very path."""
        return any(path == known.rstrip("/") for known in _paths(_routes(self._app)))

    def _mounted(self, scope: Scope) -> str:
        """Return the patterns of the mounts that were passed; the root path holds their text."""
        outside, inside = scope["app_root_path"], scope.get("root_path", "")
        if not inside.startswith(outside):  # a mounted application chose a root of its own
            return ""
        text: str = inside[len(outside) :]
        known = self._mounts.get(text)
        if known is not None:
            return known
        pattern = _pattern(_routes(self._app), text)
        if pattern == text:  # without parameters, so there are only as many as mounts
            self._mounts[text] = pattern
        return pattern


def _routes(app: object) -> Any:
    """Return the routes of an application, looking through the middleware around it."""
    seen: set[int] = set()
    while app is not None and id(app) not in seen:
        seen.add(id(app))
        routes = getattr(app, "routes", None)
        if isinstance(routes, Sequence):  # others mean something of their own by the word
            return routes
        app = getattr(app, "app", None)
    return ()


def _paths(routes: Any) -> Iterator[str]:
    for route in routes:
        contexts = getattr(route, "effective_route_contexts", None)
        for one in contexts() if contexts else (route,):
            path = getattr(one, "path", None)
            if isinstance(path, str):
                yield path


def _pattern(routes: Any, text: str) -> str:
    """Return the patterns of the mounts whose concrete paths, one after another, are `text`."""
    if not text:
        return ""
    for route in routes:
        regex, path = getattr(route, "path_regex", None), getattr(route, "path", "")
        if hasattr(route, "methods") or not path or regex is None:
            continue
        match = regex.match(f"{text}/")  # a mount's expression ends in /{path}
        if match and "path" in match.groupdict():
            rest = match.group("path").rstrip("/")
            return path + _pattern(_routes(route), f"/{rest}" if rest else "")
    return "*"  # a mount that cannot be seen from here
