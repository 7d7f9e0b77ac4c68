"""Each target: does it answer, and is the answer an exposition?"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from vedette.clients.prometheus import ScrapeTarget
from vedette.doctor import skew
from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.exposition import Exposition, read
from vedette.doctor.fetch import Answer, Trouble, fetch
from vedette.doctor.patient import Patient
from vedette.doctor.places import Place, places
from vedette.doctor.unreachable import diagnose, other_scheme
from vedette.errors import VedetteError
from vedette.model.finding import Finding, Level
from vedette.model.signature import matches

_AT_ONCE = 8
_USUAL_PATHS = ("/metrics", "/metrics/", "/actuator/prometheus", "/prometheus", "/q/metrics")
_OK = range(200, 300)
_BAD_REQUEST, _NOT_FOUND = 400, 404
_LOCKED = frozenset({401, 403})


def _examine(patient: Patient) -> Iterator[Result]:
    seen = _scraped(patient)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for results in pool.map(lambda place: list(_look(place, patient, seen)), places(patient)):
            yield from results


def _scraped(patient: Patient) -> Mapping[tuple[str, str], ScrapeTarget]:
    """Return what Prometheus itself says of each target, by job and instance."""
    if patient.prometheus is None:
        return {}
    try:
        return {(one.job, one.instance): one for one in patient.prometheus.targets()}
    except VedetteError:
        return {}  # the examination of Prometheus says so


def _look(
    place: Place, patient: Patient, seen: Mapping[tuple[str, str], ScrapeTarget]
) -> Iterator[Result]:
    answer = fetch(place.question)
    if isinstance(answer, Trouble):
        yield diagnose(place, answer, patient)
        return
    if late := skew.by_date(place.subject, answer.date, patient.now()):
        yield late
    if answer.status not in _OK:
        yield _refused(place, answer)
        return
    exposed = read(answer.body, answer.kind, whole=answer.whole)
    if exposed.problem:
        yield _not_an_exposition(place, exposed.problem)
        return
    if stamped := skew.by_stamps(place.subject, exposed.stamps, patient.now()):
        yield stamped
    yield _scrape(place, exposed, seen.get((place.job, place.instance)))
    yield from _packs(place, exposed, patient)


def _refused(place: Place, answer: Answer) -> Finding:
    status = answer.status
    if status == _BAD_REQUEST and (other := other_scheme(place)):
        return other
    if status == _NOT_FOUND:
        return _wrong_path(place, f"it answered 404: its metrics are not at {place.path}")
    if status in _LOCKED and place.module is None:
        message = f"it answered {status}: it does not know the plan's login"
        hint = "`vedette reload` takes over a changed login; else `vedette down` and `vedette up`"
        return _finding("target-login", place, message, hint=hint)
    if status in _LOCKED:
        message = f"it answered {status}: it asks for a login"
        hint = "let the stack read the metrics without one, for instance on another port"
        return _finding("target-login", place, message, hint=hint)
    hint = "look at the service's own log"
    return _finding("target-status", place, f"it answered {status} at {place.path}", hint=hint)


def _not_an_exposition(place: Place, problem: str) -> Finding:
    message = f"{place.path} is not Prometheus text: {problem}"
    return _wrong_path(place, message, rule="target-not-metrics")


def _wrong_path(place: Place, message: str, *, rule: str = "target-path") -> Finding:
    base = place.question.url.removesuffix(place.path)
    for path in _USUAL_PATHS:
        if path == place.path:
            continue
        answer = fetch(replace(place.question, url=f"{base}{path}"))
        if isinstance(answer, Answer) and answer.status in _OK:
            exposed = read(answer.body, answer.kind, whole=answer.whole)
            if exposed.count:
                return _finding(rule, place, message, hint=f"write `path: {path}`: they are there")
    hint = "write `path:` with the one where it exposes its metrics; many services use /metrics"
    return _finding(rule, place, message, hint=hint)


def _scrape(place: Place, exposed: Exposition, seen: ScrapeTarget | None) -> Result:
    if seen is not None and seen.health == "down":
        message = f"it answers us, but Prometheus cannot scrape it: {seen.error}"
        hint = "if it began only just now, ask again after a scrape; else mend what it says"
        return _finding("target-scrape", place, message, hint=hint)
    if not exposed.count:
        message = f"{place.path} answers, but exposes no sample"
        return _finding(
            "target-empty", place, message, hint="does it register metrics?", level="warning"
        )
    return Fine(subject=place.subject, message=f"{exposed.count} samples")


def _packs(place: Place, exposed: Exposition, patient: Patient) -> Iterable[Result]:
    for name in place.module.packs if place.module else ():
        pack = patient.plan.packs.get(name)
        if pack is None or not pack.signature or matches(pack.signature, exposed.names):
            continue
        message = f"it exposes nothing of the pack {name}: no {pack.signature[0]}"
        hint = f"instrument it, or remove {name} from `packs:`"
        yield _finding("target-pack", place, message, hint=hint, level="info")


def _finding(
    rule: str, place: Place, message: str, *, hint: str, level: Level = "error"
) -> Finding:
    return Finding(rule=rule, level=level, subject=place.subject, message=message, hint=hint)


EXAMINATION = Examination(title="targets", order=30, examine=_examine)
