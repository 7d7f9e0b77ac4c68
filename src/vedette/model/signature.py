"""By which metrics an exposition is known.

A signature is a list of marks, of which one is enough. A mark is one or several words, which
must all be there; a word is the name of a metric, or, with `*` at its end, how one begins:
`("vllm:*", "http_requests_total http_request_duration_seconds")`.
"""

from collections.abc import Collection, Iterable

_MANY = "*"


def matches(signature: Iterable[str], names: Collection[str]) -> bool:
    """True where the names bear one of the marks.

    Args:
        signature: The marks.
        names: Of families and series, as an exposition has them; a parser may have taken
            the `_total` of counters away.
    """
    marks = [mark.split() for mark in signature]
    return any(mark and all(_borne(word, names) for word in mark) for mark in marks)


def words(signature: Iterable[str]) -> tuple[str, ...]:
    """Return every word of every mark.

    Args:
        signature: The marks.
    """
    return tuple(word for mark in signature for word in mark.split())


def fits(word: str, name: str) -> bool:
    """True where a word of a mark means a metric.

    Args:
        word: A name, or the beginning of one.
        name: Of the metric.
    """
    if word.endswith(_MANY):
        return name.startswith(word.removesuffix(_MANY))
    return name in {word, word.removesuffix("_total")}


def _borne(word: str, names: Collection[str]) -> bool:
    if word.endswith(_MANY):
        return any(fits(word, name) for name in names)
    forms = (word, word.removesuffix("_total"), f"{word}_count")  # where nothing tells the kind
    return any(form in names for form in forms)
