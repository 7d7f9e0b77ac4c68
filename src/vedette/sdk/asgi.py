"""The metrics as an ASGI application, to mount into another or to run alone.

from vedette.sdk.asgi import metrics_app

app.mount("/metrics", metrics_app())
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, MutableMapping
from typing import Any

from vedette.sdk.answer import Answer, Scrapes
from vedette.sdk.monitor import Monitor, default_monitor

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]


def metrics_app(monitor: Monitor | None = None, *, token: str | None = None) -> App:
    """Return an application that answers a scrape on every path.

    The text is written in a thread, so that requests beside it do not wait.

    Args:
        monitor: Whose instruments; the process's own unless given.
        token: What a scrape must show as a bearer token; None where anybody may read.

    Raises:
        ValueError: the token is empty.
    """
    scrapes = Scrapes(monitor or default_monitor(), token=token)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await _send(await _answer(scrapes, scope), send)
        elif scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})

    return app


async def _answer(scrapes: Scrapes, scope: Scope) -> Answer:
    headers = _decoded(scope["headers"])
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # another event loop than asyncio's has its own threads
        return scrapes.answer(scope["method"], headers)
    return await loop.run_in_executor(None, scrapes.answer, scope["method"], headers)


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers as text; several of one name are one list."""
    decoded: dict[str, str] = {}
    for name, value in headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        decoded[key] = f"{decoded[key]}, {text}" if key in decoded else text
    return decoded


async def _send(answer: Answer, send: Send) -> None:
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers]
    await send({"type": "http.response.start", "status": int(answer.status), "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _live(receive: Receive, send: Send) -> None:
    """Start and stop with the server, where the application runs alone."""
    while True:
        phase = (await receive())["type"].removeprefix("lifespan.")
        await send({"type": f"lifespan.{phase}.complete"})
        if phase == "shutdown":
            return
