"""The folders are the registries: what is put into one appears, what is deleted is gone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# What each registry offers, as its users ask for it.
_OFFERED = """
import json
from vedette import export
from vedette.cli._group import group
from vedette.discover import discover, names
from vedette.doctor import examinations
from vedette.doctor.diagnosis import Examination
from vedette.lint import rules
from vedette.lint.rule import Rule
from vedette.planfile.registry import installed
from vedette.render import reference
from vedette.supervisor.get.obtain import ways
from vedette.verify.ledger import known

registry = installed()
print(json.dumps({
    "cli": group.list_commands(None),
    "doctor/examinations": [*discover(examinations, "EXAMINATION", Examination)],
    "export": group.get_command(None, "export").list_commands(None),
    "lint/rules": [*discover(rules, "RULE", Rule)],
    "packs": [*registry.packs],
    "stack": [*registry.components],
    "supervisor/get/sources": [
        each.get.__module__.rpartition(".")[2] for each in ways(network=False)
    ],
    "verify/kinds": [*known()],
}))
for name in group.list_commands(None):
    group.get_command(None, name)
assert reference.pages()
"""
_PACK = """
from vedette.model.metric import Metric
from vedette.model.pack import Pack

LEVEL = Metric(name="planted_level", kind="gauge", help="Planted.")
PACK = Pack(title="Planted", summary="Planted.", metrics=(LEVEL,))
"""
_PLANTED = {
    "cli/planted.py": """
import click

@click.command("planted")
def command():
    pass
""",
    "doctor/examinations/planted.py": """
from vedette.doctor.diagnosis import Examination

EXAMINATION = Examination(title="planted", order=99, examine=lambda patient: ())
""",
    "export/planted.py": """
from vedette.model.component import Target

TARGET = Target(help="Planted.", render=lambda components, plan: {})
""",
    "lint/rules/planted.py": """
from vedette.lint.rule import Rule

RULE = Rule(title="Planted.", check=lambda family, scope: ())
""",
    "packs/planted/__init__.py": """
def __getattr__(name):
    if name != "PACK":
        raise AttributeError(name)
    from vedette.packs.planted.pack import PACK
    return PACK
""",
    "packs/planted/pack.py": _PACK,
    "stack/planted.py": """
from vedette.model.component import Component

COMPONENT = Component(
    title="Planted", summary="", programs=(), image="", port=9999, arguments=lambda launch: ()
)
""",
    "supervisor/get/sources/planted.py": """
from vedette.supervisor.get.source import Source

SOURCE = Source(order=11, title="planted", network=False, get=lambda program, session: None)
""",
    "verify/kinds/planted.py": """
from vedette.verify.promise import Kind, Promise

class Planted(Promise):
    planted: str

KIND = Kind(summary="Planted.", promise=Planted, check=lambda promise, system: None)
""",
}
# One entry of each registry that no other part of Vedette is made of.
_DELETED = (
    "cli/completion.py",
    "doctor/examinations/telling.py",
    "export/compose",
    "integrations/fastapi.py",
    "lint/rules/percent.py",
    "packs/validation",
    "stack/cadvisor.py",
    "supervisor/get/sources/cached.py",
    "verify/kinds/share.py",
)


@pytest.fixture
def source(tmp_path):
    """A copy of the package that may be changed."""
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("static", "__pycache__")
    )
    return tmp_path / "src" / "vedette"


def _offered(source: Path) -> dict[str, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", _OFFERED],
        cwd=source.parent.parent,
        env={"PYTHONPATH": str(source.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    offered = json.loads(done.stdout)
    assert isinstance(offered, dict)
    return offered


def test_what_is_put_into_a_registry_appears_without_being_listed_elsewhere(source):
    for place, text in _PLANTED.items():
        path = source / place
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    missing = [name for name, entries in _offered(source).items() if "planted" not in entries]
    assert missing == []


def test_what_is_deleted_from_a_registry_is_gone_and_nothing_else_breaks(source):
    for place in _DELETED:
        path = source / place
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    offered = _offered(source)
    for place in _DELETED:
        registry, _, entry = place.removesuffix(".py").rpartition("/")
        assert entry not in offered.get(registry, [])
