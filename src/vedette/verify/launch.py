"""Start a system as its user would, in a copy of its folder, and take it down again."""

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ruamel.yaml import YAML

from vedette.errors import ProgramFailedError, UsageError
from vedette.process import ports
from vedette.verify.ledger import NAME as LEDGER
from vedette.verify.overlay import overlay
from vedette.verify.sinks import mail, webhook
from vedette.verify.sinks.inbox import Inbox
from vedette.verify.system import System, vedette

PLAN = "vedette.yaml"
STATE = ".vedette"
EXAMPLES = Path("examples")
_UP_SECONDS = 600.0  # the first start downloads the programs
_NOT_COPIED = shutil.ignore_patterns(STATE, "__pycache__", ".git", "*.pyc")


def find(name: str) -> Path:
    """Return the folder of a system.

    Args:
        name: A path, or the name of a folder under ./examples.

    Raises:
        UsageError: there is no such folder, or it has no plan or no ledger.
    """
    folder = next((path for path in (Path(name), EXAMPLES / name) if path.is_dir()), None)
    if folder is None:
        here = sorted(path.parent.name for path in EXAMPLES.glob(f"*/{LEDGER}"))
        problem = f"there is no system {name!r}"
        known = f"under ./examples there are {', '.join(here)}" if here else "give its folder"
        raise UsageError(problem, hint=known)
    for file in (PLAN, LEDGER):
        if not (folder / file).is_file():
            problem = f"{folder} has no {file}"
            raise UsageError(problem, hint="a system has a vedette.yaml and a ledger.yaml")
    return folder.resolve()


@contextmanager
def running(folder: Path, *, beside: Sequence[str] = (), keep: bool = False) -> Iterator[System]:
    """Have a system run, with sinks for its notifications, for as long as the block does.

    Args:
        folder: Where it is; it is copied and left as it was.
        beside: Components to run beside those of its plan.
        keep: True leaves it running, and its copy where it is.

    Yields:
        The system, ready.

    Raises:
        ProgramFailedError: it does not start; the message quotes why.
    """
    inbox = Inbox()
    with webhook.listening(inbox) as url, mail.listening(inbox) as smarthost:
        copy = Path(tempfile.mkdtemp(prefix="vedette-verify-")) / folder.name
        shutil.copytree(folder, copy, ignore=_NOT_COPIED)
        modules = _rewrite(copy / PLAN, url, smarthost)
        try:
            yield _up(copy, modules, inbox, beside=beside)
        finally:
            if not keep:
                _down(copy)


def _rewrite(plan: Path, url: str, smarthost: str) -> Mapping[str, str]:
    yaml = YAML()
    content = yaml.load(plan.read_text(encoding="utf-8")) or {}
    changed, modules = overlay(
        content, webhook=url, smarthost=smarthost, free_port=lambda: ports.free("127.0.0.1")
    )
    changed["state"] = STATE
    with plan.open("w", encoding="utf-8") as file:
        yaml.dump(changed, file)
    return modules


def _up(folder: Path, modules: Mapping[str, str], inbox: Inbox, *, beside: Sequence[str]) -> System:
    started = time.time()
    added = [word for name in beside for word in ("--with", name)]
    arguments = ("up", "--detach", "--port", "auto", "--format", "json", *added)
    done = vedette(folder, *arguments, timeout=_UP_SECONDS)
    if done.returncode != 0:
        problem = f"the system did not start: {done.stderr.strip()[-800:]}"
        raise ProgramFailedError(problem, hint=f"its folder is {folder}")
    try:
        urls = dict(json.loads(done.stdout)["urls"])
    except (ValueError, KeyError, TypeError):
        problem = f"vedette up did not say where it runs: {done.stdout[:200]!r}"
        raise ProgramFailedError(problem, hint=f"its folder is {folder}") from None
    return System(
        folder=folder,
        state=folder / STATE,
        addresses={**urls, **modules},
        started=started,
        inbox=inbox,
    )


def _down(folder: Path) -> None:
    done = vedette(folder, "down")
    gone: Callable[[Path], None] = shutil.rmtree
    if done.returncode == 0:
        gone(folder.parent)
