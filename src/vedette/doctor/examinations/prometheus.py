"""Prometheus' own troubles: its last reload, its rules, its notifications."""

from collections.abc import Iterator
from dataclasses import dataclass

from vedette.clients.prometheus import Prometheus
from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.patient import Patient
from vedette.model.finding import Finding
from vedette.model.unit import humanise


@dataclass(frozen=True, kw_only=True)
class _Sign:
    """An expression that has a value only where something is wrong.

    Args:
        rule: The finding's id.
        expr: PromQL.
        message: With `{value}` and the labels of the sample.
        hint: What to do.
    """

    rule: str
    expr: str
    message: str
    hint: str


_SIGNS = (
    _Sign(
        rule="prometheus-reload",
        expr="prometheus_config_last_reload_successful == 0",
        message="Prometheus could not load its last configuration and runs the one before",
        hint="`vedette logs prometheus --grep reload` says why; then `vedette reload`",
    ),
    _Sign(
        rule="alertmanager-reload",
        expr="alertmanager_config_last_reload_successful == 0",
        message="Alertmanager could not load its last configuration and runs the one before",
        hint="`vedette logs alertmanager --grep reload` says why; then `vedette reload`",
    ),
    _Sign(
        rule="prometheus-alerts-lost",
        expr="round(increase(prometheus_notifications_dropped_total[10m])) > 0",
        message="Prometheus dropped {value} alerts in 10 minutes: Alertmanager did not take them",
        hint="does Alertmanager run? `vedette status`",
    ),
    _Sign(
        rule="alertmanager-notifications",
        expr="round(sum by (integration) "
        "(increase(alertmanager_notifications_failed_total[10m]))) > 0",
        message="{value} notifications by {integration} failed in 10 minutes",
        hint="`vedette logs alertmanager --grep notify` says why; check the receiver",
    ),
)


def _examine(patient: Patient) -> Iterator[Result]:
    if patient.prometheus is None:
        return
    found = [*_signs(patient.prometheus), *_rules(patient.prometheus)]
    yield from found
    if not found:
        yield Fine(subject="rules", message="evaluated, loaded and delivered without a fault")


def _signs(prometheus: Prometheus) -> Iterator[Finding]:
    for sign in _SIGNS:
        for sample in prometheus.query(sign.expr):
            words = {"integration": "", **sample.labels, "value": humanise(sample.value, "")}
            yield Finding(
                rule=sign.rule,
                level="error",
                subject=sign.rule.partition("-")[0],
                message=sign.message.format(**words),
                hint=sign.hint,
            )


def _rules(prometheus: Prometheus) -> Iterator[Finding]:
    for rule in prometheus.rules():
        if rule.health == "err":
            yield Finding(
                rule="prometheus-rule",
                level="error",
                subject=rule.name,
                message=f"the rule {rule.name} cannot be evaluated: {rule.error}",
                hint="mend what it says; two targets with equal labels are the usual cause",
            )


EXAMINATION = Examination(title="prometheus", order=35, examine=_examine)
