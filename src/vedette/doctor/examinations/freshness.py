"""What runs and what the plan says: are they the same?"""

from collections.abc import Iterator

from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.patient import Patient
from vedette.model.finding import Finding


def _examine(patient: Patient) -> Iterator[Result]:
    if patient.running is None:
        return
    changed = list(_changed(patient))
    if not changed:
        yield Fine(subject="configuration", message="what runs is what the plan says")
        return
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    source = patient.file.name if patient.file else "the plan"
    yield Finding(
        rule="plan-not-loaded",
        level="warning",
        subject="configuration",
        message=f"{source} is newer than what runs: {changed[0]}{more} would change",
        hint="`vedette reload` loads it without a restart",
    )


def _changed(patient: Patient) -> Iterator[str]:
    """Yield the rendered files that the plan would now write differently."""
    folder = patient.plan.state / "config"
    for component, description in patient.components.items():
        for name, text in description.files(patient.plan).items():
            try:
                written = (folder / component / name).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                written = ""
            if written != text:
                yield f"{component}/{name}"


EXAMINATION = Examination(title="configuration", order=40, examine=_examine)
