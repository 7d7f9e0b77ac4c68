"""What every way of getting a program shares: the protocol, the options, the progress."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from vedette import settings
from vedette.model.program import Installed, Program


@dataclass(frozen=True, kw_only=True)
class Step:
    """One piece of news for whoever waits.

    Args:
        program: The program that is being got.
        text: What happens now, for a person.
        done: Bytes that are here; 0 where nothing is counted.
        total: Bytes that will be; 0 where that is not known.
    """

    program: str
    text: str
    done: int = 0
    total: int = 0


Progress = Callable[[Step], None]


def silent(_: Step) -> None:
    """Tell nobody."""


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where programs may come from.

    Args:
        cache: Vedette's cache folder.
        folders: Searched before PATH.
        offline: True forbids the network.
        connect_seconds: How long a connection may take.
        suite: Take Debian packages of this suite only, and nothing from PATH or a release;
            for tests that want a certain version.
        path: Folders to search, separated as in PATH; None for the PATH of this process.
    """

    cache: Path
    folders: tuple[Path, ...] = ()
    offline: bool = False
    connect_seconds: float = 3.0
    suite: str = ""
    path: str | None = None

    @property
    def store(self) -> Path:
        """The folder that holds the programs; each asked-for suite has one of its own."""
        return self.cache / "suites" / self.suite if self.suite else self.cache


def configured(
    folders: tuple[Path, ...] = (), *, offline: bool = False, suite: str = ""
) -> Sources:
    """Return the sources that the user's settings allow.

    Args:
        folders: The plan's `program_folders`.
        offline: True forbids the network whatever the settings say.
        suite: See `Sources`.

    Raises:
        UsageError: a VEDETTE_ variable is wrong.
    """
    knobs = settings.read()
    cache = knobs.cache or Path(platformdirs.user_cache_dir("vedette"))
    return Sources(
        cache=cache.expanduser().absolute(),
        folders=(*((knobs.programs,) if knobs.programs else ()), *folders),
        offline=offline or knobs.offline,
        connect_seconds=knobs.connect_seconds,
        suite=suite,
    )


class UnavailableError(Exception):
    """One source cannot offer a program; the next one is tried.

    Args:
        reason: Why, in a few words; empty where this source is none for the program at all.
        remedy: What would make it work; empty where nothing would.
    """

    def __init__(self, *, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, kw_only=True)
class Session:
    """One call of `obtain`: what it may use, and what its sources learn on the way."""

    sources: Sources
    progress: Progress = silent
    unreachable: dict[str, str] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)
    fetched: set[Path] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    interrupted: threading.Event = field(default_factory=threading.Event)

    def say(self, program: str, text: str, *, done: int = 0, total: int = 0) -> None:
        """Pass one piece of news on; whoever brings it learns here that nobody waits any more.

        Raises:
            UnavailableError: the call was interrupted.
        """
        if self.interrupted.is_set():
            raise UnavailableError(reason="interrupted")
        self.progress(Step(program=program, text=text, done=done, total=total))

    def say_once(self, program: str, text: str) -> None:
        """Pass news on that hold for every program, unless they were told before.

        Raises:
            UnavailableError: the call was interrupted.
        """
        if text not in self.told:
            self.told.add(text)
            self.say(program, text)


@dataclass(frozen=True, kw_only=True)
class Source:
    """One way of getting a program.

    Args:
        order: Lower numbers are tried first.
        title: What it is called where its refusal is quoted.
        network: True where it may download.
        suites: True where it can serve an explicitly asked-for suite.
        get: Returns the program, or raises `UnavailableError`.
    """

    order: int
    title: str
    network: bool
    suites: bool = False
    get: Callable[[Program, Session], Installed]
