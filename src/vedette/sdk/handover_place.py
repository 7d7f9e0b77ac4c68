"""Where a stack is that takes what jobs and marks hand over.

A stack's console writes its address into the state folder when it begins to listen; a job
finds it there, below the folder in which it runs or one above.
"""

import base64
import contextlib
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from vedette import settings

# In the state folder: where the console listens, and the token that opens its door.
ADDRESS = "handover.json"
SPOOL = "spool"
_STATE = ".vedette"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where to hand something over.

    Args:
        url: The console's base address; empty where none is known.
        authorization: Value of the header of that name; empty for none.
        certificate: PEM file that vouches for the console; empty for the system's.
        spools: Folders where it is kept until the stack takes it; the first that can be
            written is used.
    """

    url: str = ""
    authorization: str = ""
    certificate: str = ""
    spools: tuple[Path, ...] = ()


def find(known: settings.Settings, here: Path) -> Place:
    """Return the stack that the settings name, else that of a folder or the nearest above it.

    Args:
        known: The settings.
        here: Where the program runs.
    """
    if known.stack.startswith(("http://", "https://")):
        return _named(known.stack)
    if known.stack:
        return at(Path(known.stack).expanduser())
    if known.state is not None:
        return at(known.state.expanduser())
    for state in _candidates(here):
        if (state / "version").is_file() or (state / ADDRESS).is_file():
            return at(state)
    return nowhere()


def at(state: Path) -> Place:
    """Return the stack of a state folder, whether it runs or not."""
    spools = (state / SPOOL, user_folder() / SPOOL)
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        value = json.loads((state / ADDRESS).read_text(encoding="utf-8"))
        return Place(
            url=str(value["url"]),
            authorization=f"Bearer {value['token']}",
            certificate=str(value.get("certificate", "")),
            spools=spools,
        )
    return Place(spools=spools)


def nowhere() -> Place:
    """Return where things wait for a stack of this user, of which none is known."""
    return Place(spools=(user_folder() / SPOOL,))


def user_folder() -> Path:
    """Return where Vedette keeps what belongs to a person and to no stack."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "vedette"
    given = settings.environment("XDG_STATE_HOME") or ""
    base = Path(given) if given.startswith("/") else Path.home() / ".local" / "state"
    return base / "vedette"


def _candidates(here: Path) -> Iterator[Path]:
    yield from (folder / _STATE for folder in (here, *here.parents))
    # A stack that was started in this folder without a plan file.
    mark = hashlib.sha256(str(here).encode(errors="surrogateescape")).hexdigest()[:8]
    yield user_folder() / f"{here.name or 'root'}-{mark}"


def _named(address: str) -> Place:
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    authorization = ""
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        authorization = f"Basic {base64.b64encode(login.encode()).decode()}"
    return Place(
        url=f"{parts.scheme}://{host}{parts.path.rstrip('/')}",
        authorization=authorization,
        spools=(user_folder() / SPOOL,),
    )
