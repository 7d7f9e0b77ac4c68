"""The whole line, end to end: three modules are started, attacked, restarted and watched."""

import json
import subprocess
import sys

import pytest


@pytest.mark.long
@pytest.mark.stack
@pytest.mark.timeout(900)
def test_the_three_modules_keep_every_promise(repository, capsys):
    command = (sys.executable, "-m", "vedette", "verify", "examples/modules", "--format", "json")
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    with capsys.disabled():
        sys.stdout.write(f"\nverified in {told['seconds']:.0f} s\n")
    broken = {line["promise"]: line["evidence"] for line in told["lines"] if not line["passed"]}
    assert broken == {}
    assert done.returncode == 0
    assert told["summary"]["kept"] >= 60
