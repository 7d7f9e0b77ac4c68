"""The clocks: are the samples that Prometheus holds from now?"""

from collections.abc import Iterator

from vedette.doctor import skew
from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.patient import Patient

_TARGET_CLOCKS = "node_time_seconds - timestamp(node_time_seconds)"


def _examine(patient: Patient) -> Iterator[Result]:
    if patient.prometheus is None:
        return
    newest = patient.prometheus.query("max(timestamp(up))", time=patient.now())
    if not newest:
        return
    # An old sample may be a scrape that failed; one of the future can only be a clock.
    ahead = max(newest[0].value - patient.now(), 0.0)
    finding = skew.between("prometheus", ahead, limit=skew.LIMIT_SECONDS)
    yield finding or Fine(subject="clock", message="samples carry the time of this machine")
    for sample in patient.prometheus.query(_TARGET_CLOCKS):
        instance = sample.labels.get("instance", "a host")
        if late := skew.between(instance, sample.value, limit=skew.LIMIT_SECONDS):
            yield late


EXAMINATION = Examination(title="clock", order=45, examine=_examine)
