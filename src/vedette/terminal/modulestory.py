"""What `vedette module add` has to say, to people and to programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vedette.doctor.coverage import Coverage
from vedette.model.module import Module
from vedette.terminal import reload
from vedette.terminal.modules import Look, Wanted
from vedette.terminal.output import findings_json

_UNKNOWN = "metrics of no program that Vedette knows"
_NO_PACKS = "it is scraped, and no dashboard or alert is about it: name a pack with --pack"
# Rules of the lint whose breach costs the whole scrape.
_FATAL = ("lint-syntax", "lint-huge")
_DONE = {"written": "is watched", "planned": "would be watched", "unchanged": "is as it was"}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a module.

    Args:
        outcome: `written`, `planned` or `unchanged`.
        file: The plan file.
        reloaded: What became of the programs; None where nothing was reloaded.
        module: As it is in the plan.
        wanted: What was told.
        seen: What the scrape showed.
        covered: What of its packs has data.
    """

    outcome: str
    file: str
    reloaded: Mapping[str, Any] | None
    module: Module
    wanted: Wanted
    seen: Look
    covered: Coverage


def as_json(told: Outcome) -> dict[str, Any]:
    """Return an outcome for programs."""
    seen, module = told.seen, told.module
    recognised = seen.recognised
    return {
        "name": module.name,
        "outcome": told.outcome,
        "file": told.file,
        "reloaded": told.reloaded,
        "targets": list(module.targets),
        "packs": list(module.packs),
        "labels": _labels(module),
        "recognised": recognised.title if recognised else None,
        "notes": list(recognised.notes) if recognised else [],
        "unfollowed": _unfollowed(told),
        **_covered(told.covered),
        "lint": {**_counts(seen), "command": _command(told)},
    }


def as_text(told: Outcome) -> Iterable[str]:
    """Yield the lines that tell an outcome to people."""
    seen = told.seen
    yield from _seen(seen)
    yield f"{told.file}: module {told.module.name} {_DONE[told.outcome]}"
    labels = ", ".join(f"{name}={value}" for name, value in _labels(told.module).items())
    yield f"  packs: {', '.join(told.module.packs) or 'none'}; labels: {labels}"
    if not told.module.packs:
        yield f"  {_NO_PACKS}"
    if more := _unfollowed(told):
        yield f"  it also exposes {', '.join(more)}, which the file leaves out: see `packs:`"
    if told.reloaded is not None:
        yield reload.told(told.reloaded)
    elif told.outcome == "written":
        yield "  no stack was reloaded; `vedette up` starts one, `vedette reload` tells it"
    if seen.scraped is not None:
        yield from covered_text(told.covered)
    yield from _judged(told)


def _covered(told: Coverage) -> dict[str, Any]:
    return {
        "dashboards": [
            {
                "uid": page.uid,
                "title": page.title,
                "panels": len(page.panels),
                "empty": [{"title": one.name, "missing": one.missing} for one in page.empty],
            }
            for page in told.dashboards
        ],
        "alerts": [{"name": one.name, "missing": one.missing} for one in told.alerts],
    }


def covered_text(told: Coverage) -> Iterable[str]:
    """Yield the lines that tell a coverage to people."""
    for page in told.dashboards:
        count = len(page.panels)
        yield f"dashboard {page.title}: {count - len(page.empty)} of {count} panels have data"
        for panel in page.empty:
            yield f"  {panel.name} is empty: no {', '.join(panel.missing)}"
    apply = [one.name for one in told.alerts if not one.missing]
    if apply:
        yield f"alerts that apply: {', '.join(apply)}"
    for alert in told.alerts:
        if alert.missing:
            yield f"  {alert.name} cannot fire: no {', '.join(alert.missing)}"


def _seen(seen: Look) -> Iterable[str]:
    if seen.recognised and seen.scraped:
        what = f"{seen.recognised.title} recognised" if seen.recognised.programs else _UNKNOWN
        yield f"{what} at {seen.scraped.source}, {seen.scraped.exposition.count} samples"
        yield from (f"  {note}" for note in seen.recognised.notes)
    for finding in seen.findings:
        if not finding.rule.startswith("lint-"):
            yield f"{finding.level}: {finding.message}"
            yield f"  hint: {finding.hint}"


def _unfollowed(told: Outcome) -> list[str]:
    """Return the packs that were seen and that the module does not follow."""
    seen = told.seen.recognised.packs if told.seen.recognised else ()
    return [name for name in seen if name not in told.module.packs]


def _labels(module: Module) -> dict[str, str]:
    owner = {"owner": module.owner} if module.owner else {}
    return {"module": module.name, **module.labels, **owner}


def _judged(told: Outcome) -> Iterable[str]:
    """Yield what makes Prometheus refuse all of it, and how much else there is to mend."""
    for finding in told.seen.findings:
        if finding.level == "error" and finding.rule in _FATAL:
            yield f"error: Prometheus will take nothing of it: {finding.message}"
            yield f"  hint: {finding.hint}"
            break
    counts = _counts(told.seen)
    if counts["error"] or counts["warning"]:
        words = ", ".join(
            f"{count} {level}{'s' if count > 1 and level != 'info' else ''}"
            for level, count in counts.items()
            if count
        )
        yield f"lint: {words}; see `{_command(told)}`"


def _counts(seen: Look) -> dict[str, int]:
    judged = [one for one in seen.findings if one.rule.startswith("lint-")]
    counts: dict[str, int] = findings_json(judged)["summary"]
    return counts


def _command(told: Outcome) -> str:
    return f"vedette lint {told.wanted.address.url}"
