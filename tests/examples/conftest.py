"""The example's own modules, importable as its programs see them."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # no stubs

EXAMPLES = Path(__file__).parents[2] / "examples"
SERVING = EXAMPLES / "serving"


@pytest.fixture(autouse=True)
def _one_thread_for_small_matrices():
    with threadpool_limits(1):
        yield


@pytest.fixture
def example(monkeypatch):
    """Import a module of examples/serving."""
    monkeypatch.syspath_prepend(str(SERVING))

    def load(name: str) -> ModuleType:
        return importlib.import_module(f"model_service.{name}")

    return load


@pytest.fixture
def part(monkeypatch):
    """Import a module of examples/modules."""
    monkeypatch.syspath_prepend(str(EXAMPLES / "modules"))
    return importlib.import_module
