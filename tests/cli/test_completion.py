import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from vedette.cli._group import group


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_for_vedette(shell):
    result = CliRunner().invoke(group, ["completion", shell])
    assert result.exit_code == 0
    assert "_VEDETTE_COMPLETE" in result.output


def test_the_help_keeps_one_line_per_shell():
    text = CliRunner().invoke(group, ["completion", "--help"]).output
    lines = [line.strip() for line in text.splitlines()]
    assert "\\b" not in text
    assert [line for line in lines if line.startswith(("bash:", "zsh:", "fish:"))] == [
        """bash: echo 'eval "$(vedette completion bash)"' >> ~/.bashrc""",
        """zsh:  echo 'eval "$(vedette completion zsh)"' >> ~/.zshrc""",
        "fish: vedette completion fish > ~/.config/fish/completions/vedette.fish",
    ]


@pytest.mark.skipif(shutil.which("bash") is None, reason="this machine has no bash")
def test_the_script_for_bash_is_accepted_by_bash():
    script = CliRunner().invoke(group, ["completion", "bash"]).output
    done = subprocess.run(["bash", "-n"], input=script, text=True, check=False)
    assert done.returncode == 0


def test_the_beginning_of_a_command_is_completed():
    done = subprocess.run(
        [sys.executable, "-m", "vedette"],
        env={
            "PATH": os.environ["PATH"],
            "_VEDETTE_COMPLETE": "bash_complete",
            "COMP_WORDS": "vedette rel",
            "COMP_CWORD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "reload" in done.stdout


def test_an_unknown_shell_is_refused_with_the_known_ones():
    result = CliRunner().invoke(group, ["completion", "tcsh"])
    assert result.exit_code == 2
    assert "bash" in result.output
