import subprocess

import pytest
from ruamel.yaml import YAML

from vedette.export._write import write
from vedette.export.rules import TARGET


def test_a_pack_with_rules_has_a_file_and_its_limits_are_filled_in(small, compare):
    files = TARGET.render({}, small, runbooks="")
    assert sorted(files) == ["README.md", "kettle_heat.yml", "runbooks/KettleHot.md"]
    for name, text in files.items():
        compare(name, text)
    assert "kettle_celsius > 90" in files["kettle_heat.yml"]


def test_an_alert_links_to_its_runbook_where_that_is_published_and_not_to_this_machine(small):
    without = TARGET.render({}, small, runbooks="")["kettle_heat.yml"]
    assert "runbook_url" not in without
    linked = TARGET.render({}, small, runbooks="https://docs.example/rb/")["kettle_heat.yml"]
    [group] = YAML(typ="safe").load(linked)["groups"]
    assert group["rules"][1]["annotations"]["runbook_url"] == (
        "https://docs.example/rb/KettleHot.md"
    )


@pytest.mark.stack
def test_promtool_accepts_the_rules_of_every_pack(plan, judges, tmp_path):
    files = TARGET.render({}, plan, runbooks="https://docs.example")
    write(files, tmp_path / "out", private=False)
    rules = sorted((tmp_path / "out").glob("*.yml"))
    assert {path.stem for path in rules} == {
        name for name, pack in plan.packs.items() if pack.alerts or pack.recordings
    }
    done = subprocess.run(
        [judges["promtool"].path, "check", "rules", *rules],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
