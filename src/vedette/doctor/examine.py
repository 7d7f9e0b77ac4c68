"""Every examination, one after the other."""

from vedette.discover import discover
from vedette.doctor import examinations
from vedette.doctor.diagnosis import Diagnosis, Examination, Fine, Result
from vedette.doctor.patient import Patient
from vedette.errors import VedetteError
from vedette.model.finding import Finding


def examine(patient: Patient) -> Diagnosis:
    """Look at a stack in every way there is.

    Args:
        patient: The stack.

    Raises:
        DiscoveryError: an examination's module does not define it.
    """
    known = discover(examinations, "EXAMINATION", Examination).values()
    results = [
        result
        for examination in sorted(known, key=lambda one: one.order)
        for result in _results(examination, patient)
    ]
    return Diagnosis(
        fine=tuple(result for result in results if isinstance(result, Fine)),
        findings=tuple(result for result in results if isinstance(result, Finding)),
    )


def _results(examination: Examination, patient: Patient) -> list[Result]:
    """Run one examination; where it cannot go on, that is a finding of its own."""
    results: list[Result] = []
    try:
        results.extend(examination.examine(patient))
    except VedetteError as error:
        results.append(
            Finding(
                rule="doctor-cannot-look",
                level="warning",
                subject=examination.title,
                message=error.problem,
                hint=error.hint,
            )
        )
    return results
