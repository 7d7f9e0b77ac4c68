"""What the guides show can be typed in as it stands."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from vedette import planfile

GUIDES = sorted((Path(__file__).parent.parent / "docs/guide").glob("*.md"))


def _blocks(language: str) -> list[str]:
    pattern = rf"^```{language}\n(.*?)^```$"
    return [
        block
        for guide in GUIDES
        for block in re.findall(pattern, guide.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    ]


@pytest.mark.parametrize("block", _blocks("python"))
def test_python_in_a_guide_imports_what_there_is(block):
    for statement in ast.walk(ast.parse(block)):
        if isinstance(statement, ast.ImportFrom):
            module = import_module(statement.module or "")
            assert [name.name for name in statement.names if not hasattr(module, name.name)] == []


def test_the_tutorials_plan_is_a_plan(tmp_path):
    plans = [block for block in _blocks("yaml") if "modules:" in block]
    assert plans
    for text in plans:
        (tmp_path / "vedette.yaml").write_text(text)
        plan = planfile.read(tmp_path / "vedette.yaml")
        assert plan.modules
