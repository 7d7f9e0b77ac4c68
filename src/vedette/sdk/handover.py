"""Hand something over to the running stack and leave, or leave it where the stack will look."""

import contextlib
import http.client
import json
import logging
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from vedette import settings
from vedette.errors import VedetteError
from vedette.sdk import handover_place, handover_spool
from vedette.sdk.handover_place import Place

PATH = "/api/handover"
# The console takes no more at once; the stack reads larger messages from their files.
LARGEST = 900_000
_SHORTEST = 0.05
# Given to the disk even where nobody is to wait for the stack.
_DISK_SECONDS = 1.0
Outcome = Literal["taken", "kept", "lost"]

_log = logging.getLogger("vedette")


@dataclass(kw_only=True)
class Delivery:
    """What became of one message.

    Args:
        outcome: `taken` by the stack, `kept` in a file until it runs, or `lost`.
        file: Where it is kept; None where it is not.
        reason: Why the stack did not take it.
    """

    outcome: Outcome = "lost"
    file: Path | None = None
    reason: str = "it did not answer in time"


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One message on its way.

    Args:
        name: Names it, and nothing else.
        message: What is handed over.
        place: Where to.
        seconds: How long whoever hands it over waits.
        delivery: What became of it.
        written: Set once the disk has it, or will not have it.
    """

    name: str
    message: Mapping[str, Any]
    place: Place
    seconds: float
    delivery: Delivery = field(default_factory=Delivery)
    written: threading.Event = field(default_factory=threading.Event)


def known_settings() -> settings.Settings:
    """Return the settings; their defaults where one of them is wrong."""
    try:
        return settings.read()
    except VedetteError as error:
        _log.warning("vedette goes on with default settings: %s", error.problem)
        return settings.Settings()


def here() -> Path:
    """Return where the program runs; the root where that folder is gone."""
    with contextlib.suppress(OSError):
        return Path.cwd()
    return Path("/")


def place(folder: Path) -> Place:
    """Return the stack of a program that runs in a folder; its address is read anew."""
    with contextlib.suppress(OSError):
        return handover_place.find(known_settings(), folder)
    return handover_place.nowhere()


def hand_over(parcel: Parcel) -> Delivery:
    """Hand a message over; wait no longer than it says, and never raise.

    The message is first written to a file, so that it survives whatever follows, and the
    file is removed once the stack has taken it.
    """
    thread = threading.Thread(target=_deliver, args=(parcel,), daemon=True)
    try:
        # A thread: neither a slow disk nor a console that hangs can then hold the program.
        thread.start()
    except RuntimeError:  # the interpreter is shutting down
        _deliver(parcel)
    else:
        end = time.monotonic() + parcel.seconds
        parcel.written.wait(max(parcel.seconds, _DISK_SECONDS))
        thread.join(max(0.0, end - time.monotonic()))
    _tell(parcel)
    return parcel.delivery


def _deliver(parcel: Parcel) -> None:
    delivery = parcel.delivery
    end = time.monotonic() + parcel.seconds
    try:
        text = json.dumps(parcel.message, ensure_ascii=False).encode("utf-8", "replace")
        delivery.file = handover_spool.keep(parcel.name, text, parcel.place.spools)
        delivery.outcome = "kept" if delivery.file else "lost"
        parcel.written.set()
        delivery.reason = _post(parcel.place, text, end)
        if not delivery.reason:
            delivery.outcome = "taken"
            if delivery.file:
                delivery.file.unlink(missing_ok=True)
    except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
        delivery.reason = f"{fault.__class__.__name__}: {fault}"
    finally:
        parcel.written.set()


def _post(place: Place, text: bytes, end: float) -> str:
    """Return why the console did not take it; empty where it did."""
    if not place.url:
        return "no stack runs here"
    if len(text) > LARGEST:
        return "it is large, and read from its file instead"
    parts = urlsplit(place.url)
    connection = _connection(parts.scheme, parts.netloc, place=place, end=end)
    try:
        return _ask(connection, parts.path + PATH, text=text, place=place)
    except TimeoutError:
        return f"{place.url} did not answer in time"
    except (OSError, http.client.HTTPException) as fault:
        return f"{place.url} did not answer: {fault}"
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, path: str, *, text: bytes, place: Place) -> str:
    headers = {"Content-Type": "application/json"}
    if place.authorization:
        headers["Authorization"] = place.authorization
    connection.request("POST", path, body=text, headers=headers)
    answer = connection.getresponse()
    said = answer.read(2000).decode(errors="replace")
    return "" if answer.status == HTTPStatus.OK else f"{place.url} answered {answer.status}: {said}"


def _connection(scheme: str, host: str, *, place: Place, end: float) -> http.client.HTTPConnection:
    patience = max(_SHORTEST, end - time.monotonic())
    if scheme != "https":
        return http.client.HTTPConnection(host, timeout=patience)
    context = ssl.create_default_context(cafile=place.certificate or None)
    # The plan's certificate names the outside address; the token is only for this machine.
    context.check_hostname = not place.certificate
    return http.client.HTTPSConnection(host, timeout=patience, context=context)


def _tell(parcel: Parcel) -> None:
    delivery = parcel.delivery
    if delivery.outcome == "lost":
        _log.warning("vedette lost what was handed over: %s", delivery.reason)
    elif delivery.outcome == "kept":
        level = logging.WARNING if parcel.place.url else logging.INFO
        _log.log(level, "vedette keeps it in %s: %s", delivery.file, delivery.reason)
