"""The limits of this pack that a user may set."""

from vedette.model.threshold import Threshold

NOTIFICATION_FAILURES = Threshold(
    name="notification_failure_ratio",
    default=0.01,
    unit="ratio",
    help="Share of notifications that fail beyond which NotificationsFailing fires.",
    source="alertmanager-mixin, AlertmanagerFailedToSendAlerts: 1 %",
    maximum=1.0,
)
SEND_FAILURES = Threshold(
    name="alert_send_failure_ratio",
    default=0.01,
    unit="ratio",
    help="Share of alerts that cannot be sent beyond which AlertmanagerUnreachable fires.",
    source="prometheus-mixin, PrometheusErrorSendingAlertsToSomeAlertmanagers: 1 %",
    maximum=1.0,
)
SCRAPE_LIMIT = Threshold(
    name="scrape_seconds",
    default=2.0,
    unit="seconds",
    help="Duration of a scrape beyond which ScrapeSlow fires.",
    source="our choice: two fifths of the default scrape interval of 5 s",
)

THRESHOLDS = (NOTIFICATION_FAILURES, SEND_FAILURES, SCRAPE_LIMIT)
