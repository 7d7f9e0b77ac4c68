"""The wheel as a user gets it: the bare install, and what it must not need."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

WHEELS = Path(__file__).parent.parent / ".build" / "dist"


@pytest.fixture(scope="module")
def wheel() -> Path:
    """The wheel that `make test` built, which these tests run against."""
    return next(WHEELS.glob("vedette-*.whl"))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The Python of an environment with nothing but `pip install vedette` in it."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    target = next((folder / "lib").glob("python*/site-packages"))
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--target", target, wheel], check=True
    )
    return folder / "bin" / "python"


def _run(python: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([python, *arguments], capture_output=True, text=True, check=False)


def test_the_tests_run_against_the_installed_wheel_not_the_source_tree():
    import vedette

    assert "site-packages" in vedette.__file__


def test_the_wheel_carries_the_built_console_and_the_type_marker(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "vedette/console/static/index.html" in names
    assert "vedette/py.typed" in names
    assert not [name for name in names if name.startswith(("web/", "tests/"))]


def test_a_bare_install_records_and_exposes_a_metric(bare):
    code = (
        "import vedette\n"
        "from vedette.model.metric import Metric\n"
        "from vedette.sdk.monitor import Monitor\n"
        "monitor = Monitor()\n"
        "jobs = Metric(name='jobs_total', kind='counter', help='Jobs done.')\n"
        "monitor.counter(jobs).inc(2)\n"
        "print(monitor.expose().body.decode())\n"
    )
    done = _run(bare, "-W", "error", "-c", code)
    assert done.returncode == 0, done.stderr
    assert "jobs_total 2.0" in done.stdout


def test_a_bare_install_has_only_prometheus_client_beside_it(bare):
    done = _run(bare, "-c", "import click")
    assert "ModuleNotFoundError" in done.stderr


def test_the_command_of_a_bare_install_says_what_to_install(bare):
    done = _run(bare, "-m", "vedette", "up")
    assert done.returncode == 3
    assert "pip install 'vedette[stack]'" in done.stderr
    assert "Traceback" not in done.stderr
