"""`vedette components`, as a person or a program calls it."""

import json

import pytest
from click.testing import CliRunner, Result

from vedette.cli._group import group
from vedette.errors import ProgramMissingError, UsageError


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Run the command in an empty folder, with an empty cache and nothing on PATH."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VEDETTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("VEDETTE_PROGRAMS", str(tmp_path / "programs"))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))

    def run(*words: str) -> Result:
        result = CliRunner().invoke(group, ["components", *words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def own(tmp_path):
    """Put a program that knows its version into the configured folder."""

    def put(name: str, version: str) -> str:
        file = tmp_path / "programs" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\necho {name}, version {version}\n")
        file.chmod(0o755)
        return str(file)

    return put


def test_the_list_tells_of_every_program_where_it_is_or_that_it_is_missing(call, own):
    path = own("promtool", "3.1.0")

    rows = {row["program"]: row for row in json.loads(call("list", "--format", "json").stdout)}

    assert {"prometheus", "promtool", "alertmanager", "amtool", "node_exporter"} <= set(rows)
    assert rows["promtool"]["path"] == path
    assert (rows["promtool"]["version"], rows["promtool"]["source"]) == ("3.1.0", "folder")
    assert rows["prometheus"]["path"] is None


def test_the_list_for_people_names_what_is_missing(call, own):
    own("promtool", "3.1.0")
    lines = [line.split() for line in call("list").stdout.splitlines()]
    assert lines[0] == ["PROGRAM", "COMPONENT", "NEEDS", "HAS", "SOURCE"]
    assert ["promtool", "prometheus", "2.42.0", "3.1.0", "folder"] in lines
    assert ["prometheus", "prometheus", "2.42.0", "missing"] in lines


def test_a_path_is_printed_alone_so_that_a_script_can_use_it(call, own):
    path = own("promtool", "3.1.0")
    assert call("path", "promtool").stdout == f"{path}\n"


def test_the_path_of_a_missing_program_is_an_error_with_the_next_step(call):
    with pytest.raises(ProgramMissingError, match="not on this machine") as error:
        call("path", "amtool")
    assert error.value.hint == "vedette components get amtool"
    assert error.value.exit_code == 3


def test_get_without_network_tells_everything_that_was_tried(call):
    with pytest.raises(ProgramMissingError) as error:
        call("get", "node_exporter", "--offline")
    for part in ("PATH and folders", "cache", "official release", "distribution's package"):
        assert f"node_exporter: {part}: " in error.value.problem
    assert "Python package" not in error.value.problem


def test_get_prints_what_it_has(call, own):
    own("promtool", "3.1.0")
    own("prometheus", "3.1.0")
    rows = json.loads(call("get", "prometheus", "--offline", "--format", "json").stdout)
    assert [row["program"] for row in rows] == ["prometheus", "promtool"]


def test_a_misspelt_name_is_answered_with_the_nearest(call):
    with pytest.raises(UsageError, match="'promteus'") as error:
        call("get", "promteus")
    assert error.value.hint == "did you mean 'prometheus'?"


def test_verify_is_content_with_an_empty_cache(call):
    result = call("verify", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_verify_finds_what_is_damaged_and_says_what_to_do(call, tmp_path):
    (tmp_path / "cache/programs/promtool/3.1.0-release").mkdir(parents=True)
    result = call("verify")
    assert result.exit_code == 1
    assert "damaged" in result.stdout
    assert "3.1.0-release/manifest.json is missing or damaged" in result.stderr
    assert "components get" in result.stderr


def test_a_pin_is_stored_and_the_next_step_is_named(call, tmp_path):
    (tmp_path / "sums").write_text(f"{'a' * 64}  cadvisor-v0.57.0-linux-amd64\n")
    result = call("pin", "cadvisor", "--version", "0.57.0", "--sums", "sums")
    assert "cadvisor 0.57.0 is pinned for linux-amd64" in result.stdout
    assert "vedette components get cadvisor" in result.stdout
    assert (tmp_path / "cache/pins.json").is_file()


def test_the_help_shows_how_to_pin(call):
    text = call("pin", "--help").stdout
    assert "vedette components pin node_exporter --version 1.12.1 --sums sha256sums.txt" in text
