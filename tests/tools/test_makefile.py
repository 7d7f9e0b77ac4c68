"""The Makefile: what it says, and what it hands to the tests."""

from pathlib import Path

from vedette.process.run import Completed, run


def _plan(repository: Path, *words: str) -> Completed:
    # The tests themselves may run below a make.
    command = ["env", "-u", "MAKEFLAGS", "-u", "MAKELEVEL", "make", "--dry-run", *words]
    return run(command, timeout=60, cwd=repository)


def test_reading_it_gives_no_warning(repository):
    done = _plan(repository, "up")
    assert done.returncode == 0
    assert done.stderr == ""


def test_the_browser_tests_are_given_a_node_that_a_bare_machine_can_run(repository):
    line = next(line for line in _plan(repository, "test").stdout.splitlines() if "NODEJS" in line)
    shown = run(
        ["sh", "-c", line.removesuffix("\\").replace("-m tools.browser", "-c pass") + " env"],
        timeout=60,
        cwd=repository,
    )
    node = next(
        text.partition("=")[2]
        for text in shown.stdout.splitlines()
        if text.startswith("PLAYWRIGHT_NODEJS_PATH=")
    )
    assert run([node, "--version"], timeout=60).stdout.startswith("v")
