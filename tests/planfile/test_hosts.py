from dataclasses import replace
from pathlib import Path

import pytest

from vedette.model.module import Module
from vedette.model.plan import Plan
from vedette.planfile import hosts

PLAN = Plan(
    name="tests",
    home=Path("/nowhere"),
    state=Path("/nowhere/state"),
    ports={},
    components=(),
    modules=(
        Module(name="api", targets=("host.docker.internal:8000", "10.0.0.7:8000")),
        Module(name="web", targets=("web:80",)),
    ),
    packs={},
    thresholds={},
)


@pytest.mark.parametrize(
    "target, known, contained, reached",
    [
        ("host.docker.internal:8000", False, False, "127.0.0.1:8000"),
        ("HOST.docker.internal:8000", False, False, "127.0.0.1:8000"),
        ("host.docker.internal:8000", True, False, "host.docker.internal:8000"),
        ("host.docker.internal:8000", False, True, "host.docker.internal:8000"),
        ("api:8000", False, False, "api:8000"),
        ("[::1]:8000", False, False, "[::1]:8000"),
    ],
)
def test_only_a_name_of_containers_that_leads_nowhere_is_translated(
    target, known, contained, reached
):
    told = hosts.reachable(target, known=lambda _: known, contained=lambda: contained)
    assert told == reached


def test_a_plan_of_a_desktop_is_made_to_work_on_a_server():
    local = hosts.localised(PLAN, known=lambda _: False, contained=lambda: False)
    assert local.modules[0].targets == ("127.0.0.1:8000", "10.0.0.7:8000")
    assert local.modules[1] == PLAN.modules[1]
    assert replace(local, modules=PLAN.modules) == PLAN


def test_where_the_name_is_known_nothing_is_changed():
    assert hosts.localised(PLAN, known=lambda _: True, contained=lambda: False) is PLAN


def test_a_name_that_cannot_be_one_does_not_resolve():
    assert not hosts.resolves("a" * 70 + ".invalid")
    assert hosts.resolves("127.0.0.1")
