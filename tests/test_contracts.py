"""Each contract of the architecture is broken on purpose, and the gate must notice."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

# contract -> file below src/vedette, and a line that breaks the contract there
IMPORTS = {
    "Layers point down": ("model/planted.py", "import vedette.render"),
    "Packs do not know each other": ("packs/host/planted.py", "import vedette.packs.stack"),
    "Integrations do not know each other": (
        "integrations/planted.py",
        "import vedette.integrations.fastapi",
    ),
    "Stack components do not know each other": (
        "stack/planted.py",
        "import vedette.stack.prometheus",
    ),
    "Export targets do not know each other": ("export/planted.py", "import vedette.export.compose"),
    "Commands do not know each other": ("cli/planted.py", "import vedette.cli.up"),
    "What runs inside a user's process needs prometheus_client and nothing else": (
        "sdk/planted.py",
        "import click",
    ),
    "Only the process layer starts processes": ("supervisor/planted.py", "import subprocess"),
    "Nouns and pure functions do no input or output": ("render/planted.py", "import socket"),
}


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
        env={"PYTHONPATH": str(folder / "src"), "PATH": str(BIN)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_every_contract_has_a_planted_violation():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(IMPORTS)


def test_all_contracts_are_kept_as_the_source_stands(tmp_path):
    _copy(tmp_path)
    assert "0 broken" in _lint_imports(tmp_path)


def test_each_planted_import_breaks_its_contract(tmp_path):
    source = _copy(tmp_path)
    for place, line in IMPORTS.values():
        (source / place).write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")
    report = _lint_imports(tmp_path)
    assert [name for name in IMPORTS if f"{name} BROKEN" not in report] == []


def test_a_new_top_level_module_must_be_given_a_layer(tmp_path):
    source = _copy(tmp_path)
    (source / "unplaced.py").write_text('"""Planted."""\n', encoding="utf-8")
    assert "vedette.unplaced" in _lint_imports(tmp_path)


@pytest.mark.parametrize(
    "place, code, rule",
    [
        ("supervisor/planted.py", "import subprocess\n\nsubprocess.run([])", "TID251"),
        ("render/planted.py", "import os\n\nHOME = os.environ", "TID251"),
        ("model/planted.py", "from . import alert\n\nalert.Alert()", "TID252"),
    ],
)
def test_ruff_refuses_what_the_house_forbids(tmp_path, place, code, rule):
    source = _copy(tmp_path)
    (source / place).write_text(f'"""Planted."""\n\n{code}\n', encoding="utf-8")
    done = subprocess.run(
        [BIN / "ruff", "check", "--no-cache", "--output-format", "concise", source / place],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert rule in done.stdout
