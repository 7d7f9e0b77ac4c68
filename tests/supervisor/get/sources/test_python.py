"""Python packages: an environment of their own, made by pip."""

import zipfile
from pathlib import Path

import pytest

from vedette.errors import ProgramMissingError
from vedette.model.program import Program, PythonPackage
from vedette.model.version import Version
from vedette.supervisor.get import obtain


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch) -> Path:
    """A folder with one wheel, and a pip that knows no other place."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    info = "sentry-1.4.0.dist-info"
    with zipfile.ZipFile(folder / "sentry-1.4.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("sentry.py", "def main():\n    print('sentry 1.4.0')\n")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: sentry\nVersion: 1.4.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/entry_points.txt", "[console_scripts]\nsentry = sentry:main\n")
        wheel.writestr(f"{info}/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def _program(requirement: str) -> Program:
    package = PythonPackage(requirements=(requirement,), script="sentry")
    return Program(name="sentry", minimum=Version(1, 0), python=package)


@pytest.mark.usefixtures("wheels")
def test_a_package_is_installed_once_and_rebuilt_when_its_python_changes(sources):
    program = _program("sentry==1.4.0")

    first = obtain([program], sources)["sentry"]
    second = obtain([program], sources)["sentry"]
    (first.path.parent / "python").unlink()
    (first.path.parent / "python").symlink_to("/bin/sh")
    third = obtain([program], sources)["sentry"]

    assert [found.source for found in (first, second, third)] == ["python", "cache", "python"]
    assert first.version == Version(1, 4)
    assert first.path.parents[1].name == "1.4.0-python"


@pytest.mark.usefixtures("wheels")
def test_what_pip_says_is_told(sources):
    with pytest.raises(ProgramMissingError, match=r"pip: ERROR: .*sentry==2\.0\.0"):
        obtain([_program("sentry==2.0.0")], sources)
