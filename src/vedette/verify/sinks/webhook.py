"""An HTTP server that Alertmanager's webhooks can be sent to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from vedette.verify.sinks.inbox import Inbox

NAME = "webhook"


@contextmanager
def listening(inbox: Inbox) -> Iterator[str]:
    """Receive webhooks for as long as the block runs.

    Args:
        inbox: Where they are noted.

    Yields:
        The address to send them to.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(inbox))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name=NAME, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(inbox: Inbox) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                note(inbox, json.loads(body))
            except (ValueError, KeyError, TypeError, AttributeError):
                self.send_error(HTTPStatus.BAD_REQUEST, "not a notification of Alertmanager")
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Keep requests out of the output."""

    return Handler


def note(inbox: Inbox, payload: Any) -> None:
    """Note every alert of one notification (webhook format, version 4).

    Raises:
        KeyError: the payload lacks what the format demands.
    """
    for alert in payload["alerts"]:
        inbox.put(NAME, alert["labels"]["alertname"], alert["status"], labels=alert["labels"])
