"""What is wrong with a dashboard file, and where in it."""

from vedette.errors import VedetteError


class DashboardError(VedetteError):
    """A dashboard file that cannot be read.

    Args:
        problem: What is wrong, with the value.
        hint: What to do next.
        file: Its name.
        line: From 1; 0 where only the place is known.
        column: From 1; 0 where only the place is known.
        place: Path inside the JSON, `panels[3].gridPos.w`.
    """

    exit_code = 2

    def __init__(
        self,
        problem: str,
        *,
        hint: str,
        file: str = "",
        line: int = 0,
        column: int = 0,
        place: str = "",
    ) -> None:
        where = ":".join([file, *(str(n) for n in (line, column) if n)])
        parts = [part for part in (where, place) if part]
        super().__init__(": ".join([*parts, problem]), hint=hint)
        self.file, self.line, self.column, self.place = file, line, column, place
