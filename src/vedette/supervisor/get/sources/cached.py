"""What was got before, if it is still what was stored."""

from vedette.model.program import Installed, Program
from vedette.supervisor.get import cache
from vedette.supervisor.get.source import Session, Source, UnavailableError


def _get(program: Program, session: Session) -> Installed:
    faults = []
    for entry in cache.entries(session.sources.store, program.name):
        if fault := entry.fault():
            faults.append(f"refused: {fault}")
            session.say(program.name, f"refused from the cache: {fault}")
            continue
        found = entry.installed()
        if found and found.version >= program.minimum:
            return found
        faults.append(f"{entry.folder.name} is older than {program.minimum}")
    raise UnavailableError(reason="; ".join(faults) or "nothing there")


SOURCE = Source(order=20, title="cache", network=False, suites=True, get=_get)
