import json
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import CliRunner

from vedette.cli.verify import command
from vedette.verify import launch, walk
from vedette.verify.outcome import Outcome, Step
from vedette.verify.system import System


def outcome(promise, *, passed=True, **more):
    return Outcome(
        promise=promise, kind="alert", passed=passed, evidence="seen", seconds=1.5, **more
    )


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "vedette.yaml").write_text("")
    (tmp_path / "ledger.yaml").write_text(
        "system: A shop\npromises:\n"
        "  - command: status\n"
        "  - {command: logs, long: true}\n"
        "  - {program: api}\n"
    )
    return tmp_path


@pytest.fixture
def verified(monkeypatch, shop):
    """What the walk yields, and how the system was started."""
    seen: dict[str, Any] = {"outcomes": [outcome("A fires")], "lines": [], "keep": None}

    @contextmanager
    def running(folder, *, beside, keep):
        assert (folder, beside) == (shop, ())
        seen["keep"] = keep
        yield System(folder=folder, state=folder, addresses={})

    def walking(lines, _):
        seen["lines"] = [line.promise.title() for line in lines]
        yield from seen["outcomes"]

    monkeypatch.setattr(launch, "running", running)
    monkeypatch.setattr(walk, "walk", walking)
    return seen


def run(shop, *arguments):
    return CliRunner().invoke(command, [str(shop), *arguments])


@pytest.mark.usefixtures("verified")
def test_all_promises_kept_ends_with_0_and_says_so(shop):
    result = run(shop)
    assert result.exit_code == 0
    assert "A shop" in result.output
    assert "pass    1.5 s  alert: A fires" in result.output
    assert "1 of 1 promises are kept, 1 were left out" in result.output


def test_a_broken_promise_ends_with_1_and_is_named(shop, verified):
    verified["outcomes"] = [outcome("A fires"), outcome("B fires", passed=False)]
    result = run(shop)
    assert result.exit_code == 1
    assert "1 of 2 promises are kept" in result.output
    assert "not kept: alert: B fires" in result.output


def test_the_time_of_each_hop_is_printed(shop, verified):
    steps = (Step(name="pending", seconds=4), Step(name="firing", seconds=64.2))
    verified["outcomes"] = [outcome("A fires", steps=steps)]
    assert "pending 4.0 s, firing 64.2 s" in run(shop).output


def test_json_holds_every_line_and_the_sum(shop, verified):
    verified["outcomes"] = [
        outcome("A", steps=(Step(name="firing", seconds=2),)),
        outcome("B", passed=False),
        outcome("C", left_out=True),
    ]
    result = run(shop, "--format", "json")
    told = json.loads(result.output)
    assert result.exit_code == 1
    assert told["passed"] is False
    assert told["summary"] == {"kept": 1, "broken": 1}
    assert [line["promise"] for line in told["lines"]] == ["A", "B", "C"]
    assert told["lines"][0]["steps"] == [{"name": "firing", "seconds": 2}]
    assert told["lines"][2]["left_out"] is True


def test_only_some_lines_can_be_asked_for(shop, verified):
    run(shop, "--only", "program")
    assert verified["lines"] == ["api runs and is ready"]


def test_long_lines_are_asked_for_by_name(shop, verified):
    run(shop)
    assert "vedette logs ends with 0" not in verified["lines"]
    run(shop, "--long")
    assert "vedette logs ends with 0" in verified["lines"]


def test_it_says_where_a_system_goes_on_running(shop, verified):
    result = run(shop, "--keep")
    assert verified["keep"] is True
    assert f"it goes on running in {shop}" in result.output
