"""What every test shares."""

import contextlib
import logging
import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

# Shared machines are slow at times; a deadline would fail a test for its neighbour's work.
settings.register_profile("here", deadline=None, max_examples=60, print_blob=True)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.hookimpl(trylast=True)  # after they were shuffled
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the longest tests first, so that the others run beside them, not before."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sees no setting of the person who runs it, except where programs are cached."""
    for name in list(os.environ):
        if name.startswith("VEDETTE_") and name != "VEDETTE_CACHE":
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _clean_logging() -> None:
    """A test hears what Vedette says, also where a library before it set logging up anew."""
    logging.getLogger().setLevel(logging.WARNING)
    ours = logging.getLogger("vedette")
    ours.setLevel(logging.NOTSET)
    ours.disabled = False
    ours.propagate = True


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def from_suite():
    """Get programs as the oldest or the newest Debian in reach has them.

    A mirror that stands still offers no newest suite after a while: its lists expire.
    """
    from vedette.errors import ProgramMissingError
    from vedette.supervisor.get import configured, obtain

    def get(age, programs):
        *newer, last = {"oldest": ("bookworm",), "newest": ("forky", "trixie")}[age]
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("REWRITE_GOLDEN", raising=False)
            for suite in newer:
                with contextlib.suppress(ProgramMissingError):
                    return obtain(programs, configured(suite=suite))
            return obtain(programs, configured(suite=last))

    return get
