"""Expositions, and a lint with nothing known."""

from pathlib import Path

import pytest

from vedette.exposition.read import read
from vedette.lint.judge import lint
from vedette.lint.ours import Names

DATA = Path(__file__).parent.parent / "data" / "expositions"
NOTHING = Names(declared={}, prefixes={})


@pytest.fixture
def judge():
    """Lint a text; nobody's names are known unless given."""

    def findings(text, names=NOTHING, module=""):
        body = text if isinstance(text, bytes) else text.encode()
        return lint(read(body), names, source="text", module=module)

    return findings


@pytest.fixture(scope="session")
def recorded():
    """Return a recorded exposition by its name."""
    return lambda name: (DATA / f"{name}.txt").read_bytes()
