"""What holds for every pack."""

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from vedette import packs
from vedette.discover import discover
from vedette.model.metric import Metric
from vedette.model.pack import Pack
from vedette.model.signature import fits, words
from vedette.model.threshold import Threshold, marks
from vedette.render.grafana import dashboard
from vedette.sdk.instruments import FOLDED, LOST
from vedette.sdk.monitor import Monitor

PACKS = discover(packs, "PACK", Pack)
# What packs add for each module that follows them, for modules that are known and one that is not.
ADDED = {
    f"{name}-{module}": pack.by_module(module)
    for name, pack in PACKS.items()
    if pack.by_module
    for module in ("prompt_manager", "prompt_security", "llm_provider", "search")
}
EVERY = PACKS | ADDED
DASHBOARDS = [(name, page) for name, pack in EVERY.items() for page in pack.dashboards]
LIMITS = {limit.name: limit.default for pack in PACKS.values() for limit in pack.thresholds}
PANELS = [
    (page.uid, panel)
    for _, page in DASHBOARDS
    for row in page.rows
    for panel in row.panels
    if panel.queries
]
# One screen and a half of 1080 pixels, in Grafana's rows of 30 pixels with a gap of 8.
_TALLEST = 1.5 * 1080 / 38
_WORDS = """
    sum min max avg count by without on ignoring group_left and or unless offset rate increase
    histogram_quantile abs absent vector time timestamp predict_linear min_over_time max_over_time
    avg_over_time last_over_time count_over_time quantile_over_time
    round Inf
"""


def metric_names(expr):
    """The series that an expression reads."""
    bare = re.sub(r'"[^"]*"', "", expr)
    bare = re.sub(r"@\{[^}]*\}", "", bare)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]", "", bare)
    bare = re.sub(r"\b(by|without|on|group_left)\s*\([^)]*\)", "", bare)
    bare = re.sub(r"\boffset \d+[smh]", "", bare)
    words = set(re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*", bare))
    return words - set(_WORDS.split())


def declared(pack):
    """The series that a pack declares, its recordings included."""
    recorded = {rule.name for rule in pack.recordings}
    return {name for metric in pack.metrics for name in metric.series} | recorded


@pytest.mark.parametrize("name", EVERY)
def test_an_alert_rests_only_on_metrics_that_its_pack_declares(name):
    pack = EVERY[name]
    rules = [(rule.name, rule.expr) for rule in pack.alerts]
    rules += [(rule.name, rule.expr) for rule in pack.recordings]
    for rule, expr in rules:
        assert metric_names(expr) <= declared(pack), rule


@pytest.mark.parametrize("name", EVERY)
def test_a_panel_rests_only_on_metrics_that_its_pack_declares_or_reads(name):
    pack = EVERY[name]
    exprs = [
        query.expr
        for page in pack.dashboards
        for row in page.rows
        for panel in row.panels
        for query in panel.queries
    ]
    for expr in exprs:
        assert metric_names(expr) <= declared(pack) | set(pack.reads), expr
    # What it reads, its panels do read, and another pack has declared with the one who feeds it.
    assert set(pack.reads) <= {word for expr in exprs for word in metric_names(expr)}
    others = {metric.name for other in PACKS.values() for metric in other.metrics}
    assert set(pack.reads) <= others - declared(pack)


def test_names_of_alerts_thresholds_metrics_and_dashboards_are_unique():
    every = EVERY.values()
    for names in (
        [alert.name for pack in every for alert in pack.alerts],
        [limit.name for pack in every for limit in pack.thresholds],
        [metric.name for pack in every for metric in pack.metrics],
        [page.uid for _, page in DASHBOARDS],
        [page.title for _, page in DASHBOARDS],
    ):
        assert [name for name, times in Counter(names).items() if times > 1] == []


def fed(name, monitor):
    """Let `tests/packs/<pack>/feed.py` call the pack's recorders as a user's program does."""
    pack, _, one = name.partition("-")
    path = Path(__file__).parent / pack / "feed.py"
    spec = importlib.util.spec_from_file_location(f"feed_{pack}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if one:
        module.feed_module(one, monitor)
    else:
        module.feed(monitor)


@pytest.mark.parametrize("name", EVERY)
def test_every_metric_that_we_record_is_fed_by_the_recorders_of_its_pack(name):
    ours = {m.name: m.kind for m in EVERY[name].metrics if not m.external}
    monitor = Monitor(isolated=True)
    if ours:
        fed(name, monitor)
    text = monitor.expose().body.decode()
    exposed = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))
    for ours_alone in (LOST, FOLDED):  # they tell of what went wrong
        exposed.pop(ours_alone.name, None)
        ours.pop(ours_alone.name, None)
    assert exposed == ours


@pytest.mark.parametrize("name", ADDED)
def test_what_rules_compute_for_a_module_is_what_its_pack_reads(name):
    shared = PACKS[name.partition("-")[0]]
    computed = {rule.name for rule in EVERY[name].recordings}
    assert computed == {m.name for m in shared.metrics if ":" in m.name}
    assert len({tuple(rule.labels.items()) for rule in EVERY[name].recordings}) == 1


