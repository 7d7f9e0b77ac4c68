"""Is a text an exposition, as Prometheus reads it? Pure."""

from dataclasses import dataclass

from prometheus_client import Metric
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as open_families,
)
from prometheus_client.parser import text_string_to_metric_families as plain_families

_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Exposition:
    """What a text exposes.

    Args:
        problem: Why it is no exposition; empty where it is one.
        names: Names of its metric families and of their samples.
        count: How many samples.
        stamps: The times that samples carry themselves, in seconds since 1970.
    """

    problem: str = ""
    names: frozenset[str] = frozenset()
    count: int = 0
    stamps: tuple[float, ...] = ()


def read(body: bytes, kind: str, *, whole: bool = True) -> Exposition:
    """Read what a target answered.

    Args:
        body: The text.
        kind: Its content type.
        whole: False where the end was cut off.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if whole:
            return Exposition(problem=f"byte {error.start + 1} is not UTF-8")
        text = body.decode("utf-8", errors="ignore")
    if page := _page(text, kind):
        return Exposition(problem=page)
    if not whole:
        text = text.rpartition("\n")[0] + "\n"
    is_open = "application/openmetrics-text" in kind and whole
    try:
        found = list(open_families(text) if is_open else plain_families(text))  # type: ignore[no-untyped-call]
    except (ValueError, KeyError, IndexError) as error:
        return Exposition(problem=f"it answers something else: {_first_bad(text, str(error))}")
    return _exposition(found)


def _exposition(families: list[Metric]) -> Exposition:
    samples = [sample for family in families for sample in family.samples]
    names = {family.name for family in families} | {sample.name for sample in samples}
    stamps = (sample.timestamp for sample in samples if sample.timestamp is not None)
    return Exposition(
        names=frozenset(names), count=len(samples), stamps=tuple(float(stamp) for stamp in stamps)
    )


def _page(text: str, kind: str) -> str:
    start = text.lstrip("\ufeff \t\r\n")
    if "html" in kind or start[:1] == "<":
        return "it answers a web page"
    if "json" in kind or start[:1] in {"{", "["}:
        return "it answers JSON"
    return ""


def _first_bad(text: str, reason: str) -> str:
    for number, line in enumerate(text.split("\n"), 1):
        try:
            list(plain_families(line + "\n"))
        except (ValueError, KeyError, IndexError):
            shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
            return f"line {number} is {shown!r}"
    return " ".join(reason.split())[:_SHOWN]
