"""Exemplars: labels of one event beside the number that counts it."""

import re
from collections.abc import Mapping

from vedette.sdk.text import text

# https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md#exemplars
LONGEST = 128
_NAME = re.compile(r"(?!__)[a-zA-Z_][a-zA-Z0-9_]*\Z")


def checked(exemplar: Mapping[str, object]) -> dict[str, str]:
    """Return the labels of an exemplar as clean text.

    Raises:
        ValueError: a name is no label name, or all is longer than 128 characters together.
    """
    clean = {name: text(value) for name, value in exemplar.items()}
    for name in clean:
        if not _NAME.match(name):
            problem = f"{name!r} is not a label name of an exemplar"
            raise ValueError(problem)
    runes = sum(len(name) + len(value) for name, value in clean.items())
    if runes > LONGEST:
        problem = f"an exemplar of {runes} characters; at most {LONGEST} are kept"
        raise ValueError(problem)
    return clean
