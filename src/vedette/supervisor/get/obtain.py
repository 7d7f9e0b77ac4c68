"""Get programs: each from the first of its sources that can offer it."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from vedette.discover import discover
from vedette.errors import ProgramMissingError, UsageError, VedetteError
from vedette.model.program import Installed, Program
from vedette.supervisor.get import apt, cache
from vedette.supervisor.get import sources as registry
from vedette.supervisor.get.source import (
    Progress,
    Session,
    Source,
    Sources,
    UnavailableError,
    silent,
)

# Unpacking is most of the work; more at once would only fight for the cores.
_AT_ONCE = 2


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What one source said about one program."""

    source: str
    reason: str
    remedy: str = ""


def obtain(
    programs: Iterable[Program], sources: Sources, progress: Progress = silent
) -> Mapping[str, Installed]:
    """Return where each program is, after getting those that are missing.

    Args:
        programs: What is wanted.
        sources: Where it may come from.
        progress: Told what happens, with bytes where they are known; from several threads.

    Raises:
        ProgramMissingError: some could not be got; it lists what was tried for each.
        UsageError: the cache cannot be written.
    """
    wanted = list({program.name: program for program in programs}.values())
    session = Session(sources=sources, progress=progress)
    found, missing = _here(wanted, session)
    failed: dict[str, list[Tried]] = {}
    lacking = [program for program in wanted if program.name in missing]
    try:
        fetched = _fetch_all(lacking, session)
    except OSError as error:
        problem = f"the cache {sources.cache} cannot be used: {error.strerror or error}"
        raise UsageError(problem, hint="let VEDETTE_CACHE name a folder of yours") from None
    for program, (got, tried) in zip(lacking, fetched, strict=True):
        if got:
            found[program.name] = got
        else:
            failed[program.name] = missing[program.name] + tried
    if failed:
        raise _missing(failed, sources)
    return {program.name: found[program.name] for program in wanted}


def locate(programs: Iterable[Program], sources: Sources) -> Mapping[str, Installed]:
    """Return where each program is, as far as it is on this machine; nothing is got."""
    found, _ = _here(list(programs), Session(sources=sources))
    return found


def ways(*, network: bool, suite: str = "") -> list[Source]:
    """Return the sources in their order.

    Args:
        network: True for those that may download, False for the others.
        suite: Leave out those that cannot serve an asked-for suite.
    """
    every = discover(registry, "SOURCE", Source).values()
    chosen = [each for each in every if each.network == network and (each.suites or not suite)]
    return sorted(chosen, key=lambda each: each.order)


def _here(
    programs: list[Program], session: Session
) -> tuple[dict[str, Installed], dict[str, list[Tried]]]:
    local = ways(network=False, suite=session.sources.suite)
    found: dict[str, Installed] = {}
    missing: dict[str, list[Tried]] = {}
    with ThreadPoolExecutor(max_workers=4) as pool:
        results = pool.map(lambda program: _first(program, local, session), programs)
        for program, (got, tried) in zip(programs, results, strict=True):
            if got:
                found[program.name] = got
            else:
                missing[program.name] = tried
    return found, missing


def _fetch_all(
    programs: list[Program], session: Session
) -> list[tuple[Installed | None, list[Tried]]]:
    if not programs:
        return []
    with cache.downloads(session.sources.cache) as alone:
        pool = ThreadPoolExecutor(max_workers=_AT_ONCE)
        try:
            results = list(pool.map(lambda program: _fetch(program, session), programs))
        except BaseException:
            session.interrupted.set()
            raise
        finally:
            pool.shutdown()
        if alone():
            apt.clean(session.sources.cache)
            for file in session.fetched:
                file.unlink(missing_ok=True)
    return results


def _fetch(program: Program, session: Session) -> tuple[Installed | None, list[Tried]]:
    suite = session.sources.suite
    again = [each for each in ways(network=False, suite=suite) if each.suites]
    with cache.lock(session.sources.store, program.name):
        # Another process may have got it while this one waited.
        got, _ = _first(program, again, session)
        return (got, []) if got else _first(program, ways(network=True, suite=suite), session)


def _first(
    program: Program, sources: list[Source], session: Session
) -> tuple[Installed | None, list[Tried]]:
    tried: list[Tried] = []
    for source in sources:
        try:
            return source.get(program, session), tried
        except UnavailableError as error:
            if not error.reason:
                continue
            tried.append(Tried(source=source.title, reason=error.reason, remedy=error.remedy))
        except OSError as error:
            where = f" {error.filename}" if error.filename else ""
            tried.append(Tried(source=source.title, reason=f"{error.strerror or error}{where}"))
        except VedetteError as error:
            tried.append(Tried(source=source.title, reason=error.problem, remedy=error.hint))
    return None, tried


def _missing(failed: Mapping[str, list[Tried]], sources: Sources) -> ProgramMissingError:
    remedies: dict[str, None] = {}
    refused: dict[tuple[str, str], list[str]] = {}
    for name, tried in failed.items():
        for each in tried:
            refused.setdefault((each.source, each.reason), []).append(name)
        remedies.update({each.remedy: None for each in tried if each.remedy})
    lines = [f"could not get {', '.join(failed)}"]
    for (source, reason), names in refused.items():
        which = "" if len(names) == len(failed) > 1 else f"{', '.join(names)}: "
        lines.append(f"  {which}{source}: {reason}")
    ways_out = [
        *remedies,
        f"or put {', '.join(failed)} on PATH or into a folder that VEDETTE_PROGRAMS names",
        f"or copy {sources.cache} from a machine where `vedette components get` worked",
    ]
    return ProgramMissingError("\n".join(lines), hint="\n        ".join(ways_out))
