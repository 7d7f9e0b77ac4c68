import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from vedette.errors import ProgramMissingError
from vedette.model.routing import Receiver, Route, Routing, Webhook
from vedette.model.secret import Secret
from vedette.model.version import Version
from vedette.render import alertmanager


def read(plan):
    return YAML(typ="safe").load(alertmanager.config(plan))


def test_the_configuration_is_the_golden_one(plan, compare):
    compare("alertmanager.yml", alertmanager.config(plan))


@pytest.fixture
def file(plan, tmp_path):
    path = tmp_path / "alertmanager.yml"
    path.write_text(alertmanager.config(plan), encoding="utf-8")
    return path


@pytest.mark.stack
def test_amtool_accepts_the_configuration(file, judges):
    done = subprocess.run(
        [judges["amtool"].path, "check-config", file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.stack
@pytest.mark.parametrize(
    "labels,receivers",
    [
        (["alertname=Watchdog", "severity=info"], "nobody"),
        (["alertname=ApplicationDown", "severity=page", "module=shop"], "duty"),
        (["alertname=HighLatency", "severity=ticket"], "team"),
        (["alertname=HighLatency", 'module="quo\\"ted\\\\path"', "severity=page"], "duty,team"),
    ],
    ids=["watchdog", "page", "default", "both"],
)
def test_amtool_routes_an_alert_to_whom_the_plan_names(file, judges, labels, receivers):
    done = subprocess.run(
        [
            judges["amtool"].path,
            "config",
            "routes",
            "test",
            f"--config.file={file}",
            f"--verify.receivers={receivers}",
            *labels,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_receivers_nobody_is_told(plan):
    document = read(replace(plan, routing=Routing()))
    assert document["route"]["receiver"] == "nobody"
    assert document["receivers"] == [{"name": "nobody"}]


def test_a_receiver_of_the_user_may_be_called_nobody(plan):
    hook = Webhook(url=Secret(text="http://h/"))
    routing = Routing(receivers=(Receiver(name="nobody", notifiers=(hook,)),), default="nobody")
    document = read(replace(plan, routing=routing))
    assert [receiver["name"] for receiver in document["receivers"]] == ["really-nobody", "nobody"]
    assert document["route"]["receiver"] == "nobody"
    assert document["route"]["routes"][0]["receiver"] == "really-nobody"


def test_whoever_asks_for_the_watchdog_gets_it(plan):
    hook = Receiver(name="switch", notifiers=(Webhook(url=Secret(text="http://h/")),))
    routing = Routing(
        receivers=(hook,), routes=(Route(receiver="switch", match={"alertname": "Watchdog"}),)
    )
    routes = read(replace(plan, routing=routing))["route"]["routes"]
    assert routes[0] == {"matchers": ['alertname="Watchdog"'], "receiver": "switch"}


def test_a_file_that_this_alertmanager_cannot_read_is_refused_with_a_remedy(plan):
    hook = Webhook(url=Secret(file=Path("/run/url")))
    routing = Routing(receivers=(Receiver(name="r", notifiers=(hook,)),))
    with pytest.raises(ProgramMissingError, match=r"0\.25\.0 has no webhook url_file") as caught:
        alertmanager.config(replace(plan, routing=routing))
    assert caught.value.hint == "write the url itself"
    newer = replace(plan, routing=routing, versions={"alertmanager": Version(0, 33)})
    assert "url_file: /run/url" in alertmanager.config(newer)


def test_what_a_dead_target_explains_is_inhibited(plan):
    rules = read(plan)["inhibit_rules"]
    dead = next(r for r in rules if r["equal"] == ["instance"])
    assert dead["source_matchers"] == ['alertname=~"ApplicationDown|TargetDown"']
    assert 'instance!=""' in dead["target_matchers"]
