import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from vedette.errors import UsageError
from vedette.model.alert import Alert
from vedette.model.module import Module
from vedette.model.pack import Pack
from vedette.model.plan import Login, Plan
from vedette.model.secret import Secret
from vedette.model.version import Version
from vedette.render import prometheus


def read(text):
    return YAML(typ="safe").load(text)


def jobs(plan):
    return {job["job_name"]: job for job in read(prometheus.config(plan))["scrape_configs"]}


def write(plan, folder):
    files = {"prometheus.yml": prometheus.config(plan), **prometheus.rules(plan)}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_the_configuration_is_the_golden_one(plan, compare):
    compare("prometheus.yml", prometheus.config(plan))


def test_the_rules_are_the_golden_ones(plan, compare):
    for name, text in prometheus.rules(plan).items():
        compare(name, text)


OPEN = None
GUARDED = Login(username="admin", password=Secret(text="pass"), tls_certificate=Path("/c.pem"))


@pytest.mark.stack
@pytest.mark.parametrize("login", [OPEN, GUARDED], ids=["open", "guarded"])
def test_promtool_accepts_configuration_and_rules(plan, judges, tmp_path, login):
    secret = tmp_path / "token"
    secret.write_text("t")
    stores = tuple(
        replace(store, bearer_token=Secret(file=secret)) if store.bearer_token else store
        for store in plan.remote_write
    )
    versions = {"prometheus": judges["promtool"].version}
    write(replace(plan, remote_write=stores, versions=versions, login=login), tmp_path)
    promtool = judges["promtool"].path
    rules = sorted((tmp_path / "rules").iterdir())
    for arguments in (
        ["check", "config", tmp_path / "prometheus.yml"],
        ["check", "rules", "--lint=all", "--lint-fatal", *rules],
    ):
        done = subprocess.run([promtool, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_module_is_scraped_with_its_name_owner_and_labels(plan):
    job = jobs(plan)["shop"]
    assert job["metrics_path"] == "/metrics"
    assert job["static_configs"] == [
        {"targets": ["127.0.0.1:8000"], "labels": {"module": "shop", "owner": "ann"}}
    ]


def test_labels_that_look_like_other_things_stay_text(plan):
    labels = jobs(plan)["far-away"]["static_configs"][0]["labels"]
    assert labels == {"service": "search", "flag": "on", "number": "007", "module": "far-away"}


def test_what_jobs_left_with_the_console_is_scraped_with_labels_of_their_own(plan):
    job = jobs(plan)["vedette-handover"]
    assert job["metrics_path"] == "/handover/metrics"
    assert job["honor_labels"]
    assert job["static_configs"] == [{"targets": ["127.0.0.1:9321"]}]
    lonely = replace(plan, components=("prometheus",))
    assert "vedette-handover" not in jobs(lonely)


def test_only_components_with_metrics_are_scraped(plan):
    assert "console" not in jobs(plan)
    assert "console" in jobs(replace(plan, metrics={}))


def test_a_plan_without_alertmanager_names_none(plan):
    lonely = replace(plan, components=("prometheus",))
    assert "alerting" not in read(prometheus.config(lonely))


def test_a_login_is_used_for_our_own_programs_and_shown_to_no_module(plan):
    login = Login(
        username="admin", password=Secret(file=Path("/run/pw")), tls_certificate=Path("/c.pem")
    )
    guarded = jobs(replace(plan, login=login))
    assert guarded["prometheus"]["scheme"] == "https"
    assert guarded["prometheus"]["basic_auth"] == {"username": "admin", "password_file": "/run/pw"}
    assert "basic_auth" not in guarded["shop"]


def test_what_a_version_lacks_is_left_out(plan):
    assert "fallback_scrape_protocol" not in jobs(plan)["shop"]
    modern = replace(plan, versions={"prometheus": Version(3, 5)})
    assert jobs(modern)["shop"]["fallback_scrape_protocol"] == "PrometheusText0.0.4"


def test_a_limit_of_the_user_reaches_expression_and_description(plan):
    strict = replace(plan, thresholds={**plan.thresholds, "http_error_ratio": 0.001})
    text = prometheus.rules(strict)["rules/http.yml"]
    rule = next(r for r in read(text)["groups"][0]["rules"] if r.get("alert") == "HighErrorShare")
    assert "> 0.001\n" in rule["expr"]
    assert rule["annotations"]["description"].endswith("the limit is 0.1 %.")


def test_a_limit_without_a_value_is_named(plan):
    with pytest.raises(UsageError, match="no value for threshold"):
        prometheus.rules(replace(plan, thresholds={}))


def test_a_runbook_is_linked_only_where_a_console_shows_it(plan):
    assert prometheus.runbook_url(plan, "HighLatency") == (
        "http://127.0.0.1:9321/#/runbooks/HighLatency"
    )
    bare = replace(plan, components=("prometheus",))
    assert "runbook_url" not in prometheus.rules(bare)["rules/serving.yml"]


def test_an_alert_keeps_firing_and_carries_labels_where_it_says_so(plan):
    alert = Alert(
        name="A",
        expr="vector(1)",
        keep="5m",
        severity="info",
        summary="s",
        description="d",
        runbook="r",
        labels={"team": "a"},
    )
    pack = Pack(title="T", summary="S", metrics=(), alerts=(alert,))
    text = prometheus.rules(replace(plan, packs={"t": pack}))["rules/t.yml"]
    rule = read(text)["groups"][0]["rules"][0]
    assert rule["keep_firing_for"] == "5m"
    assert rule["labels"] == {"severity": "info", "team": "a"}
    assert "for" not in rule


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


@given(value=_TEXT, owner=_TEXT.filter(bool))
def test_any_text_of_the_user_comes_back_from_yaml_as_it_went_in(value, owner):
    module = Module(name="m", targets=("h:1",), owner=owner, labels={"label": value})
    plan = Plan(
        name="n",
        home=Path("/h"),
        state=Path("/s"),
        ports={},
        components=(),
        modules=(module,),
        packs={},
        thresholds={},
    )
    labels = jobs(plan)["m"]["static_configs"][0]["labels"]
    assert labels == {"label": value, "module": "m", "owner": owner}
