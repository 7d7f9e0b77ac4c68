from dataclasses import asdict
from pathlib import Path

import pytest

from vedette import planfile
from vedette.errors import UsageError
from vedette.supervisor.wishes import Wishes, adjust, digest


@pytest.fixture
def plan(tmp_path: Path):
    (tmp_path / "vedette.yaml").write_text("name: test\n")
    return planfile.read(tmp_path / "vedette.yaml")


def test_without_wishes_a_plan_keeps_its_programs_and_ports(plan):
    adjusted = adjust(plan, Wishes(), {})
    assert adjusted.plan.components == plan.components
    assert adjusted.plan.ports == plan.ports
    assert set(adjusted.components) == set(plan.components)
    assert adjusted.plan.metrics["prometheus"] == "/metrics"


def test_components_are_added_with_their_port_and_left_out(plan):
    wishes = Wishes(added=("blackbox_exporter",), left_out=("console",))
    adjusted = adjust(plan, wishes, {}).plan
    assert "blackbox_exporter" in adjusted.components
    assert adjusted.ports["blackbox_exporter"] == 9115
    assert "console" not in adjusted.components
    assert "console" not in adjusted.ports


def test_the_host_pack_follows_its_exporter(plan):
    without = adjust(plan, Wishes(left_out=("node_exporter",)), {}).plan
    assert "host" not in without.packs
    again = adjust(without, Wishes(added=("node_exporter",)), {}).plan
    assert "host" in again.packs
    limits = {limit.name for limit in again.packs["host"].thresholds}
    assert limits <= set(again.thresholds)


def test_automatic_ports_are_free_and_different_and_keep_what_is_known(plan):
    ports = adjust(plan, Wishes(automatic=True), {"prometheus": 4711}).plan.ports
    assert ports["prometheus"] == 4711
    assert len(set(ports.values())) == len(plan.components)
    assert not set(ports.values()) & set(plan.ports.values())


def test_a_wish_for_nothing_that_exists_names_what_does(plan):
    with pytest.raises(UsageError, match="no component 'grafanna'") as refused:
        adjust(plan, Wishes(added=("grafanna",)), {})
    assert "grafana" in refused.value.hint


def test_wishes_survive_the_record():
    wishes = Wishes(file="/a b/vedette.yaml", added=("grafana",), automatic=True)
    assert Wishes.recorded(asdict(wishes)) == wishes
    assert Wishes.recorded(None) == Wishes()


def test_the_digest_changes_with_each_name_and_text():
    files = {"a": "1", "b": "2"}
    assert digest(files) == digest(dict(reversed(files.items())))
    changed = [{"a": "1"}, {"a": "1", "b": "3"}, {"a": "1", "c": "2"}, {"a": "1b", "": "2"}]
    assert len({digest(each) for each in (files, *changed)}) == 5
