import importlib
import sys

import pytest

from vedette.discover import discover, load, names
from vedette.errors import DiscoveryError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A package of plug-ins of its own name, gone from the interpreter afterwards."""
    package = tmp_path / "plugs_of_a_test"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "beta.py").write_text("THING = 2\n")
    (package / "alpha.py").write_text("THING = 1\n")
    (package / "_helper.py").write_text("raise RuntimeError('imported')\n")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield package
    for name in [name for name in sys.modules if name.startswith(package.name)]:
        del sys.modules[name]


def package_of(folder):
    return importlib.import_module(folder.name)


def test_the_modules_of_a_folder_are_its_entries_sorted(folder):
    assert names(package_of(folder)) == ("alpha", "beta")


def test_listing_imports_nothing(folder):
    names(package_of(folder))
    assert f"{folder.name}.alpha" not in sys.modules


def test_every_entry_is_found_by_its_module_name(folder):
    assert discover(package_of(folder), "THING", int) == {"alpha": 1, "beta": 2}


def test_a_new_file_is_a_new_entry_and_nothing_else_is_touched(folder):
    (folder / "gamma.py").write_text("THING = 3\n")
    importlib.invalidate_caches()
    assert discover(package_of(folder), "THING", int)["gamma"] == 3


def test_a_folder_is_an_entry_as_well(folder):
    (folder / "delta").mkdir()
    (folder / "delta" / "__init__.py").write_text("THING = 4\n")
    importlib.invalidate_caches()
    assert load(package_of(folder), "delta", constant="THING", kind=int) == 4


@pytest.mark.parametrize("text", ["", "THING = 'a text'\n"])
def test_an_entry_that_breaks_its_promise_is_named(folder, text):
    (folder / "broken.py").write_text(text)
    importlib.invalidate_caches()
    with pytest.raises(DiscoveryError, match=r"plugs_of_a_test\.broken has no THING of type int"):
        discover(package_of(folder), "THING", int)
