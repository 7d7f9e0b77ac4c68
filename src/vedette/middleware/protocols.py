"""What ASGI and WSGI call their parts; a web server speaks one of the two."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

# https://asgi.readthedocs.io/en/latest/specs/main.html
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# https://peps.python.org/pep-3333/
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]
