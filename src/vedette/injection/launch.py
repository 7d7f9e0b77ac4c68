"""Prepare the environment in which a program is watched."""

import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from vedette import integrations, settings
from vedette.discover import discover
from vedette.errors import CommandError, MissingCommandError, UsageError
from vedette.model.integration import Integration
from vedette.process.run import run

_SITE = Path(__file__).parent / "site"
_PYTHON = re.compile(r"(python|pypy)[\d.]*(\.exe)?\Z")
_CHECK_SECONDS = 60.0
# Those that keep Python from PYTHONPATH or from sitecustomize.
_BLIND = re.compile(r"-[a-zA-Z]*[IES]")
_WITH_VALUE = ("-c", "-m", "-W", "-X")


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program as it will be run.

    Args:
        path: Its file.
        arguments: What stands behind its name.
        python: The interpreter that runs it, with that one's options; empty where it is not
            a Python program.
    """

    path: str
    arguments: tuple[str, ...]
    python: tuple[str, ...] = ()

    @property
    def direct(self) -> bool:
        """Whether the file is the interpreter itself, as in `python app.py`."""
        return bool(_PYTHON.match(Path(self.path).name))

    @property
    def name(self) -> str:
        """What runs: the module of `python -m`, else the file's name."""
        words = self.arguments
        if self.direct and "-m" in words[:-1]:
            return words[words.index("-m") + 1]
        return Path(self.path).name


def find(words: Sequence[str]) -> Program:
    """Find a program as a shell does.

    Raises:
        MissingCommandError: there is none.
        CommandError: there is a file, but it may not be executed.
    """
    path = shutil.which(words[0])
    if path is None:
        if Path(words[0]).is_file() and os.sep in words[0]:
            problem = f"{words[0]} is not executable"
            raise CommandError(problem, hint=f"chmod +x {words[0]}, or put python before it")
        problem = f"{words[0]}: there is no such program"
        hint = "install it, activate its environment, or give its path"
        raise MissingCommandError(problem, hint=hint)
    python = _interpreter(Path(path))
    return Program(path=path, arguments=tuple(words[1:]), python=python)


def check(program: Program) -> None:
    """Make sure that the program can be watched.

    Raises:
        UsageError: its interpreter lacks Vedette, or is told to ignore the environment.
    """
    if not program.python:
        return
    interpreter, *options = program.python
    blind = [
        word
        for word in [*options, *_options(program.arguments if program.direct else ())]
        if _BLIND.match(word)
    ]
    if blind:
        problem = f"with {blind[0]} Python ignores the environment, and Vedette with it"
        raise UsageError(problem, hint=f"leave {blind[0]} out, or call instrument() in the code")
    if interpreter != settings.interpreter():
        _need_vedette(interpreter)


def environment(
    program: Program, *, without: Sequence[str] = (), port: int | None = None, several: bool = False
) -> Mapping[str, str]:
    """Return what is added to the environment of a program.

    Args:
        program: The program.
        without: Integrations that are left out.
        port: Where the metrics are served; None lets the program's own page do, if it has one.
        several: Whether its processes share what they record, whatever they are.

    Raises:
        UsageError: an integration to be left out does not exist.
    """
    known = discover(integrations, "INTEGRATION", Integration)
    if unknown := sorted(set(without) - set(known)):
        problem = f"there is no integration {unknown[0]!r}"
        raise UsageError(problem, hint=f"known: {', '.join(known)}")
    chosen = {name: one for name, one in known.items() if one.automatic and name not in without}
    fields = {
        "watch": ",".join(f"{one.library}:{name}" for name, one in chosen.items()),
        "port": "" if port is None else str(port),
        "root": "",
    }
    added: dict[str, str] = {}
    if several or _several(program, chosen):
        fields["folder"] = tempfile.mkdtemp(prefix="vedette-workers-")
        added["PROMETHEUS_MULTIPROC_DIR"] = fields["folder"]
    before = settings.environment("PYTHONPATH")
    paths = (str(_SITE), *((before,) if before else ()))
    added["PYTHONPATH"] = os.pathsep.join(paths)
    added["VEDETTE_INSTRUMENT"] = ";".join(f"{name}={text}" for name, text in fields.items())
    return added


def _several(program: Program, chosen: Mapping[str, Integration]) -> bool:
    """Say whether the integration of the program knows that it starts workers."""
    if settings.environment("PROMETHEUS_MULTIPROC_DIR"):
        return False  # the user has chosen a folder
    for name, one in chosen.items():
        if one.library == program.name:
            module = import_module(f"{integrations.__name__}.{name}")
            asked = getattr(module, "several_processes", None)
            return bool(asked and asked(program.arguments))
    return False


def _interpreter(path: Path) -> tuple[str, ...]:
    if _PYTHON.match(path.name):
        return (str(path),)
    with path.open("rb") as file:
        first, second = file.readline(512), file.readline(4096)
    if not first.startswith(b"#!"):
        return ()
    words = shlex.split(first[2:].decode(errors="replace").strip())
    if second.startswith(b"'''exec'"):  # pip's way around a path that is too long for #!
        words = shlex.split(second.decode(errors="replace"))[1:2]
    if words and Path(words[0]).name == "env":
        words = [word for word in words[1:] if word != "-S"]
        words[:1] = [shutil.which(words[0]) or words[0]] if words else []
    return tuple(words) if words and _PYTHON.match(Path(words[0]).name) else ()


def _options(arguments: Sequence[str]) -> list[str]:
    """Return the options that Python itself reads: those before the program."""
    options: list[str] = []
    for word in arguments:
        if not word.startswith("-") or word in {"-", "-c", "-m"}:
            break
        options.append(word)
    return options


def _need_vedette(interpreter: str) -> None:
    done = run((interpreter, "-c", "import vedette.injection"), timeout=_CHECK_SECONDS)
    if done.returncode != 0:
        problem = f"{interpreter}, which runs this program, lacks vedette"
        raise UsageError(problem, hint=f"{interpreter} -m pip install vedette")
