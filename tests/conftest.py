"""What every test shares."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

# Shared machines are slow at times; a deadline would fail a test for its neighbour's work.
settings.register_profile("here", deadline=None, max_examples=60, print_blob=True)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sees no setting of the person who runs it, except where programs are cached."""
    for name in list(os.environ):
        if name.startswith("VEDETTE_") and name != "VEDETTE_CACHE":
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the checkout."""
    return ROOT
