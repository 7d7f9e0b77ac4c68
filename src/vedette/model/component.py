"""A program the stack runs, described well enough to run it anywhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from vedette.model.plan import Plan
from vedette.model.program import Installed, Program


@dataclass(frozen=True, kw_only=True)
class Launch:
    """Where one component runs: given to its description, which answers with arguments.

    Args:
        plan: The whole plan.
        config: Folder of its rendered files, as the program will see it.
        data: Folder for what it keeps, as the program will see it.
        listen: Address to bind, `host:port`.
        programs: What was found for it, by program name; empty in an export.
    """

    plan: Plan
    config: Path
    data: Path
    listen: str
    programs: Mapping[str, Installed] = field(default_factory=lambda: MappingProxyType({}))


Arguments = Callable[[Launch], tuple[str, ...]]
Files = Callable[[Plan], Mapping[str, str]]
Commands = Callable[[Launch], tuple[tuple[str, ...], ...]]


def _no_files(_: Plan) -> Mapping[str, str]:
    return {}


def _no_checks(_: Launch) -> tuple[tuple[str, ...], ...]:
    return ()


def _no_environment(_: Launch) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Component:
    """Pure description: no process is started from here.

    Args:
        title: Its name as its makers write it.
        summary: One sentence: what it is for.
        programs: What must be got; the first is the one that runs. Empty for a part of
            Vedette itself: then its own interpreter runs `arguments`.
        image: The container image that exports name, with its tag.
        port: Default port.
        arguments: Command-line arguments of the first program for a launch.
        environment: Added to the environment for a launch.
        files: Path below its configuration folder to text, for a plan; pure.
        checks: Commands that judge the files before anything starts; the first word is
            the name of one of `programs`.
        ready: Path that answers 200 when it is ready; empty where nothing tells.
        reload: Path to POST to after its files changed; empty where it must be restarted.
        metrics: Path of its own metrics; empty where it has none.
        pack: The pack that its metrics feed, which a plan then follows; empty for none.
        guarded: False where it asks nobody for a password; it then stays on loopback
            where the plan has a login.
        default: True where a plan runs it without being asked to.
        after: Components that must be ready first.
        stop_seconds: How long it may take to stop before it is killed.
        patient_seconds: How long it may take to become ready.
    """

    title: str
    summary: str
    programs: tuple[Program, ...]
    image: str
    port: int
    arguments: Arguments
    environment: Callable[[Launch], Mapping[str, str]] = _no_environment
    files: Files = _no_files
    checks: Commands = _no_checks
    ready: str = ""
    reload: str = ""
    metrics: str = "/metrics"
    pack: str = ""
    guarded: bool = True
    default: bool = False
    after: tuple[str, ...] = ()
    stop_seconds: float = 5.0
    patient_seconds: float = 30.0


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that may be said of an export on the command line.

    Args:
        name: Of the option, `watch-namespace`.
        help: One sentence.
        default: Its value when nothing is said.
        among: The values that it may have; empty for any.
        many: True where it may be said several times; its value is then a tuple.
    """

    name: str
    help: str
    default: str = ""
    among: tuple[str, ...] = ()
    many: bool = False

    @property
    def key(self) -> str:
        """What the rendering function calls it."""
        return self.name.replace("-", "_")


@dataclass(frozen=True, kw_only=True)
class Target:
    """A place the stack can be exported to.

    Args:
        help: One sentence for the command line.
        render: Components and a plan in, and the choices by their names; path below the
            export folder to text out; pure.
        choices: What may be said of it.
        by_pack: True where it is made of packs, which may be named instead of a plan.
        private: True where its files may hold secrets, and its folder is its owner's.
    """

    help: str
    render: Callable[..., Mapping[str, str]]
    choices: tuple[Choice, ...] = ()
    by_pack: bool = False
    private: bool = True
