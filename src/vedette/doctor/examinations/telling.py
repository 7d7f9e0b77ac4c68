"""The way from an alert to a person: does it lead to anybody?"""

from collections.abc import Iterator

from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.patient import Patient
from vedette.model.finding import Finding


def _examine(patient: Patient) -> Iterator[Result]:
    plan = patient.plan
    told = [receiver.name for receiver in plan.routing.receivers if receiver.notifiers]
    if "alertmanager" not in plan.components:
        yield Finding(
            rule="telling-no-alertmanager",
            level="warning",
            subject="alerts",
            message="Alertmanager does not run, so nobody is told of alerts",
            hint="remove alertmanager from `without:`",
        )
    elif not told:
        yield Finding(
            rule="telling-nobody",
            level="warning",
            subject="alerts",
            message="no receiver is configured: alerts fire and nobody is told",
            hint="add `receivers: {team: [{email: you@example.org}]}` to vedette.yaml",
        )
    else:
        yield Fine(subject="alerts", message=f"go to {', '.join(told)}")


EXAMINATION = Examination(title="alerts", order=60, examine=_examine)
