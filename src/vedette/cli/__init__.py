"""The command line: one module per command; the modules are the registry."""

import sys

from vedette.errors import VedetteError

INTERRUPTED = 130


def main() -> None:
    """Run the command line; a user's mistake prints two lines, never a traceback."""
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
    try:
        group.main(prog_name="vedette")
    except VedetteError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        # `vedette logs | head` closes our output early; that is no fault.
        sys.stderr.close()
        raise SystemExit(0) from None
