"""When the watch itself needs a person."""

from vedette.model.alert import Alert
from vedette.packs.stack import metrics, runbooks
from vedette.packs.stack.thresholds import NOTIFICATION_FAILURES, SCRAPE_LIMIT, SEND_FAILURES

_PER_WAY = "sum by (job, instance, integration)"
_PER_ALERTMANAGER = "by (job, instance, alertmanager)"

ALERTS = (
    Alert(
        name="Watchdog",
        expr="vector(1)",
        severity="info",
        summary="The path from rules to Alertmanager works",
        description="Always firing: where it is missing, no alert of this stack arrives.",
        runbook=runbooks.WATCHDOG,
        always="its absence tells that rules, or the way to Alertmanager, are broken",
    ),
    Alert(
        name="ApplicationDown",
        expr=f'{metrics.UP}{{module!=""}} == 0',
        hold="1m",
        severity="page",
        summary="{{ $labels.module }} does not answer at {{ $labels.instance }}",
        description="The last scrapes of {{ $labels.instance }} failed; up is 0, expected 1.",
        runbook=runbooks.SERVICE_DOWN,
    ),
    Alert(
        name="TargetDown",
        expr=f'{metrics.UP}{{module=""}} == 0',
        hold="1m",
        severity="ticket",
        summary="{{ $labels.job }} cannot be scraped at {{ $labels.instance }}",
        description="The last scrapes of {{ $labels.instance }} failed; up is 0, expected 1.",
        runbook=runbooks.TARGET_DOWN,
    ),
    Alert(
        name="TargetMissing",
        expr=(
            f"count by (job) (max_over_time({metrics.UP}[30m] offset 5m))\n"
            f"  unless count by (job) ({metrics.UP})"
        ),
        hold="5m",
        severity="ticket",
        summary="{{ $labels.job }} is not scraped any more",
        description=(
            "Targets that were scraped within the half hour before: {{ $value }}; "
            "now there are none."
        ),
        runbook=runbooks.TARGET_MISSING,
    ),
    Alert(
        name="ScrapeSlow",
        expr=f"{metrics.SCRAPE_SECONDS} > {SCRAPE_LIMIT}",
        hold="5m",
        severity="ticket",
        summary="Scraping {{ $labels.job }} at {{ $labels.instance }} is slow",
        description=(
            "The last scrape took {{ $value | humanizeDuration }}; "
            f"the limit is {SCRAPE_LIMIT:human}."
        ),
        runbook=runbooks.SCRAPE_SLOW,
    ),
    Alert(
        name="PrometheusConfigReloadFailed",
        expr=f"{metrics.PROMETHEUS_RELOADED} == 0",
        hold="1m",
        severity="ticket",
        summary="Prometheus refused its new configuration",
        description=(
            "It goes on with the one before: "
            f"{metrics.PROMETHEUS_RELOADED} is {{{{ $value }}}}, expected 1."
        ),
        runbook=runbooks.RELOAD_FAILED,
    ),
    Alert(
        name="AlertmanagerConfigReloadFailed",
        expr=f"{metrics.ALERTMANAGER_RELOADED} == 0",
        hold="1m",
        severity="ticket",
        summary="Alertmanager refused its new configuration",
        description=(
            "It goes on with the one before: "
            f"{metrics.ALERTMANAGER_RELOADED} is {{{{ $value }}}}, expected 1."
        ),
        runbook=runbooks.RELOAD_FAILED,
    ),
    Alert(
        name="RuleEvaluationFailing",
        expr=f"sum by (job, instance, rule_group) (increase({metrics.RULE_FAILURES}[5m])) > 0",
        hold="1m",
        severity="page",
        summary="Rules of {{ $labels.rule_group }} cannot be evaluated",
        description=(
            '{{ $value | printf "%.0f" }} evaluations failed within 5 minutes, expected none: '
            "their alerts cannot fire."
        ),
        runbook=runbooks.RULES_FAILING,
    ),
    Alert(
        name="RuleEvaluationSlow",
        expr=f"sum by (job, instance, rule_group) (increase({metrics.RULE_MISSED}[5m])) > 0",
        hold="5m",
        severity="ticket",
        summary="Rules of {{ $labels.rule_group }} take longer than their interval",
        description=(
            '{{ $value | printf "%.0f" }} evaluations were left out within 5 minutes, '
            "expected none."
        ),
        runbook=runbooks.RULES_SLOW,
    ),
    Alert(
        name="NoAlertmanager",
        expr=f"{metrics.ALERTMANAGERS} < 1",
        hold="5m",
        severity="page",
        summary="Prometheus has no Alertmanager to send alerts to",
        description="It knows of {{ $value | humanize }} Alertmanagers, expected at least 1.",
        runbook=runbooks.ALERTMANAGER_UNREACHABLE,
    ),
    Alert(
        name="AlertmanagerUnreachable",
        expr=(
            f"sum {_PER_ALERTMANAGER} (rate({metrics.SEND_ERRORS}[5m]))\n"
            f"  / sum {_PER_ALERTMANAGER} (rate({metrics.SENT}[5m]))\n"
            f"  > {SEND_FAILURES}"
        ),
        hold="2m",
        severity="page",
        summary="Alerts do not reach Alertmanager at {{ $labels.alertmanager }}",
        description=(
            "{{ $value | humanizePercentage }} of the alerts of the last 5 minutes could not be "
            f"sent; the limit is {SEND_FAILURES:human}."
        ),
        runbook=runbooks.ALERTMANAGER_UNREACHABLE,
    ),
    Alert(
        name="NotificationsFailing",
        expr=(
            f"{_PER_WAY} (rate({metrics.NOTIFICATION_FAILURES}[5m]))\n"
            f"  / {_PER_WAY} (rate({metrics.NOTIFICATIONS}[5m]))\n"
            f"  > {NOTIFICATION_FAILURES}"
        ),
        hold="2m",
        severity="page",
        summary="Notifications by {{ $labels.integration }} do not arrive",
        description=(
            "{{ $value | humanizePercentage }} of the notifications of the last 5 minutes failed; "
            f"the limit is {NOTIFICATION_FAILURES:human}."
        ),
        runbook=runbooks.NOTIFICATIONS_FAILING,
    ),
    Alert(
        name="PrometheusStorageFailing",
        expr=(
            f"increase({metrics.COMPACTION_FAILURES}[1h]) > 0\n"
            f"  or increase({metrics.WAL_CORRUPTIONS}[1h]) > 0"
        ),
        severity="page",
        summary="Prometheus cannot keep its samples safe",
        description=(
            '{{ $value | printf "%.0f" }} compactions failed or damages were found within an hour, '
            "expected none."
        ),
        runbook=runbooks.STORAGE_FAILING,
    ),
    Alert(
        name="SamplesRefused",
        expr=(
            f"increase({metrics.OUT_OF_ORDER}[5m]) > 0\n  or increase({metrics.DUPLICATES}[5m]) > 0"
        ),
        hold="10m",
        severity="ticket",
        summary="Prometheus refuses samples of some target",
        description=(
            '{{ $value | printf "%.0f" }} samples came late or twice within 5 minutes, '
            "expected none."
        ),
        runbook=runbooks.SAMPLES_REFUSED,
    ),
)
