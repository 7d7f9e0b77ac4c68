"""A home folder with spaces and letters beyond ASCII."""

import json
import urllib.request

import pytest


@pytest.fixture
def strange(terminal, kept_programs, tmp_path):
    """A terminal whose home, cache, configuration and project are called what people call them."""
    home = tmp_path / "Ünïcode Høme (ann's) 家"
    project = home / "my project - 試し"
    project.mkdir(parents=True)
    (home / "cäche of mine").symlink_to(kept_programs)
    terminal.home = project
    terminal.environment = {
        "HOME": str(home),
        "VEDETTE_CACHE": str(home / "cäche of mine"),
        "XDG_STATE_HOME": str(home / "the state"),
        "LC_ALL": "C.UTF-8",
    }
    yield terminal
    terminal.vedette("down")


@pytest.mark.stack
@pytest.mark.parametrize("written", [True, False], ids=["with a plan", "without one"])
def test_a_stack_runs_there_as_anywhere(strange, written):
    if written:
        strange.plan("name: Prøve 試し\nmodules: {own: {targets: [127.0.0.1:1]}}\n")
    done = strange.vedette("up", "--detach", "--port", "auto", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {row["state"] for row in told["programs"]} == {"ready"}
    with urllib.request.urlopen(f"{told['urls']['prometheus']}/api/v1/rules", timeout=5) as answer:
        assert json.load(answer)["data"]["groups"]
    assert strange.vedette("logs", "prometheus").returncode == 0
    assert strange.vedette("reload").returncode == 0
    assert strange.vedette("down").returncode == 0
    assert strange.vedette("clean", "--data", "--yes").returncode == 0


@pytest.mark.stack
def test_the_plainest_of_all_languages_does_no_harm(strange):
    strange.environment["LC_ALL"] = "C"
    strange.plan("name: Prøve 試し\n")
    done = strange.vedette("up", "--detach", "--port", "auto")
    assert done.returncode == 0, done.stderr
    assert strange.vedette("status").returncode == 0
