import subprocess
import sys

import pytest

from vedette.errors import CommandError
from vedette.process.become import become


def test_a_program_takes_the_place_of_this_process_with_its_number_and_environment():
    code = (
        "import os, sys; from vedette.process.become import become\n"
        "print(os.getpid(), flush=True)\n"
        "word = 'import os; print(os.getpid(), os.environ[\"ADDED\"]); raise SystemExit(5)'\n"
        "become(sys.executable, ['python', '-c', word], {'ADDED': 'yes'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    before, after, added = done.stdout.split()
    assert before == after
    assert added == "yes"
    assert done.returncode == 5


def test_what_this_machine_cannot_execute_is_said(tmp_path):
    (tmp_path / "program").write_bytes(b"\x7fELF nonsense")
    (tmp_path / "program").chmod(0o755)
    with pytest.raises(CommandError, match="cannot be run here"):
        become(str(tmp_path / "program"), ["program"], {})
