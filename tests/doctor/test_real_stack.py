"""The doctor before the real programs, started by the real command."""

import json
import subprocess
import sys
import time

import pytest

DEADLINE = 60.0
PLAN = """
name: patient
components: []
receivers: {team: [{webhook: "http://127.0.0.1:9/nobody"}]}
modules: {gone: {targets: TARGET}}
"""


def vedette(folder, *arguments):
    words = [sys.executable, "-m", "vedette", *arguments]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def diagnose(folder):
    answer = json.loads(vedette(folder, "doctor", "--format", "json").stdout)
    return {one["subject"] for one in answer["fine"]}, {
        one["rule"]: one for one in answer["findings"] if one["severity"] != "info"
    }


@pytest.fixture
def stack(tmp_path, closed):
    """A stack of the core programs on free ports, with one target that is not there."""
    (tmp_path / "vedette.yaml").write_text(PLAN.replace("TARGET", closed))
    started = vedette(tmp_path, "up", "--detach", "--port", "auto")
    assert started.returncode == 0, started.stderr
    yield tmp_path
    vedette(tmp_path, "down")


@pytest.mark.stack
def test_a_real_stack_is_fine_but_for_what_is_wrong(stack):
    deadline = time.monotonic() + DEADLINE
    while True:
        fine, findings = diagnose(stack)
        if {"prometheus", "alertmanager", "clock", "rules", "System overview"} <= fine:
            break
        assert time.monotonic() < deadline, findings
    assert len([rule for rule in findings if rule.startswith("target-")]) == 1
    assert "configuration" in fine

    with (stack / "vedette.yaml").open("a") as plan:
        plan.write("scrape_interval: 7s\n")
    _, findings = diagnose(stack)
    assert "vedette reload" in findings["plan-not-loaded"]["hint"]

    assert vedette(stack, "reload").returncode == 0
    fine, findings = diagnose(stack)
    assert "configuration" in fine
    assert "plan-not-loaded" not in findings
