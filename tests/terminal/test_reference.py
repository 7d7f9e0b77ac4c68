import click

from vedette.terminal.reference import commands


def _group():
    @click.group()
    def tool() -> None:
        """Do things."""

    @tool.command()
    @click.option("--pipe", help="Either | or.")
    def run(pipe: str) -> None:
        """Run it."""

    @tool.command(hidden=True)
    def secret() -> None:
        """Nobody's business."""

    @tool.group()
    def deep() -> None:
        """Go deeper."""

    @deep.command()
    def below() -> None:
        """Lie below.

        For instance, which stays as it is:

        \b
        first
          second
        """  # noqa: D301 - click's mark for lines that stay as they are

    return tool


def test_every_command_and_subcommand_has_a_section():
    page = commands(_group())
    for heading in ("## `vedette run`", "## `vedette deep`", "## `vedette deep below`"):
        assert heading in page


def test_hidden_commands_stay_hidden():
    assert "secret" not in commands(_group())


def test_options_are_listed_and_cannot_break_the_table():
    assert "| `--pipe TEXT` | Either \\| or. |" in commands(_group())


def test_exit_codes_are_listed():
    assert "| 3 | a program is missing and could not be got |" in commands(_group())


def test_lines_that_stay_as_they_are_become_a_block_without_the_mark():
    text = commands(_group())
    assert "\n\nFor instance, which stays as it is:\n\n    first\n      second\n" in text
    assert "\b" not in text
