"""The command line: one module per command; the modules are the registry."""

import io
import sys

from vedette.errors import VedetteError

INTERRUPTED = 130


def main() -> None:
    """Run the command line; a user's mistake prints two lines, never a traceback."""
    _print_any_letter()
    try:
        from vedette.cli._group import group
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("vedette"):
            raise
        print(  # a bare install has the instruments but not the stack
            f"error: this command needs {missing.name}, which a bare install leaves out\n"
            "  hint: pip install 'vedette[stack]'",
            file=sys.stderr,
        )
        raise SystemExit(3) from None
    import click

    try:
        code = group.main(prog_name="vedette", standalone_mode=False)
        raise SystemExit(code if isinstance(code, int) else 0)
    except VedetteError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except click.Abort as abort:
        # A Ctrl-C, or a question that was answered with no.
        interrupted = isinstance(abort.__cause__, KeyboardInterrupt)
        raise SystemExit(INTERRUPTED if interrupted else 1) from None
    except BrokenPipeError:
        # `vedette logs | head` closes our output early; that is no fault.
        sys.stderr.close()
        raise SystemExit(0) from None


def _print_any_letter() -> None:
    """Show the code of a letter that the terminal lacks instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
