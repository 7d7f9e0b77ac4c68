"""Write the reference pages that are generated from the code.

Usage: .venv/bin/python tools/docs.py
"""

from pathlib import Path

from vedette import integrations
from vedette.cli._group import group
from vedette.discover import discover
from vedette.model.integration import Integration
from vedette.planfile import reference as plan
from vedette.render import reference as nouns
from vedette.terminal import reference as terminal
from vedette.verify import reference as ledger

FOLDER = Path(__file__).parent.parent / "docs" / "reference"


def pages() -> dict[str, str]:
    """Return every generated page: file name to text."""
    return {
        "commands.md": terminal.commands(group),
        **plan.pages(),
        **nouns.pages(),
        "integrations.md": nouns.integrations(discover(integrations, "INTEGRATION", Integration)),
        **ledger.pages(),
    }


def main() -> None:
    """Write them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
