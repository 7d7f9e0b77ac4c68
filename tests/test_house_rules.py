"""The rules that no linter knows."""

import ast
import re
import subprocess
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from vedette import packs, settings, stack
from vedette.discover import discover, names
from vedette.model.component import Component
from vedette.model.pack import Pack
from vedette.model.threshold import marks
from vedette.verify import kinds

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "vedette"
MODULES = sorted(SOURCE.rglob("*.py"))
PACKS = discover(packs, "PACK", Pack)
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
COMPONENTS = discover(stack, "COMPONENT", Component)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_module_is_longer_than_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def _repository_files() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".lock"}:
            yield path


def test_no_file_holds_unfinished_work():
    mark = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError")
    unfinished = [
        f"{_name(path)}:{number}"
        for path in _repository_files()
        if path.suffix in {".py", ".ts", ".tsx", ".css"} and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert unfinished == []


def test_the_package_lock_names_no_registry():
    lock = (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_public_function_and_class_has_a_docstring(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bare == []


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_pack_is_whole(pack):
    assert pack.metrics
    assert pack.alerts
    assert pack.dashboards


@pytest.mark.parametrize("what", ["metrics", "thresholds", "alerts", "recordings"])
def test_names_are_unique_over_all_packs(what):
    names = [thing.name for pack in PACKS.values() for thing in getattr(pack, what)]
    assert sorted(names) == sorted(set(names))


def test_dashboard_uids_are_unique():
    uids = [dashboard.uid for pack in PACKS.values() for dashboard in pack.dashboards]
    assert sorted(uids) == sorted(set(uids))


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_alert_asks_about_a_metric_that_its_pack_declares(pack):
    series = {name for metric in pack.metrics for name in metric.series}
    recorded = {rule.name for rule in pack.recordings}
    for alert in pack.alerts:
        words = set(re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*", alert.expr))
        assert alert.always or words & (series | recorded), alert.name


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_alerts_use_only_thresholds_of_their_own_pack(pack):
    known = {threshold.name for threshold in pack.thresholds}
    for alert in pack.alerts:
        assert marks(alert.expr) | marks(alert.description) <= known, alert.name


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_threshold_is_used(pack):
    used = set().union(
        *(marks(text) for alert in pack.alerts for text in (alert.expr, alert.description)),
        *(marks(rule.expr) for rule in pack.recordings),
    )
    assert {threshold.name for threshold in pack.thresholds} <= used


@pytest.mark.parametrize("name", COMPONENTS)
def test_no_two_components_share_a_port(name):
    others = [other.port for other_name, other in COMPONENTS.items() if other_name != name]
    assert COMPONENTS[name].port not in others


@pytest.mark.parametrize("name", COMPONENTS)
def test_components_start_after_components_that_exist(name):
    assert set(COMPONENTS[name].after) <= set(COMPONENTS)


def test_every_package_has_a_mirrored_test_folder():
    folders = {path.parent.relative_to(SOURCE) for path in MODULES}
    # What the schema says is tried through the files that it judges.
    untested = {
        str(folder)
        for folder in folders - {Path("planfile/schema")}
        if not any(path.is_file() for path in (ROOT / "tests" / folder).glob("*"))
    }
    assert untested == set()


@pytest.mark.parametrize("kind", names(kinds))
def test_every_kind_of_promise_is_tried_by_a_test_of_its_own(kind):
    assert (ROOT / "tests" / "verify" / "kinds" / f"test_{kind}.py").is_file()


@pytest.mark.parametrize("row", settings.table(), ids=lambda row: row.name)
def test_a_setting_is_read_as_the_type_that_its_field_declares(row):
    declared = typing.get_type_hints(settings.Settings)[row.name]
    assert row.kind in {declared, *typing.get_args(declared)}


def _sleeps(node: ast.AST, looping: bool = False) -> Iterator[tuple[int, bool]]:
    """Yield each call of time.sleep in a test: its line, and whether it polls."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func) == "time.sleep":
            yield child.lineno, looping
        yield from _sleeps(child, looping or isinstance(child, ast.While | ast.For))


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_a_test_sleeps_only_between_two_looks(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [line for line, polls in _sleeps(tree) if not polls] == []


def test_no_file_knows_the_machine_it_was_written_on():
    places = re.compile(r"(?<![\w.~}])/(?:root|Users|work)/\w")
    known = [
        f"{_name(path)}:{number}"
        for path in _repository_files()
        if "data" not in path.relative_to(ROOT).parts and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if places.search(line)
    ]
    assert known == []
