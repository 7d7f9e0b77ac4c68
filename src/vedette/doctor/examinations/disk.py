"""The disk that holds the samples: how much of it is left?"""

from collections.abc import Iterator
from pathlib import Path

from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.patient import Patient
from vedette.model.finding import Finding
from vedette.model.unit import humanise

# Prometheus stops writing samples where a block cannot be completed; a block of two hours
# and its compaction take some hundred megabytes of a small stack.
_FULL_BYTES, _FULL_RATIO = 200e6, 0.005
_TIGHT_BYTES, _TIGHT_RATIO = 1e9, 0.02


def _examine(patient: Patient) -> Iterator[Result]:
    state = patient.plan.state
    folder = next(near for near in (state, *state.parents) if near.exists())
    yield _judge(state, patient, folder)


def _judge(state: Path, patient: Patient, folder: Path) -> Result:
    try:
        disk = patient.disk(folder)
    except OSError as error:
        return Finding(
            rule="disk-unreadable",
            level="error",
            subject=str(state),
            message=f"the disk of {folder} cannot be read: {error.strerror or error}",
            hint="check the mount, or choose another folder with `state:`",
        )
    left = f"{humanise(disk.free, 'bytes')} of {humanise(disk.total, 'bytes')} are left"
    share = disk.free / disk.total if disk.total else 0.0
    hint = "free some space, write `retention: {size: 5GB}`, or choose another folder with `state:`"
    if disk.free < _FULL_BYTES or share < _FULL_RATIO:
        message = f"the disk of {state} is full: {left}"
        return Finding(
            rule="disk-full", level="error", subject=str(state), message=message, hint=hint
        )
    if disk.free < _TIGHT_BYTES or share < _TIGHT_RATIO:
        message = f"the disk of {state} is nearly full: {left}"
        return Finding(
            rule="disk-nearly-full", level="warning", subject=str(state), message=message, hint=hint
        )
    return Fine(subject=str(state), message=left)


EXAMINATION = Examination(title="disk", order=50, examine=_examine)
