"""Label values: whatever a program gives becomes text that Prometheus takes."""

from typing import Any

LONGEST = 200
_LARGE = 10**18  # Python refuses to write integers of thousands of digits
_MARK = 9  # characters: an ellipsis and eight hexadecimal digits


def text(value: object) -> str:
    """Return a label value as text; it never raises.

    A value is written as `str()` writes it, an enumeration of texts or integers as its value,
    and what equals an integer as that integer (`2.0` as `2`), but for the booleans: so values
    that a dictionary takes for the same have the same text, with `True` and `1` apart.
    Beyond 200 characters it is cut, and ends in an ellipsis and a hash of the whole, so that
    two long values stay two. Half of a surrogate pair becomes U+FFFD, for the text of a scrape
    is UTF-8. Quotes, backslashes and line ends are escaped where the text is written.
    """
    if type(value) is int and -_LARGE < value < _LARGE:
        return repr(value)
    plain = value if type(value) is str else _plain(value)
    if len(plain) <= LONGEST and plain.isascii():
        return plain
    return _short(_encodable(plain))


def _plain(value: object) -> str:
    try:
        if isinstance(value, str):
            return str.__str__(value)
        if hasattr(value, "__int__") and not isinstance(value, bool):
            return _number(value)
        return "".join((str(value),))  # what __str__ returns may be of a class of its own
    except Exception:  # noqa: BLE001 - a broken __str__ is the program's affair, not ours
        return f"<{type(value).__name__}>"


def _number(value: Any) -> str:
    try:
        whole = int(value)
    except (ValueError, TypeError, OverflowError):  # an infinity, NaN, many elements
        return str(value)
    return repr(whole) if whole == value else str(value)


def is_stable(value: object) -> bool:
    """Say whether everything that equals `value` has the same text, so that it can be a key."""
    if type(value) is str:
        return text(value) is value
    return type(value) is int and value not in {0, 1}  # which the booleans equal


def _encodable(plain: str) -> str:
    try:
        plain.encode()
    except UnicodeEncodeError:
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain


def _short(plain: str) -> str:
    if len(plain) <= LONGEST:
        return plain
    from hashlib import blake2s

    digest = blake2s(plain.encode(), digest_size=4).hexdigest()
    return f"{plain[: LONGEST - _MARK]}…{digest}"
