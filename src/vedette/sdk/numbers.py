"""What counts as a number: the slow path of a record call whose value is no float."""

INFINITY = float("inf")


def number(value: object) -> float:
    """Return `value` as a float.

    Integers, booleans, decimals, NumPy scalars and arrays and tensors of one element are
    numbers; text is none, for `"1.5"` where a number belongs is a mistake of the caller. A
    tensor leaves its graph behind; one on a GPU makes the caller wait for the GPU.

    Raises:
        Exception: it is no number, or too large for a float.
    """
    if type(value) is int:
        return float(value)
    item = getattr(value, "item", None)
    plain = item() if item is not None else value
    if isinstance(plain, str | bytes | bytearray):
        problem = f"{plain[:40]!r} is text, not a number"
        raise TypeError(problem)
    return float(plain)  # type: ignore[arg-type]  # it may refuse


def summable(value: float) -> float:
    """Return a finite number as it is.

    Raises:
        ValueError: it is NaN or infinite: one of these would spoil a sum for ever.
    """
    if not -INFINITY < value < INFINITY:
        problem = f"{value} cannot be summed"
        raise ValueError(problem)
    return value


def countable(value: float) -> float:
    """Return a finite number that is not negative as it is.

    Raises:
        ValueError: a counter cannot rise by it.
    """
    if not 0.0 <= value < INFINITY:
        problem = f"a counter only rises, {value} cannot be added"
        raise ValueError(problem)
    return value
