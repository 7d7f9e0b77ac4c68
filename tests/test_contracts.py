"""Each contract of the architecture is broken on purpose, and the gate must notice."""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
SOURCE = ROOT / "src" / "vedette"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
PACKAGES = {path.parent.name for path in SOURCE.glob("*/__init__.py")}

# One module that must not import another: both without the package's own name before them.
Forbidden = tuple[str, str]


def _copy(folder: Path) -> Path:
    shutil.copytree(
        ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("static", "__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder / "src" / "vedette"


def _lint_imports(folder: Path) -> str:
    done = subprocess.run(
        [BIN / "lint-imports", "--no-cache"],
        cwd=folder,
        # Wide, so that no line of the report is folded.
        env={"PYTHONPATH": str(folder / "src"), "PATH": str(BIN), "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def _plant(source: Path, importer: str, imported: str) -> None:
    """Let a module, or a new one inside of a package, import another."""
    place = source / importer.replace(".", "/")
    target = place / "planted.py" if place.is_dir() else place.with_suffix(".py")
    old = target.read_text(encoding="utf-8") if target.exists() else '"""Planted."""\n'
    # In a function: at the top it would have to stand with the others.
    name = f"planted_{imported.replace('.', '_')}"
    target.write_text(f"{old}\n\ndef {name}():\n    import {imported}\n", encoding="utf-8")


def _upwards_and_sideways(contract: Mapping[str, Any]) -> Iterator[Forbidden]:
    floors = [[name.strip() for name in floor.split("|")] for floor in contract["layers"]]
    for above, below in pairwise(floors):
        yield from ((low, f"vedette.{high}") for low in below for high in above)
    for floor in floors:
        yield from ((one, f"vedette.{other}") for one, other in pairwise(floor))


def _neighbours(contract: Mapping[str, Any]) -> Iterator[Forbidden]:
    package = contract["modules"][0].removeprefix("vedette.").removesuffix(".*")
    entries = (path for path in (SOURCE / package).iterdir() if not path.name.startswith("_"))
    known = min(entry.stem for entry in entries)
    # A folder of its own is a neighbour whatever the registry holds.
    yield f"{package}.newcomer", f"vedette.{package}.{known}"


def _each_from_each(contract: Mapping[str, Any]) -> Iterator[Forbidden]:
    for module in contract["source_modules"]:
        for other in contract["forbidden_modules"]:
            yield module.removeprefix("vedette."), other


_BREAK: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Forbidden]]] = {
    "layers": _upwards_and_sideways,
    "independence": _neighbours,
    "forbidden": _each_from_each,
}


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_each_import_that_a_contract_forbids_is_caught_and_named(tmp_path, contract):
    source = _copy(tmp_path)
    planted = list(_BREAK[contract["type"]](contract))
    for importer, imported in planted:
        if importer.endswith(".newcomer"):
            folder = source / importer.replace(".", "/")
            folder.mkdir()
            (folder / "__init__.py").write_text('"""Planted."""\n', encoding="utf-8")
        _plant(source, importer, imported)
    report = _lint_imports(tmp_path)
    assert f"{contract['name']} BROKEN" in report
    missed = [
        f"{importer} imports {imported}"
        for importer, imported in planted
        if f"vedette.{importer} is not allowed to import {imported}" not in report
    ]
    assert missed == []


def test_all_contracts_are_kept_as_the_source_stands(tmp_path):
    _copy(tmp_path)
    assert f"{len(CONTRACTS)} kept, 0 broken" in _lint_imports(tmp_path)


def test_a_new_top_level_module_must_be_given_a_layer(tmp_path):
    source = _copy(tmp_path)
    (source / "unplaced.py").write_text('"""Planted."""\n', encoding="utf-8")
    assert "vedette.unplaced" in _lint_imports(tmp_path)


def test_every_package_but_process_is_kept_from_starting_processes():
    [watched] = [each for each in CONTRACTS if "starts processes" in each["name"]]
    named = {module.removeprefix("vedette.") for module in watched["source_modules"]}
    assert named == PACKAGES - {"process"}


@pytest.mark.parametrize("package", ["packs", "integrations", "stack", "export", "cli"])
def test_the_entries_of_a_registry_are_kept_apart(package):
    apart = [each["modules"] for each in CONTRACTS if each["type"] == "independence"]
    assert [f"vedette.{package}.*"] in apart


def _ruff(folder: Path, place: str, code: str) -> str:
    path = folder / "src" / "vedette" / place
    path.parent.mkdir(parents=True)
    path.write_text(f'"""Planted."""\n\n{code}\n', encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", folder)
    done = subprocess.run(
        [BIN / "ruff", "check", "--no-cache", "--output-format", "concise", path],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


@pytest.mark.parametrize(
    "place, code, rule",
    [
        ("supervisor/planted.py", "import subprocess\n\nsubprocess.run([])", "TID251"),
        ("cli/planted.py", "from subprocess import run\n\nrun([])", "TID251"),
        ("supervisor/planted.py", 'import os\n\nos.system("ls")', "S605"),
        ("supervisor/planted.py", 'import os\n\nos.execv("/bin/ls", [])', "S606"),
        ("render/planted.py", "import os\n\nHOME = os.environ", "TID251"),
        ("planfile/planted.py", "from os import environ\n\nHOME = environ", "TID251"),
        ("cli/planted.py", 'import os\n\nHOME = os.getenv("HOME")', "TID251"),
        ("model/planted.py", "from . import alert\n\nalert.Alert()", "TID252"),
        ("render/planted.py", 'print("drawn")', "T201"),
    ],
)
def test_ruff_refuses_what_the_house_forbids(tmp_path, place, code, rule):
    assert rule in _ruff(tmp_path, place, code)


@pytest.mark.parametrize(
    "place, code",
    [
        ("process/planted.py", "import subprocess\n\nsubprocess.run([])"),
        ("settings.py", "import os\n\nHOME = os.environ"),
    ],
)
def test_ruff_allows_it_in_the_one_place_that_it_is_for(tmp_path, place, code):
    assert "TID251" not in _ruff(tmp_path, place, code)
