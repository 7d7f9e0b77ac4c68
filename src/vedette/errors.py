"""Errors meant to be read by a person: what is wrong, and what to do about it.

Exit codes (documented in docs/reference/commands.md):

====  =========================================================
code  meaning
====  =========================================================
0     it worked, nothing to complain about
1     it ran, and found or met a fault
2     the command, the plan file or a setting is wrong
3     a program is missing and could not be got
4     a port, a folder or a lock is in use
5     a program of the stack did not start or did not stay up
126   the program to run cannot be executed
127   there is no such program to run
130   interrupted
====  =========================================================
"""


class VedetteError(Exception):
    """Something a user can mend.

    Args:
        problem: What is wrong, with the value that is wrong.
        hint: What to do next.
    """

    exit_code = 1

    def __init__(self, problem: str, *, hint: str) -> None:
        super().__init__(f"{problem}\n  hint: {hint}")
        self.problem = problem
        self.hint = hint


class DeclarationError(VedetteError):
    """A metric, alert, dashboard or pack was declared wrongly in Python."""

    exit_code = 2


class DiscoveryError(VedetteError):
    """A module in a folder that is a registry lacks what its folder promises."""

    exit_code = 2


class UsageError(VedetteError):
    """A command line, a plan file or a setting is wrong."""

    exit_code = 2


class ProgramMissingError(VedetteError):
    """A program could not be found or got."""

    exit_code = 3


class CommandError(VedetteError):
    """A program that was to be run cannot be executed."""

    exit_code = 126


class MissingCommandError(VedetteError):
    """There is no such program to run."""

    exit_code = 127


class InUseError(VedetteError):
    """A port, a folder or a lock belongs to somebody else."""

    exit_code = 4


class ProgramFailedError(VedetteError):
    """A program of the stack did not start, or did not stay up."""

    exit_code = 5
