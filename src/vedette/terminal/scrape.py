"""Gets an exposition for a command: from an address, a file or standard input."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from vedette.doctor.fetch import BODY_LIMIT, Answer, Kind, Question, Trouble, fetch
from vedette.errors import UsageError, VedetteError
from vedette.exposition.guess import instead
from vedette.exposition.nouns import Exposition
from vedette.exposition.read import read
from vedette.model.finding import Finding
from vedette.planfile.address import Address, is_address, parse
from vedette.planfile.hosts import reachable

SECONDS = 10.0  # Prometheus' own patience
_STANDARD_INPUT = "-"
_OK = range(200, 300)
_LOCKED = frozenset({401, 403})
_NOT_FOUND, _NOT_ALLOWED = 404, 405
_OTHER_PATHS = ("/metrics", "/metrics/", "/actuator/prometheus", "/prometheus", "/q/metrics")


class ScrapeError(VedetteError):
    """Nothing could be read from an address that is meant to expose metrics."""


class LoginAskedError(ScrapeError):
    """The address answers only those who show a login."""


@dataclass(frozen=True, kw_only=True)
class Scraped:
    """What was exposed.

    Args:
        source: Where it came from, as it can be shown.
        exposition: What it says.
        findings: What there is to say about the way it came.
        address: The address, where it is one.
    """

    source: str
    exposition: Exposition
    findings: tuple[Finding, ...] = ()
    address: Address | None = None


def scrape(source: str, *, seconds: float = SECONDS) -> Scraped:
    """Read the exposition that a command was given.

    Args:
        source: An address, a file, or `-` for standard input.
        seconds: How long an address may take.

    Raises:
        UsageError: there is no such file, or the address is none.
        ScrapeError: nothing could be read, with the reason.
    """
    if source == _STANDARD_INPUT:
        return _judged("standard input", sys.stdin.buffer.read(BODY_LIMIT + 1))
    if is_address(source) and not Path(source).is_file():
        return ask(parse(source), seconds=seconds)
    return _judged(source, _file(Path(source)))


def ask(address: Address, *, seconds: float = SECONDS) -> Scraped:
    """Read what an address exposes.

    Args:
        address: Where.
        seconds: How long it may take.

    Raises:
        ScrapeError: it answers nothing, or something else.
    """
    reached, moved = _moved(address)
    answer = fetch(Question(url=reached.secret_url, seconds=seconds))
    if isinstance(answer, Trouble):
        raise _unreachable(reached, answer, seconds)
    if answer.status not in _OK:
        raise _refused(reached, answer, seconds)
    findings = [*moved, *_redirected(reached, answer)]
    scraped = _judged(address.url, answer.body, answer.kind, whole=answer.whole)
    return replace(scraped, findings=(*findings, *scraped.findings), address=address)


def _file(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(BODY_LIMIT + 1)
    except FileNotFoundError:
        hint = "write http://host:port/metrics for an address, - for standard input"
        problem = f"there is no file {file}"
        raise UsageError(problem, hint=hint) from None
    except OSError as error:
        problem = f"{file} cannot be read: {error.strerror or error}"
        raise UsageError(problem, hint="name a file that is readable") from None


def _judged(source: str, body: bytes, kind: str = "", *, whole: bool = True) -> Scraped:
    """Read a body, or say what it is instead."""
    if len(body) > BODY_LIMIT:
        body, whole = body[:BODY_LIMIT], False
    if other := instead(body, kind):
        problem = f"{source} is not Prometheus text: it is {other}"
        raise ScrapeError(problem, hint=_elsewhere())
    exposition = read(body, kind, whole=whole)
    if not exposition.families and exposition.problems:
        first = exposition.problems[0]
        problem = f"{source} is not Prometheus text: line {first.line}: {first.message}"
        raise ScrapeError(problem, hint=_elsewhere())
    return Scraped(source=source, exposition=exposition, findings=() if whole else (_huge(source),))


def _elsewhere() -> str:
    return "name the path where the metrics are; many services use /metrics"


def _huge(source: str) -> Finding:
    size = f"{BODY_LIMIT >> 20} MiB"
    return Finding(
        rule="lint-huge",
        level="error",
        subject=source,
        message=f"there is more than {size}; only the first {size} were looked at",
        hint="expose less: fewer labels, fewer buckets; no scrape of that size ends well",
        file=source,
    )


def _moved(address: Address) -> tuple[Address, tuple[Finding, ...]]:
    """Return the address as it is reached from this machine, and say so where it differs."""
    target = reachable(address.target)
    if target == address.target:
        return address, ()
    host = target.rpartition(":")[0]
    finding = Finding(
        rule="target-host",
        level="info",
        subject=address.target,
        message=f"{address.host} leads nowhere on this machine, so {host} is asked",
        hint="nothing to do: the stack does the same; inside a container the name is kept",
    )
    return replace(address, host=host), (finding,)


def _redirected(address: Address, answer: Answer) -> tuple[Finding, ...]:
    end = answer.url.partition("://")[2].rpartition("@")[2] or answer.url
    if not answer.url or end.rstrip("/") == address.url.partition("://")[2].rstrip("/"):
        return ()
    if parse(address.url) == parse(answer.url.partition("?")[0]):
        return ()
    return (
        Finding(
            rule="target-redirect",
            level="info",
            subject=address.target,
            message=f"{address.url} sends on to {answer.url.partition('?')[0]}",
            hint="write that address: each scrape takes one more way so",
        ),
    )


def _unreachable(address: Address, trouble: Trouble, seconds: float) -> ScrapeError:
    if trouble.kind in {"tls", "not-http"} and (other := _other_scheme(address, seconds)):
        return other
    message, hint = _WORDS[trouble.kind]
    return ScrapeError(
        f"{address.url} {message.format(detail=trouble.detail, host=address.host)}",
        hint=hint.format(host=address.host, port=address.port),
    )


_WORDS: dict[Kind, tuple[str, str]] = {
    "refused": (
        "refused the connection: nothing listens there",
        "start the service, or correct the port",
    ),
    "timeout": (
        "did not answer: {detail}",
        "is it overloaded, or is a firewall between?",
    ),
    "unknown-host": (
        "cannot be found: the name {host} leads nowhere ({detail})",
        "correct the name, or write the IP address",
    ),
    "unreachable": ("cannot be reached: {detail}", "check the address, network and firewall"),
    "redirects": (
        "sends from one address to the next, and never answers: {detail}",
        "name the address that answers",
    ),
    "tls": (
        "has a certificate that this machine does not trust: {detail}",
        "add its authority to this machine's store, or use a certificate for {host}",
    ),
    "broken-off": (
        "broke off in the middle of its answer: {detail}",
        "look at the service's own log, and at the proxy before it",
    ),
    "not-http": ("does not speak HTTP: {detail}", "is {port} the right port?"),
}


def _other_scheme(address: Address, seconds: float) -> ScrapeError | None:
    other = replace(address, scheme="http" if address.scheme == "https" else "https")
    answer = fetch(Question(url=other.secret_url, seconds=seconds, verify=False))
    if not isinstance(answer, Answer):
        return None
    problem = f"{address.url} does not speak {address.scheme}"
    return ScrapeError(problem, hint=f"it speaks {other.scheme}: write {other.url}")


def _refused(address: Address, answer: Answer, seconds: float) -> ScrapeError:
    problem = f"{address.url} answered {answer.status}"
    if answer.status in _LOCKED:
        problem += ": it asks for a login"
        hint = f"write {address.scheme}://user:password@{address.target}{address.path}"
        return LoginAskedError(problem, hint=f"{hint}, or let it answer without one")
    if answer.status in {_NOT_FOUND, _NOT_ALLOWED}:
        found = _usual_path(address, seconds)
        problem += f": its metrics are not at {address.path}"
        return ScrapeError(problem, hint=f"write {found}" if found else _elsewhere())
    return ScrapeError(problem, hint="look at the service's own log")


def _usual_path(address: Address, seconds: float) -> str:
    for path in _OTHER_PATHS:
        other = replace(address, path=path)
        if path == address.path:
            continue
        answer = fetch(Question(url=other.secret_url, seconds=seconds))
        if isinstance(answer, Answer) and answer.status in _OK:
            body = "" if instead(answer.body, answer.kind) else "may be"
            if body and read(answer.body, answer.kind, whole=answer.whole).count:
                return other.url
    return ""
