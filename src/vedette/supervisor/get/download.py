"""Download one file whose SHA-256 is known: resumable, through proxies, checked."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import httpx

from vedette.supervisor.get import cache
from vedette.supervisor.get.source import Session, UnavailableError

_CHUNK = 256 * 1024
_READ_SECONDS = 30.0
_RESUMES = 4
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")  # says nothing to a person that the words do not
_OK, _PARTIAL, _BEYOND_END, _FIRST_ERROR = 200, 206, 416, 400


def fetch(url: str, sha256: str, session: Session, *, program: str) -> Path:
    """Return the file that `url` names, from the downloads folder or from its server.

    A file that a person has copied into the downloads folder is taken if its sum is right,
    also offline.

    Args:
        url: Where it is.
        sha256: What it must be.
        session: What may be used.
        program: Whose news this is.

    Raises:
        UnavailableError: it cannot be reached, or is not what the sum says.
    """
    folder = session.sources.cache / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / PurePosixPath(urlsplit(url).path).name
    with cache.lock(session.sources.cache, f"{file.name}.download"):
        if file.is_file() and cache.sha256(file) == sha256:
            return file
        file.unlink(missing_ok=True)
        _refuse_network(url, file, session)
        for attempt in ("downloading", "again, it came damaged:"):
            part = _download(url, file, session, program=program, text=f"{attempt} {url}")
            if cache.sha256(part) == sha256:
                part.replace(file)
                session.fetched.add(file)
                return file
            part.unlink()
    reason = f"{url} came twice with another SHA-256 than {sha256}"
    raise UnavailableError(
        reason=reason, remedy="something on the way changes files, or the pin is wrong"
    )


def _refuse_network(url: str, file: Path, session: Session) -> None:
    remedy = f"copy {url} to {file}"
    if session.sources.offline:
        raise UnavailableError(
            reason="not in the cache, and the network is forbidden", remedy=remedy
        )
    host = urlsplit(url).netloc
    if host in session.unreachable:
        raise UnavailableError(
            reason=f"{host} cannot be reached ({session.unreachable[host]})", remedy=remedy
        )


def _download(url: str, file: Path, session: Session, *, program: str, text: str) -> Path:
    part = file.with_name(f"{file.name}.part")
    for remaining in reversed(range(_RESUMES)):
        have = part.stat().st_size if part.exists() else 0
        try:
            _continue(url, part, session, program=program, text=text)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise _unreachable(url, file, session, error=error) from None
        except httpx.TransportError as error:
            grown = part.exists() and part.stat().st_size > have
            if not remaining or not grown:
                reason = f"{url} broke off ({_words(error)}); the next try resumes it"
                raise UnavailableError(reason=reason, remedy=f"copy it to {file}") from None
        except (httpx.InvalidURL, ValueError, ImportError) as error:
            raise UnavailableError(reason=f"{url} or a proxy setting is wrong: {error}") from None
        else:
            return part
    return part


def _continue(url: str, part: Path, session: Session, *, program: str, text: str) -> None:
    have = part.stat().st_size if part.exists() else 0
    with _answer(url, have, session) as answer:
        if answer.status_code == _BEYOND_END:
            return  # the part is complete, or wrong: its sum will tell
        if answer.status_code >= _FIRST_ERROR:
            raise UnavailableError(reason=f"{url} answered {answer.status_code}")
        resumed = answer.status_code == _PARTIAL
        have = have if resumed else 0
        total = have + int(answer.headers.get("content-length") or 0)
        with part.open("ab" if resumed else "wb") as stream:
            for chunk in answer.iter_raw(_CHUNK):
                stream.write(chunk)
                have += len(chunk)
                session.say(program, text, done=have, total=max(total, have))


@contextlib.contextmanager
def _answer(url: str, have: int, session: Session) -> Iterator[httpx.Response]:
    timeout = httpx.Timeout(_READ_SECONDS, connect=session.sources.connect_seconds)
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with (
        httpx.Client(timeout=timeout, follow_redirects=True) as client,
        client.stream("GET", url, headers=headers) as answer,
    ):
        yield answer


def _unreachable(
    url: str, file: Path, session: Session, *, error: httpx.TransportError
) -> UnavailableError:
    host = urlsplit(url).netloc
    session.unreachable[host] = _words(error)
    reason = f"{host} cannot be reached ({_words(error)})"
    return UnavailableError(reason=reason, remedy=f"copy {url} to {file}")


def _words(error: Exception) -> str:
    return _NUMBER.sub("", str(error)) or type(error).__name__