@pytest.mark.parametrize("name", PACKS)
def test_every_threshold_of_a_pack_is_the_limit_of_one_of_its_alerts(name):
    pack = PACKS[name]
    used = {mark for alert in pack.alerts for mark in marks(alert.expr)}
    assert used == {limit.name for limit in pack.thresholds}
    assert all(limit.source for limit in pack.thresholds)


@pytest.mark.parametrize("name", PACKS)
def test_an_alert_with_a_limit_tells_the_limit(name):
    for alert in PACKS[name].alerts:
        told = marks(alert.description)
        assert told <= marks(alert.expr)
        if marks(alert.expr) and alert.name != "HostDiskFilling":
            assert told, alert.name


@pytest.mark.parametrize("uid,panel", PANELS, ids=[f"{uid}: {p.title}" for uid, p in PANELS])
def test_a_panel_says_what_a_good_picture_looks_like(uid, panel):
    del uid
    assert panel.description.endswith(".")
    assert panel.title
    assert panel.unit


@pytest.mark.parametrize("uid,panel", PANELS, ids=[f"{uid}: {p.title}" for uid, p in PANELS])
def test_a_coloured_limit_of_a_panel_is_the_limit_of_an_alert_or_a_plain_state(uid, panel):
    del uid
    for step in panel.steps:
        assert step.value in {None, 1} or isinstance(step.value, Threshold)


@pytest.mark.parametrize("_,page", DASHBOARDS, ids=[page.uid for _, page in DASHBOARDS])
def test_a_dashboard_is_no_taller_than_a_screen_and_a_half(_, page):
    drawn = dashboard(page, LIMITS)["panels"]
    assert max(p["gridPos"]["y"] + p["gridPos"]["h"] for p in drawn) <= _TALLEST


@pytest.mark.parametrize("_,page", DASHBOARDS, ids=[page.uid for _, page in DASHBOARDS])
def test_every_line_of_a_dashboard_is_filled_to_its_end(_, page):
    drawn = dashboard(page, LIMITS)["panels"]
    ends: Counter[int] = Counter()
    for panel in drawn:
        ends[panel["gridPos"]["y"]] += panel["gridPos"]["w"]
    assert set(ends.values()) == {24}


@pytest.mark.parametrize("_,page", DASHBOARDS, ids=[page.uid for _, page in DASHBOARDS])
def test_what_can_be_chosen_on_a_dashboard_is_what_its_panels_ask_for(_, page):
    chosen = {variable.name for variable in page.variables}
    exprs = [query.expr for row in page.rows for panel in row.panels for query in panel.queries]
    asked = {name for expr in exprs for name in re.findall(r'=~"\$(\w+)"', expr)}
    assert chosen == asked
    # A module has many instances; a page of what they did together has no use for the choice.
    together = {"vedette-modules", "vedette-jobs"}
    assert page.uid in together or "module" not in chosen or "instance" in chosen


@pytest.mark.parametrize("name", EVERY)
def test_a_signature_names_metrics_of_the_pack(name):
    known = {metric.name for metric in EVERY[name].metrics}
    for word in words(EVERY[name].signature):
        assert any(fits(word, metric) for metric in known), word


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_offers_nothing_but_its_constant_at_its_top(name):
    module = __import__(f"vedette.packs.{name}", fromlist=["PACK"])
    assert isinstance(module.PACK, Pack)
    with pytest.raises(AttributeError, match="no attribute 'METRIC'"):
        _ = module.METRIC


def test_the_names_that_teams_already_use_are_kept():
    names = {metric.name for pack in PACKS.values() for metric in pack.metrics}
    assert {
        "http_requests_total",
        "http_request_duration_seconds",
        "model_inference_latency_seconds",
        "model_predictions_total",
        "model_confidence_score",
        "model_loaded",
        "model_accuracy",
        "drift_score",
        "images_processed_total",
        "cache_size",
        "api_requests_total",
        "api_request_latency_seconds",
        "hf_inference_latency_ms",
        "tokens_generated_total",
        "safety_failures_total",
        "cost_daily_pounds",
        "gpu_memory_percent",
        "training_loss",
        "validation_loss",
        "training_steps_total",
        "epoch_progress",
        "data_validation_checks_total",
        "validation_checks",
        "cpu_usage_percent",
        "ram_usage_bytes",
        "gpu_memory_used_bytes",
        "locust_requests_total",
    } <= names
    assert all(isinstance(m, Metric) for pack in PACKS.values() for m in pack.metrics)


EXAMPLES = [name for name, pack in PACKS.items() if pack.example]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_lines_that_a_user_pastes_run_as_they_stand(name, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PACKS[name].example],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_every_pack_that_a_program_feeds_says_what_to_paste():
    fed = {name for name, pack in PACKS.items() if any(not m.external for m in pack.metrics)}
    # What Vedette's own programs feed, nobody has to paste.
    assert fed - set(EXAMPLES) <= {"stack", "load"}
