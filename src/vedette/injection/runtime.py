"""Inside the program that `vedette instrument` runs: watch libraries, serve the metrics."""

import os
import sys
import threading
import time
from importlib import import_module

from vedette import settings

_QUIET_SECONDS, _GLANCE_SECONDS = 2.0, 0.1
_begun = threading.Event()


def watch(integration: str) -> None:
    """Watch every use of one library from now on; what goes wrong is said, and that is all.

    Args:
        integration: The module of `vedette.integrations`.
    """
    try:
        import_module(f"vedette.integrations.{integration}").instrument()
    except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
        _say(f"cannot watch {integration}: {fault}")
    fields = _fields()
    if fields.get("root") == str(os.getpid()) and not _begun.is_set():
        _begun.set()
        _clear_up(fields.get("folder", ""))
        threading.Thread(target=_serve_if_nobody_does, daemon=True, name="vedette").start()


def serve(port: int) -> None:
    """Serve the metrics of this process on a port, and say where; 0 picks a free one."""
    from vedette.errors import VedetteError
    from vedette.sdk.server import start_monitoring_server

    _begun.set()
    try:
        _say(f"metrics at {start_monitoring_server(port).url}")
    except VedetteError as fault:
        _say(f"no metrics are served: {fault}")


def _serve_if_nobody_does() -> None:
    """Serve the metrics once the program has imported what it needs, and serves no page itself.

    How long a program imports depends on the machine; that it has imported nothing new for a
    while tells when it is through.
    """
    from vedette.middleware.serving import is_served

    modules, since = 0, time.monotonic()
    while time.monotonic() - since < _QUIET_SECONDS:
        time.sleep(_GLANCE_SECONDS)
        if is_served():
            return
        if len(sys.modules) != modules:
            modules, since = len(sys.modules), time.monotonic()
    serve(0)


def _clear_up(folder: str) -> None:
    """Remove the folder that workers shared, when this process ends."""
    if folder:
        from vedette.sdk.sharing import remove_at_exit

        remove_at_exit(folder)


def _fields() -> dict[str, str]:
    text = settings.read_kindly()[0].instrument
    pairs = (part.partition("=") for part in text.split(";"))
    return {name: value for name, _, value in pairs}


def _say(sentence: str) -> None:
    """Tell the person at the terminal; standard output belongs to the program."""
    sys.stderr.write(f"vedette: {sentence}\n")
    sys.stderr.flush()
