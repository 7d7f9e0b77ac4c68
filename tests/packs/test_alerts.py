"""Every alert is proven by the real promtool: it fires when it should, and only then."""

import re
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from vedette import packs
from vedette.discover import discover
from vedette.model.pack import Pack
from vedette.render import prometheus

HERE = Path(__file__).parent
PACKS = discover(packs, "PACK", Pack)
NAMES = sorted(name for name, pack in PACKS.items() if pack.alerts)
ALERTS = [(name, alert) for name in NAMES for alert in PACKS[name].alerts]
_IDS = [alert.name for _, alert in ALERTS]


def cases(pack):
    """Every checked alert of a pack's cases, with whether it is expected to fire."""
    text = (HERE / pack / "alerts.promtool.yaml").read_text(encoding="utf-8")
    for case in YAML(typ="safe").load(text)["tests"]:
        for check in case["alert_rule_test"]:
            yield check["alertname"], bool(check["exp_alerts"])


@pytest.mark.stack
@pytest.mark.parametrize("pack", NAMES)
def test_the_alerts_of_a_pack_fire_when_they_should_and_only_then(
    pack, bare_plan, promtool, tmp_path
):
    (tmp_path / "rules").mkdir()
    for name, text in prometheus.rules(bare_plan).items():
        if name == f"rules/{pack}.yml" or name.startswith(f"rules/{pack}-"):
            (tmp_path / name).write_text(text)
    (tmp_path / "cases.yml").write_text((HERE / pack / "alerts.promtool.yaml").read_text())
    done = subprocess.run(
        [promtool, "test", "rules", tmp_path / "cases.yml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("pack,alert", ALERTS, ids=_IDS)
def test_an_alert_has_a_case_that_fires_and_one_that_keeps_quiet(pack, alert):
    seen = {fires for name, fires in cases(pack) if name == alert.name}
    assert seen == ({True} if alert.always else {True, False})


@pytest.mark.parametrize("pack", NAMES)
def test_no_case_checks_an_alert_that_does_not_exist(pack):
    known = {alert.name for alert in PACKS[pack].alerts}
    assert {name for name, _ in cases(pack)} <= known


@pytest.mark.parametrize("_,alert", ALERTS, ids=_IDS)
def test_an_alert_says_where_it_is_and_what_is_expected_of_its_value(_, alert):
    everywhere = {"Watchdog", "NoAlertmanager", "PrometheusStorageFailing"}
    shared = {"PrometheusConfigReloadFailed", "AlertmanagerConfigReloadFailed", "SamplesRefused"}
    assert "$labels" in alert.summary or alert.name in everywhere | shared
    if alert.name not in {"Watchdog", "TargetDown", "ApplicationDown"}:
        assert "$value" in alert.description
        assert re.search(r"limit|expected|hour before|none", alert.description)


@pytest.mark.parametrize("_,alert", ALERTS, ids=_IDS)
def test_a_runbook_tells_what_it_means_how_to_look_and_what_to_do(_, alert):
    headings = re.findall(r"^## (.*)$", alert.runbook, re.MULTILINE)
    assert headings == ["What it means", "How to look", "What to do"]


@pytest.mark.parametrize("_,alert", ALERTS, ids=_IDS)
def test_a_runbook_names_only_alerts_that_exist(_, alert):
    known = {each.name for pack in PACKS.values() for each in pack.alerts}
    named = set(
        re.findall(
            r"\b(?:Host|High|Slow|Model|Application|Low|Rule|Memory|Data)[A-Z]\w+", alert.runbook
        )
    )
    assert named <= known
