"""A mail server that Alertmanager's e-mails can be sent to."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from vedette.errors import UsageError
from vedette.verify.sinks.inbox import Inbox, Status

NAME = "email"
# Alertmanager's own subject: "[FIRING:2] AlertName module (other labels)".
_SUBJECT = re.compile(r"\[(?P<status>FIRING|RESOLVED)(:\d+)?\]\s+(?P<alert>[^\s(]+)")


@contextmanager
def listening(inbox: Inbox) -> Iterator[str]:
    """Receive e-mails for as long as the block runs.

    Args:
        inbox: Where they are noted.

    Yields:
        `host:port` of the mail server.

    Raises:
        UsageError: this installation lacks the mail server.
    """
    try:
        from aiosmtpd.smtp import SMTP
    except ModuleNotFoundError:
        problem = "vedette verify receives e-mails with aiosmtpd, which is not installed"
        raise UsageError(problem, hint="pip install 'vedette[verify]'") from None
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name=NAME, daemon=True)
    thread.start()

    async def serve() -> asyncio.Server:
        def protocol() -> Any:
            return SMTP(_Postbox(inbox), enable_SMTPUTF8=True, loop=loop)

        return await loop.create_server(protocol, "127.0.0.1", 0)

    async def close(server: asyncio.Server) -> None:
        server.close()
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(serve(), loop).result()
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(close(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class _Postbox:
    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        """Take one e-mail."""
        note(self._inbox, envelope.content)
        return "250 OK"


def note(inbox: Inbox, content: bytes) -> None:
    """Note the alert that an e-mail's subject names; other e-mails are not notifications."""
    message = message_from_bytes(content, policy=policy.default)
    if found := _SUBJECT.search(str(message["Subject"] or "")):
        status: Status = "firing" if found["status"] == "FIRING" else "resolved"
        inbox.put(NAME, found["alert"], status)
