"""What every part of the reading needs: where things stand, what there is, what was found."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vedette.model.finding import Finding, Level
from vedette.model.secret import Secret
from vedette.planfile.document import Document
from vedette.planfile.document import Path as KeyPath
from vedette.planfile.registry import Registry

_SHOWN = 6  # of so many known names, all are listed


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One reading of one plan file.

    Args:
        document: The text, its places and the findings so far.
        home: Folder that relative paths start from.
        registry: What the plan can refer to.
    """

    document: Document
    home: Path
    registry: Registry

    def report(
        self, rule: str, path: KeyPath, message: str, *, hint: str, level: Level = "error"
    ) -> None:
        """Add a finding at the value that stands at `path`, at the key where it has none."""
        place = self.document.find(path)
        self.document.findings.append(
            Finding(
                rule=rule,
                level=level,
                subject=dotted(path) or self.document.file,
                message=message,
                hint=hint,
                file=self.document.file,
                line=place.line,
                column=place.column,
            )
        )

    def at_key(self, rule: str, path: KeyPath, message: str, *, hint: str) -> None:
        """Add an error at the key that ends `path`."""
        place = self.document.find(path, key=True)
        self.document.report(rule, message, hint=hint, place=place)

    def reference(
        self, path: KeyPath, what: str, known: Iterable[str], *, key: bool = False
    ) -> None:
        """Report that the last word of `path`'s value (or its key) names nothing.

        Args:
            path: Where it stands.
            what: What it should name, with the wrong word: `pack 'servign'`.
            known: The names that there are.
            key: True where the word is the key.
        """
        word = what.partition("'")[2].rstrip("'")
        report = self.at_key if key else self.report
        report("plan-reference", path, f"there is no {what}", hint=did_you_mean(word, known))

    def file(self, text: str) -> Path:
        """Return the path that a text means: relative to the plan file, `~` the home folder."""
        return Path(self.home, Path(text).expanduser())

    def secret(self, text: str | None, file: str | None, path: KeyPath) -> Secret:
        """Return a secret from its text or its file.

        Args:
            text: The value of the key itself.
            file: The value of `<key>_file`.
            path: Where `<key>_file` stands.
        """
        if file is None:
            return Secret(text=text or "")
        where = self.file(file)
        if not where.is_file():
            message = f"the file {where} is not there"
            hint = "create it before the stack starts"
            self.report("plan-path", path, message, hint=hint, level="warning")
        return Secret(file=where)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint for a name that names nothing.

    Args:
        word: What was written.
        known: What could have been meant.
    """
    names = sorted(known)
    near = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    if not names:
        return "there are none; remove it"
    listed = ", ".join(names) if len(names) <= 2 * _SHOWN else ", ".join([*names[:_SHOWN], "..."])
    return f"known: {listed}"


def dotted(path: KeyPath) -> str:
    """Write a path as a person does: `receivers.team[0].email`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")
