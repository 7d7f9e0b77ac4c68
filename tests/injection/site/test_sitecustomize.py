import os
import subprocess
import sys
from pathlib import Path

import pytest

import vedette.injection

SITE = Path(vedette.injection.__file__).parent / "site"


@pytest.fixture
def run(tmp_path):
    """Run code in an interpreter that finds the hook, and another sitecustomize behind it."""

    def start(code, watch="", other=None, **more):
        if other is not None:
            (tmp_path / "sitecustomize.py").write_text(other)
        path = os.pathsep.join(path for path in sys.path if path)
        environment = {
            "PYTHONPATH": os.pathsep.join((str(SITE), str(tmp_path), path)),
            "VEDETTE_INSTRUMENT": f"watch={watch};port=;root=",
            "PYTHONDONTWRITEBYTECODE": "1",
            **more,
        }
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done

    return start


def test_the_hook_imports_nothing_that_python_has_not_imported_already(run):
    code = "import sys; print(*sorted(sys.modules))"
    watched = run(code, "flask:flask,torch:pytorch").stdout.split()
    plain = run(code, VEDETTE_INSTRUMENT="").stdout.split()
    assert set(watched) == set(plain)


def test_a_library_is_watched_once_it_is_imported_and_keeps_its_own_loader(run):
    code = (
        "import flask, sys; from importlib.machinery import SourceFileLoader\n"
        "assert type(flask.__loader__) is type(flask.__spec__.loader) is SourceFileLoader\n"
        "print(hasattr(flask.Flask.__call__, '_vedette_original'))"
    )
    assert run(code, "flask:flask").stdout.split() == ["True"]


def test_what_is_not_watched_is_left_alone(run):
    code = "import flask, sys; print('vedette.integrations.flask' in sys.modules)"
    assert run(code, "starlette:fastapi").stdout.split() == ["False"]


def test_the_sitecustomize_that_was_there_before_is_executed(run):
    code = "import sys, sitecustomize; print(sys.before, sitecustomize.MINE)"
    done = run(code, "flask:flask", other="import sys; sys.before = 'kept'; MINE = 1")
    assert done.stdout.split() == ["kept", "1"]


def test_a_module_that_is_missing_is_missing_as_before_and_watched_when_it_comes(run):
    code = """
import pathlib, importlib
try:
    import shop
except ModuleNotFoundError as missing:
    print(missing.name)
pathlib.Path("shop.py").write_text("")
importlib.invalidate_caches()
import shop
"""
    done = run(code, "shop:nothing")
    assert done.stdout.split() == ["shop"]
    assert "cannot watch nothing" in done.stderr


def test_a_module_that_fails_fails_as_before(run, tmp_path):
    (tmp_path / "broken.py").write_text("raise OSError('as ever')")
    code = "try:\n import broken\nexcept OSError as fault:\n print(fault)"
    assert run(code, "broken:flask").stdout.strip() == "as ever"


def test_an_interpreter_without_vedette_says_so_once_and_goes_on(run, tmp_path):
    (tmp_path / "one.py").write_text("")
    (tmp_path / "two.py").write_text("")
    done = run(
        "import one, two; print('went on')",
        "one:flask,two:flask",
        PYTHONPATH=os.pathsep.join((str(SITE), str(tmp_path))),
        PYTHONNOUSERSITE="1",
    )
    assert done.stdout.strip() == "went on"
    if "vedette" in done.stderr:  # where it is not installed into this very interpreter
        assert done.stderr.count("does not watch this program") == 1


def test_children_are_watched_too_and_know_that_they_are_not_the_first(run):
    child = (
        "import flask, os; print(hasattr(flask.Flask.__call__, '_vedette_original'));"
        "print(f'root={os.getppid()}' in os.environ['VEDETTE_INSTRUMENT'].split(';'))"
    )
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    assert run(code, "flask:flask").stdout.split() == ["True", "True"]
