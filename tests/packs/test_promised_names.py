"""Names that teams already use in their alerts, dashboards and heads: they are contracts."""

import pytest

from vedette import packs
from vedette.discover import discover
from vedette.model.convention import convention
from vedette.model.pack import Pack

PACKS = discover(packs, "PACK", Pack)
METRICS = {metric.name: metric for pack in PACKS.values() for metric in pack.metrics}
ALERTS = {alert.name: alert for pack in PACKS.values() for alert in pack.alerts}
PAGES = [page for pack in PACKS.values() for page in pack.dashboards]

# An orchestrator of hosted inference, a face classifier, robots that learn from preference,
# a model service under load.
NAMES = """
    hf_inference_latency_ms:histogram tokens_generated_total:counter gpu_memory_percent:gauge
    safety_failures_total:counter cost_daily_pounds:gauge safety_checks_total:counter
    api_requests_total:counter api_request_latency_seconds:histogram
    model_predictions_total:counter model_inference_latency_seconds:histogram
    model_confidence_score:histogram model_accuracy:gauge drift_score:gauge
    images_processed_total:counter model_loaded:gauge cache_size:gauge
    training_steps_total:counter training_loss:gauge validation_loss:gauge
    epoch_progress:gauge
    http_requests_total:counter http_request_duration_seconds:histogram
    active_users_total:gauge cpu_usage_percent:gauge ram_usage_bytes:gauge
    gpu_memory_used_bytes:gauge
    data_validation_checks_total:counter validation_checks:gauge
    gen_ai_client_operation_duration_seconds:histogram gen_ai_client_token_usage:histogram
    gen_ai_server_request_duration_seconds:histogram
    gen_ai_server_time_to_first_token_seconds:histogram
    gen_ai_server_time_per_output_token_seconds:histogram
"""
LABELS = {
    "api_requests_total": {"endpoint", "status"},
    "model_predictions_total": {"attribute", "value"},
    "model_accuracy": {"attribute"},
    "drift_score": {"attribute"},
    "http_requests_total": {"method", "endpoint", "status"},
    "data_validation_checks_total": {"check_name", "status"},
}
MODULE = """
    operations_total operation_duration_seconds tokens_total cost_total errors_total
    cache_hits_total cache_misses_total requests_total security_validation_total
"""


@pytest.mark.parametrize("promised", NAMES.split())
def test_a_metric_has_exactly_the_name_and_kind_that_teams_know(promised):
    name, _, kind = promised.partition(":")
    assert METRICS[name].kind == kind


@pytest.mark.parametrize("name", LABELS)
def test_a_metric_has_the_labels_that_teams_know(name):
    assert set(METRICS[name].labels) >= LABELS[name]


@pytest.mark.parametrize("module", ["prompt_manager", "prompt_security", "llm_provider"])
def test_a_module_has_the_metrics_of_the_convention(module):
    made = {metric.name for metric in convention(module).metrics}
    assert made >= {f"{module}_{suffix}" for suffix in MODULE.split()}


@pytest.mark.parametrize(
    "name, hold, severity",
    [
        ("ApplicationDown", "1m", "page"),
        ("HighErrorRate", "2m", "ticket"),
        ("TrainingStalled", "5m", "page"),
        ("HighTrainingLoss", "15m", "ticket"),
        ("HighInferenceLatency", "5m", "ticket"),
        ("LowThroughput", "10m", "ticket"),
        ("HighGPUMemory", "5m", "ticket"),
        ("CriticalGPUMemory", "5m", "page"),
        ("ModelNotLoaded", "1m", "page"),
        ("HighLatency", "5m", "ticket"),
    ],
)
def test_an_alert_has_the_name_and_patience_that_teams_know(name, hold, severity):
    assert ALERTS[name].severity == severity
    assert ALERTS[name].hold == hold


@pytest.mark.parametrize(
    "title",
    [
        "HuggingFace Pro + MCP",
        "ML metrics",
        "API performance",
        "System overview",
        "Application performance",
        "ML training",
        "Infrastructure",
        "Business metrics",
    ],
)
def test_a_dashboard_has_the_title_that_teams_know(title):
    assert [page.uid for page in PAGES if page.title == title]


def test_every_page_leads_to_others_and_all_of_them_exist():
    uids = {page.uid for page in PAGES}
    wrong = {
        (page.title, link.uid) for page in PAGES for link in page.links if link.uid not in uids
    }
    assert wrong == set()
    assert [page.title for page in PAGES if not page.links] == []
