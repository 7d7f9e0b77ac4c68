"""The whole line, end to end: the example is started, broken, told of and mended."""

import json
import subprocess
import sys

import pytest


@pytest.mark.long
@pytest.mark.stack
@pytest.mark.timeout(900)
def test_the_model_service_keeps_every_promise(repository, capsys):
    command = (sys.executable, "-m", "vedette", "verify", "examples/serving", "--format", "json")
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    with capsys.disabled():
        for line in told["lines"]:
            hops = ", ".join(f"{step['name']} {step['seconds']:.1f} s" for step in line["steps"])
            if hops:
                sys.stdout.write(f"\n{line['promise']}: {hops}")
        sys.stdout.write(f"\nverified in {told['seconds']:.0f} s\n")
    broken = {line["promise"]: line["evidence"] for line in told["lines"] if not line["passed"]}
    assert broken == {}
    assert done.returncode == 0
    assert told["summary"]["kept"] >= 60
