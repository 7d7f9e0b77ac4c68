import os
import shutil
import sys
from pathlib import Path

import pytest

from vedette.errors import CommandError, MissingCommandError, UsageError
from vedette.injection import launch


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Write an executable file on the PATH, and find it as a program."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    def write(text, *arguments, name="program", mode=0o755):
        path = tmp_path / name
        path.write_text(text)
        path.chmod(mode)
        return launch.find([name, *arguments])

    return write


def test_the_interpreter_of_a_console_script_is_that_of_its_first_line(script):
    assert script(f"#!{sys.executable}\n").python == (sys.executable,)
    assert script("#!/opt/my python/bin/python3.12 -u\n").python == ()
    assert script("#!/opt/bin/python3.12 -u\n").python == ("/opt/bin/python3.12", "-u")


def test_env_and_the_way_of_pip_around_long_paths_are_understood(script, tmp_path):
    (tmp_path / "python3").write_text("")
    (tmp_path / "python3").chmod(0o755)
    assert script("#!/usr/bin/env python3\n").python == (str(tmp_path / "python3"),)
    assert script("#!/usr/bin/env -S python3 -u\n").python == (str(tmp_path / "python3"), "-u")
    long = "#!/bin/sh\n'''exec' \"/a very/long path/bin/python3\" \"$0\" \"$@\"\n' '''\n"
    assert script(long).python == ("/a very/long path/bin/python3",)


@pytest.mark.parametrize("text", ["#!/bin/sh\necho\n", "\x7fELF", "", "#!\n", "#!/usr/bin/env\n"])
def test_what_is_not_written_in_python_has_no_interpreter(script, text):
    assert script(text).python == ()


def test_an_interpreter_runs_itself_and_its_module_is_the_program():
    program = launch.find([sys.executable, "-X", "dev", "-m", "gunicorn", "shop:app"])
    assert program.python == (sys.executable,)
    assert program.name == "gunicorn"
    assert launch.find([sys.executable, "app.py"]).name == Path(sys.executable).name


def test_a_program_that_does_not_exist_is_not_found_as_in_a_shell():
    with pytest.raises(MissingCommandError, match="no such program") as raised:
        launch.find(["vedette-nonsense"])
    assert raised.value.exit_code == 127


def test_a_file_that_may_not_be_executed_is_said_to_be_that(tmp_path):
    (tmp_path / "app.py").write_text("")
    with pytest.raises(CommandError, match="not executable") as raised:
        launch.find([str(tmp_path / "app.py")])
    assert raised.value.exit_code == 126


@pytest.mark.parametrize("option", ["-I", "-E", "-S", "-uI", "-sE"])
def test_an_interpreter_that_is_told_to_ignore_the_environment_is_refused(option):
    with pytest.raises(UsageError, match="ignores the environment"):
        launch.check(launch.find([sys.executable, option, "app.py"]))


def test_an_option_of_the_program_is_none_of_the_interpreter(script):
    launch.check(launch.find([sys.executable, "-u", "app.py", "-I"]))
    launch.check(launch.find([sys.executable, "-m", "app", "-E"]))
    launch.check(script(f"#!{sys.executable}\n", "-I"))


def test_an_interpreter_without_vedette_is_refused_with_its_name(tmp_path):
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec {shutil.which(sys.executable)} -I -S "$@"\n')
    bare.chmod(0o755)
    with pytest.raises(UsageError, match="lacks vedette") as raised:
        launch.check(launch.find([str(bare), "app.py"]))
    assert f"{bare} -m pip install vedette" in str(raised.value)


def test_what_is_no_python_program_needs_no_vedette(script):
    launch.check(script("#!/bin/sh\n"))


def fields(added):
    return dict(part.split("=", 1) for part in added["VEDETTE_INSTRUMENT"].split(";"))


def test_the_environment_names_what_is_watched_and_stands_before_other_paths(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    program = launch.find([sys.executable, "app.py"])
    added = launch.environment(program, without=["flask"], port=9200)
    site, other = added["PYTHONPATH"].split(os.pathsep)
    assert (Path(site) / "sitecustomize.py").is_file()
    assert other == "/somewhere"
    told = fields(added)
    assert told["port"] == "9200"
    assert "starlette:fastapi" in told["watch"].split(",")
    assert "flask:flask" not in told["watch"].split(",")
    assert ":asgi" not in told["watch"]
    assert "PROMETHEUS_MULTIPROC_DIR" not in added


def test_to_leave_out_what_is_not_there_is_a_mistake():
    with pytest.raises(UsageError, match="no integration 'flusk'"):
        launch.environment(launch.find([sys.executable]), without=["flusk"])


@pytest.mark.parametrize(
    "words,shares",
    [
        ("-m gunicorn shop:app", True),
        ("-m uvicorn shop:app", False),
        ("-m uvicorn shop:app --workers 2", True),
        ("-m celery -A shop worker", True),
        ("-m celery -A shop beat", False),
    ],
)
def test_programs_that_start_workers_share_what_these_record(words, shares, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    added = launch.environment(launch.find([sys.executable, *words.split()]))
    assert ("PROMETHEUS_MULTIPROC_DIR" in added) is shares


def test_any_program_can_be_told_to_share(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    added = launch.environment(launch.find([sys.executable]), several=True)
    assert Path(added["PROMETHEUS_MULTIPROC_DIR"]).is_dir()
    assert fields(added)["folder"] == added["PROMETHEUS_MULTIPROC_DIR"]


def test_a_folder_that_the_user_has_chosen_is_kept(monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "/chosen")
    added = launch.environment(launch.find([sys.executable, "-m", "gunicorn", "shop:app"]))
    assert "PROMETHEUS_MULTIPROC_DIR" not in added
