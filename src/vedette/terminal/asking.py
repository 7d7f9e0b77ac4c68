"""Ask a person before something is done that cannot be taken back."""

import sys

import click

from vedette.errors import UsageError


def agree(question: str) -> None:
    """Go on only after a yes; where nobody can be asked, say how to agree beforehand.

    Args:
        question: To be answered with yes or no.

    Raises:
        UsageError: there is no terminal to ask.
        Abort: the answer is no.
    """
    try:
        click.confirm(question, abort=True, err=True)
    except click.Abort:
        if sys.stdin is not None and sys.stdin.isatty():
            raise
        raise UsageError(question, hint="nobody can answer here; --yes agrees") from None
