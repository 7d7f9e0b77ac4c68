import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from vedette import __version__
from vedette.cli._group import group


def _vedette(*words):
    return CliRunner().invoke(group, list(words))


@pytest.mark.parametrize("name", group.list_commands(None))  # type: ignore[arg-type]
def test_every_command_explains_itself(name):
    result = _vedette(name, "--help")
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) > 4


def test_a_misspelt_command_is_answered_with_the_nearest():
    result = _vedette("statu")
    assert result.exit_code == 2
    assert "Did you mean 'status'?" in result.output


def test_the_version_is_printed():
    assert _vedette("--version").output == f"vedette, version {__version__}\n"


def test_listing_the_commands_imports_nothing_heavy():
    code = (
        "import sys; from vedette.cli._group import group; group.list_commands(None);"
        "print([name for name in ('fastapi', 'httpx', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_mistake_of_the_user_prints_two_lines_and_no_traceback(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "vedette", "config", "check", "--file", tmp_path / "none.yaml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    assert "hint" in done.stdout + done.stderr


def test_a_ctrl_c_is_told_by_its_own_exit_code(tmp_path):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/a.log").write_text("one\n")
    program = subprocess.Popen(
        [sys.executable, "-m", "vedette", "logs", "-f", "--state", tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "one\n"
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=30)
    assert program.returncode == 130
    assert "Traceback" not in errors


def test_a_wrong_option_is_a_mistake_of_usage():
    done = subprocess.run(
        [sys.executable, "-m", "vedette", "logs", "--nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "--nonsense" in done.stderr


def test_a_letter_that_the_terminal_lacks_does_not_end_a_command(tmp_path):
    (tmp_path / "vedette.yaml").write_text("name: 試し\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "vedette", "config", "show"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "\\u8a66" in done.stdout
