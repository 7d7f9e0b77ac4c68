"""One thing that a check has to say."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong, where, and what to do; the same for every command that checks.

    Args:
        rule: Stable id, `plan-unknown-key`.
        level: `error` and `warning` change the exit code, `info` never does.
        subject: What it is about: a file, a program, a target, a panel.
        message: What is wrong, with the value, in one sentence.
        hint: What to do next.
        file: The file, where there is one.
        line: From 1; 0 where there is none.
        column: From 1; 0 where there is none.
    """

    rule: str
    level: Level
    subject: str
    message: str
    hint: str
    file: str = ""
    line: int = 0
    column: int = 0

    def place(self) -> str:
        """Return `file:line:column`, as far as it is known, else the subject."""
        where = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(where) if self.file else self.subject
