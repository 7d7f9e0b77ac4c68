"""Finding a plan file and reading it into a plan."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from pydantic import ValidationError

from vedette import settings
from vedette.model.finding import Finding
from vedette.model.plan import Plan
from vedette.planfile import complaints
from vedette.planfile.document import Document, load
from vedette.planfile.errors import PlanFileError
from vedette.planfile.registry import Registry, installed
from vedette.planfile.resolve import resolve
from vedette.planfile.schema import PlanFile
from vedette.planfile.scope import Scope

NAME = "vedette.yaml"
SIZE_LIMIT = 512 * 1024  # bytes; a plan of a thousand modules is a fifth of it
_MISSPELT = ("vedette.yml", ".vedette.yaml", ".vedette.yml", "Vedette.yaml")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What became of a plan file.

    Args:
        path: The file; None where there is none and everything is a default.
        plan: The plan; None where the findings hold an error.
        findings: What there is to say, in the order of the file.
        document: The text with its places.
    """

    path: Path | None
    plan: Plan | None
    findings: tuple[Finding, ...]
    document: Document


def read(path: Path | None = None, *, registry: Registry | None = None) -> Plan:
    """Return the plan of a file, or sensible defaults where there is none.

    Args:
        path: The file, or its folder; None to look for vedette.yaml here and in the
            folders above.
        registry: What a plan can refer to, instead of what is installed.

    Raises:
        PlanFileError: the file cannot be read as a plan; it holds every finding.
    """
    reading = examine(path, registry=registry)
    if reading.plan is None:
        raise PlanFileError([one for one in reading.findings if one.level == "error"])
    return reading.plan


def examine(path: Path | None = None, *, registry: Registry | None = None) -> Reading:
    """Read a plan file and return everything there is to say about it.

    Args:
        path: As for `read`.
        registry: As for `read`.

    Raises:
        PlanFileError: there is no such file, or it cannot be opened.
    """
    known = settings.read()
    given = path or known.file
    file = find(Path.cwd()) if given is None else given.expanduser().absolute()
    if file is not None and file.is_dir():
        file = _inside(file)
    document = Document(file="") if file is None else _document(file)
    home = Path.cwd() if file is None else file.parent
    scope = Scope(document=document, home=home, registry=registry or installed())
    state = _state_without_file(home) if file is None else home / ".vedette"
    plan = _plan(scope, known, state)
    findings = tuple(sorted(document.findings, key=lambda one: (one.line, one.column)))
    if any(finding.level == "error" for finding in findings):
        plan = None
    return Reading(path=file, plan=plan, findings=findings, document=document)


def find(folder: Path) -> Path | None:
    """Return the plan file of a folder or of the nearest one above it, None for none.

    Raises:
        PlanFileError: the folder has one under a name that is not read.
    """
    for near in (folder, *folder.parents):
        if (near / NAME).exists():
            return near / NAME
        for name in _MISSPELT:
            if (near / name).is_file() and not (near / NAME).exists():
                message = f"a plan file is called {NAME}, not {name}"
                raise _unreadable(near / name, message, f"rename it to {NAME}")
    return None


def _plan(scope: Scope, known: settings.Settings, state: Path) -> Plan | None:
    document = scope.document
    if document.findings and document.data is None:
        return None
    try:
        keys = PlanFile.model_validate({} if document.data is None else document.data)
    except ValidationError as error:
        complaints.report(error, document)
        return None
    return resolve(keys, scope, settings=known, state=state)


def _document(file: Path) -> Document:
    return load(_text(file), _shown(file), settings.environment)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        hint = "write one with `vedette init`, or name another with --file"
        raise _unreadable(file, "there is no such file", hint) from None
    except OSError as error:
        message = f"it cannot be read: {error.strerror}"
        raise _unreadable(file, message, f"make it readable: chmod u+r '{file}'") from None
    if len(content) > SIZE_LIMIT:
        message = f"it is larger than {SIZE_LIMIT // 1024} KiB"
        raise _unreadable(file, message, "is this the right file? A plan has a few lines")
    if b"\0" in content:
        raise _unreadable(file, "it is a binary file", "is this the right file?")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"byte {error.start + 1} ({content[error.start]:#04x}) is not UTF-8"
        raise _unreadable(file, message, "save it as UTF-8", line=line) from None


def _inside(folder: Path) -> Path:
    if (folder / NAME).is_file():
        return folder / NAME
    message = "it is a folder" + ("" if folder.name == NAME else f" without {NAME}")
    hint = f"name the file itself, or write one with `vedette init` in {folder}"
    raise _unreadable(folder, message, hint)


def _unreadable(file: Path, message: str, hint: str, *, line: int = 0) -> PlanFileError:
    finding = Finding(
        rule="plan-file",
        level="error",
        subject=file.name,
        message=message,
        hint=hint,
        file=_shown(file),
        line=line,
    )
    return PlanFileError([finding])


def _shown(file: Path) -> str:
    try:
        return str(file.relative_to(Path.cwd()))
    except ValueError:
        return str(file)


def _state_without_file(home: Path) -> Path:
    mark = hashlib.sha256(str(home).encode(errors="surrogateescape")).hexdigest()[:8]
    folder = f"{home.name or 'root'}-{mark}"
    return platformdirs.user_state_path("vedette") / folder
