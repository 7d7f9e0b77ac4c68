"""What Prometheus (2.42 to 3.x) and Alertmanager (0.25 to 0.3x) say about themselves."""

from vedette.model.metric import Kind, Metric


def _own(name: str, kind: Kind, help: str, *labels: str, unit: str = "") -> Metric:  # noqa: A002 - the noun's word
    return Metric(name=name, kind=kind, help=help, unit=unit, labels=labels, external=True)


UP = _own("up", "gauge", "1 where the last scrape of a target succeeded, else 0.")
SCRAPE_SECONDS = _own(
    "scrape_duration_seconds", "gauge", "How long the last scrape took.", unit="seconds"
)
SCRAPE_SAMPLES = _own("scrape_samples_scraped", "gauge", "Samples that the last scrape brought.")
FIRING = _own("ALERTS", "gauge", "1 for each alert that is pending or firing.", "alertname")
PROMETHEUS_RELOADED = _own(
    "prometheus_config_last_reload_successful", "gauge", "1 where the last reload worked."
)
RULE_FAILURES = _own(
    "prometheus_rule_evaluation_failures_total",
    "counter",
    "Rules that could not be evaluated.",
    "rule_group",
)
RULE_MISSED = _own(
    "prometheus_rule_group_iterations_missed_total",
    "counter",
    "Evaluations that were left out because the one before took too long.",
    "rule_group",
)
ALERTMANAGERS = _own(
    "prometheus_notifications_alertmanagers_discovered",
    "gauge",
    "Alertmanagers that Prometheus knows of.",
)
SENT = _own(
    "prometheus_notifications_sent_total",
    "counter",
    "Alerts sent to an Alertmanager.",
    "alertmanager",
)
SEND_ERRORS = _own(
    "prometheus_notifications_errors_total",
    "counter",
    "Alerts that could not be sent to an Alertmanager.",
    "alertmanager",
)
DROPPED = _own("prometheus_notifications_dropped_total", "counter", "Alerts that were never sent.")
SAMPLES = _own(
    "prometheus_tsdb_head_samples_appended_total", "counter", "Samples that were stored.", "type"
)
SERIES = _own("prometheus_tsdb_head_series", "gauge", "Series in memory.")
COMPACTION_FAILURES = _own(
    "prometheus_tsdb_compactions_failed_total", "counter", "Compactions that failed."
)
WAL_CORRUPTIONS = _own(
    "prometheus_tsdb_wal_corruptions_total", "counter", "Damages found in the write-ahead log."
)
BLOCKS_BYTES = _own(
    "prometheus_tsdb_storage_blocks_bytes", "gauge", "Size of the stored blocks.", unit="bytes"
)
OUT_OF_ORDER = _own(
    "prometheus_target_scrapes_sample_out_of_order_total",
    "counter",
    "Samples refused because they came late.",
)
DUPLICATES = _own(
    "prometheus_target_scrapes_sample_duplicate_timestamp_total",
    "counter",
    "Samples refused because two had one time.",
)
ALERTMANAGER_RELOADED = _own(
    "alertmanager_config_last_reload_successful", "gauge", "1 where the last reload worked."
)
NOTIFICATIONS = _own(
    "alertmanager_notifications_total",
    "counter",
    "Notifications that were tried.",
    "integration",
)
NOTIFICATION_FAILURES = _own(
    "alertmanager_notifications_failed_total",
    "counter",
    "Notifications that did not arrive.",
    "integration",
)
ALERTS = _own("alertmanager_alerts", "gauge", "Alerts that Alertmanager holds.", "state")
MEMORY = _own(
    "process_resident_memory_bytes", "gauge", "Memory that a program holds.", unit="bytes"
)
CPU = _own(
    "process_cpu_seconds_total",
    "counter",
    "Processor time that a program used.",
    unit="seconds",
)

METRICS = tuple(value for value in list(globals().values()) if isinstance(value, Metric))
