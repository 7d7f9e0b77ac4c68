"""Every pack, and the promtool that judges its rules."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from vedette import packs
from vedette.discover import discover
from vedette.model.pack import Pack
from vedette.model.plan import Plan
from vedette.stack.prometheus import COMPONENT as PROMETHEUS


@pytest.fixture(scope="session")
def every_pack():
    """Every pack by name."""
    return discover(packs, "PACK", Pack)


@pytest.fixture(scope="session")
def bare_plan(every_pack):
    """A plan with every pack and its default limits, and no console that shows runbooks.

    Packs that add something for each module that follows them do so for two.
    """
    added = {
        f"{name}-{module}": pack.by_module(module)
        for name, pack in every_pack.items()
        if pack.by_module
        for module in ("prompt_manager", "llm_provider")
    }
    limits = {each.name: each.default for pack in every_pack.values() for each in pack.thresholds}
    return Plan(
        name="tests",
        home=Path("/nowhere"),
        state=Path("/nowhere/state"),
        ports={},
        components=(),
        packs=every_pack | added,
        thresholds=limits,
    )


@pytest.fixture(scope="session", params=["oldest", "newest"])
def promtool(request, from_suite):
    """Promtool of the oldest Prometheus that is supported, and of the newest in reach."""
    wanted = [program for program in PROMETHEUS.programs if program.name == "promtool"]
    return from_suite(request.param, wanted)["promtool"].path


@pytest.fixture
def value():
    """Look one sample up in what a monitor exposes; None where there is none.

    A label that is not named is not looked at, and an empty one is the same as none.
    """

    def look(monitor, name, **labels):
        text = monitor.expose().body.decode()
        found = [
            sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == name
            and all(sample.labels.get(key, "") == text for key, text in labels.items())
        ]
        assert len(found) < 2, f"{name} {labels} stands for {len(found)} series"
        return found[0] if found else None

    return look
