import pytest

from vedette.errors import UsageError
from vedette.planfile.registry import installed
from vedette.terminal.packs import read_packs

PLAN = """\
name: shop
modules:
  shop:
    targets: [127.0.0.1:8000]
    packs: [process]
thresholds:
  host_cpu_ratio: 0.5
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_plan_file_and_names_they_are_all_packs_with_their_own_limits(here):
    del here
    plan = read_packs(None, None, ())
    known = installed().packs
    assert plan.packs.keys() == known.keys()
    assert plan.thresholds["host_cpu_ratio"] == 0.9


def test_a_plan_file_chooses_its_packs_and_sets_its_limits(here):
    (here / "vedette.yaml").write_text(PLAN)
    plan = read_packs(None, None, ())
    assert {"host", "process", "stack"} <= plan.packs.keys() < installed().packs.keys()
    assert plan.thresholds["host_cpu_ratio"] == 0.5


def test_a_pack_that_is_named_comes_alone_whether_the_plan_has_it_or_not(here):
    (here / "vedette.yaml").write_text(PLAN)
    plan = read_packs(None, None, ("gpu", "host", "gpu"))
    assert list(plan.packs) == ["gpu", "host"]
    assert plan.thresholds["gpu_memory_high_percent"] == 80
    assert plan.thresholds["host_cpu_ratio"] == 0.5


def test_a_misspelt_pack_is_answered_with_the_nearest(here):
    del here
    with pytest.raises(UsageError, match="there is no pack 'hots'") as caught:
        read_packs(None, None, ("hots",))
    assert caught.value.hint.startswith("did you mean 'host'?")
    with pytest.raises(UsageError, match="'zzzzzz'") as caught:
        read_packs(None, None, ("zzzzzz",))
    assert caught.value.hint.startswith("known: ")
