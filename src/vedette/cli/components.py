"""`vedette components`: the programs that the stack runs, and where they come from."""

import difflib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from vedette.errors import ProgramMissingError, UsageError
from vedette.model.component import Component
from vedette.model.program import Installed, Program
from vedette.terminal.output import format_option, print_json, print_table

if TYPE_CHECKING:
    from vedette.supervisor.get import Sources

_offline = click.option("--offline", is_flag=True, help="Never use the network.")
_HEADINGS = ("PROGRAM", "COMPONENT", "NEEDS", "HAS", "SOURCE")


@click.group()
def command() -> None:
    """List, get, verify and pin the programs that the stack runs.

    A program is taken from a configured folder or PATH, else from Vedette's cache, else from
    its official release with a pinned SHA-256, else from the distribution's package, else
    from the Python index. Nothing is installed and nothing needs root.
    """


@command.command("list")
@format_option
def list_(form: str) -> None:
    """List every program, and where it is on this machine."""
    from vedette.supervisor.get import locate

    everything = _components()
    programs = _programs(everything, tuple(everything))
    found = locate(programs, _sources(offline=True))
    _print([_row(program, everything, found.get(program.name)) for program in programs], form)


@command.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_offline
@format_option
def get(names: tuple[str, ...], offline: bool, form: str) -> None:
    """Get programs, named by themselves or by their component; without names, the plan's."""
    from vedette.supervisor.get import obtain
    from vedette.terminal.getting import getting

    everything = _components()
    wanted = _programs(everything, names or _planned())
    with getting() as progress:
        found = obtain(wanted, _sources(offline=offline), progress)
    _print([_row(program, everything, found[program.name]) for program in wanted], form)


@command.command()
@click.argument("name")
@format_option
def path(name: str, form: str) -> None:
    """Print where a program is on this machine; exit code 3 where it is not."""
    from vedette.supervisor.get import locate

    everything = _components()
    program = _programs(everything, (name,))[0]
    found = locate([program], _sources(offline=True)).get(program.name)
    if found is None:
        problem = f"{program.name} is not on this machine"
        raise ProgramMissingError(problem, hint=f"vedette components get {program.name}")
    if form == "json":
        print_json(_row(program, everything, found))
    else:
        click.echo(found.path)


@command.command()
@format_option
@click.pass_context
def verify(context: click.Context, form: str) -> None:
    """Compare every program in the cache with the SHA-256 that it had when it came."""
    from vedette.supervisor.get.cache import entries, known

    store = _sources(offline=True).store
    rows = [
        {"program": name, "entry": entry.folder.name, "fault": entry.fault()}
        for name in known(store)
        for entry in entries(store, name)
    ]
    if form == "json":
        print_json(rows)
    else:
        words = {True: "damaged", False: "fine"}
        lines = ((row["program"], row["entry"], words[bool(row["fault"])]) for row in rows)
        print_table(("PROGRAM", "ENTRY", "VERDICT"), lines)
    if faults := [row["fault"] for row in rows if row["fault"]]:
        click.echo("\n".join(faults), err=True)
        click.echo("hint: vedette components get replaces what is damaged", err=True)
        context.exit(1)


@command.command()
@click.argument("name")
@click.option("--version", required=True, help="The release, as in 3.15.0.")
@click.option(
    "--sums",
    required=True,
    metavar="FILE|URL",
    help="The release's own list of SHA-256 sums, as `sha256sum` prints them.",
)
@click.option("--url", default="", help="Where the archive is, with {version}, {os} and {arch}.")
@_offline
@format_option
def pin(*, name: str, version: str, sums: str, url: str, offline: bool, form: str) -> None:
    """Pin the SHA-256 sums of an official release, so that it may be downloaded.

    Needed where Vedette knows no sums for this machine's platform, and to use another release
    than the one it knows. Take the sums from the makers themselves: the file sha256sums.txt
    beside the release's archives.

    \b
    Example:
      vedette components pin node_exporter --version 1.12.1 --sums sha256sums.txt
      vedette components get node_exporter
    """  # noqa: D301 - click's mark for lines that stay as they are
    from vedette.supervisor.get.pins import pin as store

    program = _programs(_components(), (name,))[0]
    release = store(program, version, sums=sums, sources=_sources(offline=offline), url=url)
    if form == "json":
        print_json({"program": program.name, "version": version, "sums": dict(release.sums)})
        return
    click.echo(f"{program.name} {version} is pinned for {', '.join(sorted(release.sums))}")
    click.echo(f"next: vedette components get {program.name}")


def _components() -> Mapping[str, Component]:
    from vedette import stack
    from vedette.discover import discover

    return discover(stack, "COMPONENT", Component)


def _planned() -> Sequence[str]:
    from vedette import planfile

    return planfile.read().components


def _programs(components: Mapping[str, Component], names: Sequence[str]) -> list[Program]:
    """Return the programs that the names mean, each once.

    Raises:
        UsageError: a name means nothing.
    """
    single = {one.name: (one,) for each in components.values() for one in each.programs}
    # `prometheus` is the component, with promtool.
    meant = {**single, **{name: each.programs for name, each in components.items()}}
    for name in names:
        if name not in meant:
            near = difflib.get_close_matches(name, meant, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(meant))}"
            problem = f"there is no program or component {name!r}"
            raise UsageError(problem, hint=hint)
    return list({program.name: program for name in names for program in meant[name]}.values())


def _sources(*, offline: bool) -> "Sources":
    from vedette import planfile
    from vedette.supervisor.get import configured

    return configured(planfile.read().program_folders, offline=offline)


def _row(
    program: Program, components: Mapping[str, Component], found: Installed | None
) -> dict[str, str | None]:
    owner = next(name for name, each in components.items() if program in each.programs)
    return {
        "program": program.name,
        "component": owner,
        "minimum": str(program.minimum),
        "version": str(found.version) if found else None,
        "source": found.source if found else None,
        "path": str(found.path) if found else None,
        "detail": found.detail if found else None,
    }


def _print(rows: list[dict[str, str | None]], form: str) -> None:
    if form == "json":
        print_json(rows)
        return
    # Paths are long: `components path` prints one, and the JSON has all.
    keys = ("program", "component", "minimum", "version", "source")
    print_table(
        _HEADINGS,
        ([row[key] or ("missing" if key == "version" else "") for key in keys] for row in rows),
    )
