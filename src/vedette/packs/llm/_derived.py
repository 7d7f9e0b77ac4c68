"""What a row of numbers is worked out from; nothing here raises.

Where one cannot be worked out, the value that is to blame is handed on: the row it goes to
refuses it, counts the loss and says why.
"""

_MILLI = 1e3
# Rounded to nanoseconds, so that 110 ms in seconds and back still belongs to the bucket of 110.
_DIGITS = 6


def milliseconds(seconds: float) -> float:
    """Return a time in milliseconds."""
    try:
        return round(float(seconds) * _MILLI, _DIGITS)
    except Exception:  # noqa: BLE001 - see the top of the file
        return seconds


def rest(whole: float | None, part: float | None) -> float | None:
    """Return the whole without a part that is told apart; None where there is no whole."""
    if whole is None or part is None:
        return whole
    try:
        return whole - part
    except Exception:  # noqa: BLE001 - see the top of the file
        return part


def per_token(seconds: float, first: float, tokens: float | None) -> float | None:
    """Return the time of each token after the first; None where there is none."""
    try:
        if tokens is None or tokens <= 1:
            return None
        return (seconds - first) / (tokens - 1)
    except Exception:  # noqa: BLE001 - see the top of the file
        return first


def failed(passed: bool) -> float:
    """Return 1 for a check that did not pass, 0 for one that did."""
    try:
        return 0.0 if passed else 1.0
    except Exception:  # noqa: BLE001 - see the top of the file
        return passed
