"""When a module needs a person; one rule for all modules."""

from vedette.model.alert import Alert
from vedette.packs.modules import metrics, runbooks, thresholds

_MODULE = "{{ $labels.prefix }} of {{ $labels.module }}"
_REFUSED = f'{metrics.VALIDATIONS}{{status="failed"}}'

ALERTS = (
    Alert(
        name="ModuleErrors",
        expr=f"{metrics.ERRORS} > {thresholds.ERRORS}",
        hold="2m",
        severity="page",
        summary=f"{_MODULE} fails",
        description=(
            "{{ $value | humanizePercentage }} of its operations of the last 5 minutes failed; "
            f"the limit is {thresholds.ERRORS:human}."
        ),
        runbook=runbooks.ERRORS,
    ),
    Alert(
        name="ModuleSlow",
        expr=f"{metrics.SECONDS} > {thresholds.SECONDS}",
        hold="5m",
        severity="ticket",
        summary=f"{{{{ $labels.operation }}}} in {_MODULE} is slow",
        description=(
            "The 95th percentile of the last 5 minutes is {{ $value | humanizeDuration }}; "
            f"the limit is {thresholds.SECONDS:human}."
        ),
        runbook=runbooks.SLOW,
    ),
    Alert(
        name="ModuleSecurityFailures",
        # Without an hour before, the smallest number alone decides.
        expr=(
            f"{_REFUSED} > {thresholds.SECURITY_FAILURES}\n"
            f"  unless {_REFUSED}\n"
            f"    <= {thresholds.SECURITY_SURGE} * avg_over_time({_REFUSED}[1h] offset 5m)"
        ),
        hold="30s",
        severity="page",
        summary=f"{_MODULE} refuses many more inputs than before",
        description=(
            '{{ $value | printf "%.2f" }} inputs per second were refused within the last minute, '
            f"more than {thresholds.SECURITY_SURGE:human} times those of the hour before; "
            f"the limit is {thresholds.SECURITY_FAILURES:human} per second."
        ),
        runbook=runbooks.SECURITY_FAILURES,
    ),
    Alert(
        name="ModuleRateLimited",
        expr=f"{metrics.RATE_LIMIT_HITS} > {thresholds.RATE_LIMIT_HITS}",
        hold="5m",
        severity="ticket",
        summary=f"{_MODULE} turns callers away",
        description=(
            '{{ $value | printf "%.2f" }} callers per second were told to wait within the last '
            f"minute; the limit is {thresholds.RATE_LIMIT_HITS:human} per second."
        ),
        runbook=runbooks.RATE_LIMITED,
    ),
)
