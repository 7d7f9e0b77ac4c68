"""The documentation cannot drift from the code."""

import re
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import vedette
from vedette.cli._group import group

ROOT = Path(__file__).parent.parent
GUIDES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _generated() -> dict[str, str]:
    spec = spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    pages = tool.pages()
    assert isinstance(pages, dict)
    return pages


@pytest.mark.parametrize("name", sorted(_generated()))
def test_a_generated_page_is_what_the_code_says(name):
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == _generated()[name], "run: make docs"


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
    missing = [target for target in targets if not (path.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_command_that_a_guide_names_exists(path):
    named = set(re.findall(r"^\s*(?:\$ )?vedette ([a-z][a-z-]+)", path.read_text(), re.MULTILINE))
    known = set(group.list_commands(None))  # type: ignore[arg-type]
    assert named <= known


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_make_target_that_a_guide_names_exists(path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = re.findall(r"(?:`|^ {4}|^\$ )make ([a-z]+)", path.read_text(), re.MULTILINE)
    assert set(named) <= targets


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## \[?(\d+\.\d+\.\d+)", changelog, re.MULTILINE)
    assert latest is not None
    assert vedette.__version__ == project["version"] == latest[1]


def test_the_readme_gives_both_commands_on_its_first_screen():
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:45]
    assert any("make up" in line for line in first_screen)
    assert any("make test" in line for line in first_screen)
    assert any(".png" in line for line in first_screen)
