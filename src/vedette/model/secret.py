"""A value that must not be printed."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Secret:
    """A password, token or address with a key in it: its text, or the file that holds it.

    It prints as `<secret>`; only `reveal` gives the text.

    Args:
        text: The secret itself; empty where it is in a file.
        file: The file that holds it, read by the program that needs it.
    """

    text: str = ""
    file: Path | None = None

    def reveal(self) -> str:
        """Return the text; empty where the secret is in a file."""
        return self.text

    def __repr__(self) -> str:
        """Hide the text in logs and tracebacks."""
        return "<secret>"

    def __bool__(self) -> bool:
        """True where there is a secret at all."""
        return bool(self.text) or self.file is not None
