"""The error that a plan file raises: everything that is wrong with it, at once."""

from collections.abc import Sequence

from vedette.errors import UsageError
from vedette.model.finding import Finding


class PlanFileError(UsageError):
    """A plan file cannot be read as a plan.

    Args:
        findings: Everything that is wrong, in the order of the file; at least one.

    Attributes:
        findings: The same, as a tuple.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = findings[0]
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"{first.place()}: {first.message}{more}", hint=first.hint)
        self.findings = tuple(findings)

    def __str__(self) -> str:
        """Write every finding: its place, what is wrong, what to do."""
        count = len(self.findings)
        heading = "the plan cannot be used" + (f", {count} findings" if count > 1 else "")
        return "\n".join([heading, *(_lines(finding) for finding in self.findings)])


def _lines(finding: Finding) -> str:
    return f"  {finding.place()}: {finding.message} ({finding.rule})\n    hint: {finding.hint}"
