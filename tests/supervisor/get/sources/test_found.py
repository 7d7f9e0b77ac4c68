"""What is on the machine already."""

from dataclasses import replace
from pathlib import Path

import pytest

from vedette import settings
from vedette.errors import ProgramMissingError
from vedette.model.program import DebianPackage, Program, PythonPackage
from vedette.model.version import Version
from vedette.supervisor.get import locate, obtain

PROGRAM = Program(
    name="sentry",
    minimum=Version(1, 0),
    debian=DebianPackage(name="debian-sentry", binary="usr/bin/debian-sentry"),
)


@pytest.fixture
def bin_folder(sources) -> Path:
    assert sources.path
    return Path(sources.path)


@pytest.mark.parametrize("below", [".", "bin"])
def test_a_configured_folder_comes_before_path(sources, bin_folder, make, tmp_path, below):
    make.executable(bin_folder / "sentry", make.script("9.0.0"))
    mine = make.executable(tmp_path / "mine" / below / "sentry", make.script("1.1.0"))

    found = locate([PROGRAM], replace(sources, folders=(tmp_path / "mine",)))["sentry"]

    assert (found.path, found.source) == (mine, "folder")


def test_the_name_that_debian_gives_it_counts_too(sources, bin_folder, make):
    binary = make.executable(bin_folder / "debian-sentry", make.script("1.1.0"))
    assert locate([PROGRAM], sources)["sentry"].path == binary


def test_where_the_own_name_is_too_old_debians_is_tried(sources, bin_folder, make):
    make.executable(bin_folder / "sentry", make.script("0.1.0"))
    make.executable(bin_folder / "debian-sentry", make.script("1.1.0"))
    assert locate([PROGRAM], sources)["sentry"].version == Version(1, 1)


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"#!/bin/sh\nexit 7\n", "code 7, it said: nothing"),
        (b"#!/bin/sh\necho no number here\n", "it said: no number here"),
        (b"", "does not run here"),
    ],
)
def test_a_binary_that_gives_no_version_is_refused_with_its_answer(
    sources, bin_folder, make, content, reason
):
    make.executable(bin_folder / "sentry", content)
    with pytest.raises(ProgramMissingError, match=reason):
        obtain([replace(PROGRAM, debian=None)], sources)


def test_a_python_program_is_found_beside_our_own_interpreter(sources, make, tmp_path, monkeypatch):
    beside = make.executable(tmp_path / "venv/bin/sentry", make.script("1.1.0"))
    monkeypatch.setattr(settings, "interpreter", lambda: str(tmp_path / "venv/bin/python"))
    package = PythonPackage(requirements=("sentry==1",), script="sentry")

    found = locate([replace(PROGRAM, debian=None, python=package)], sources)["sentry"]

    assert found.path == beside


def test_a_python_program_may_run_through_the_script_beside_its_command(sources, bin_folder, make):
    make.executable(bin_folder / "sentry", b"#!/bin/sh\nexit 1\n")
    python = make.executable(bin_folder / "python", make.script("1.1.0"))
    package = PythonPackage(requirements=("sentry==1",), script="python")

    found = locate([replace(PROGRAM, debian=None, python=package)], sources)["sentry"]

    assert found.path == python
