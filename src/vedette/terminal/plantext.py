"""The text of a plan file, changed by a command: only what a plan accepts is written."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from vedette import planfile
from vedette.errors import UsageError
from vedette.model.plan import Plan
from vedette.planfile.reading import NAME
from vedette.planfile.starter import Answers
from vedette.planfile.starter import text as starter


@dataclass(frozen=True, kw_only=True)
class PlanText:
    """A plan file.

    Args:
        file: Where it is, or will be.
        text: What it says.
        is_new: True where it is not there yet.
    """

    file: Path
    text: str
    is_new: bool = False

    def plan(self, text: str) -> Plan:
        """Return the plan that another text would be.

        Args:
            text: To be judged; relative paths in it start from the file's folder.

        Raises:
            UsageError: it is no plan, with the first reason.
        """
        return self._tried(text, keep=False)

    def write(self, text: str) -> Plan:
        """Write another text, at once or not at all, and return its plan.

        Args:
            text: The whole file.

        Raises:
            UsageError: it is no plan, or the file cannot be written; nothing was changed.
        """
        return self._tried(text, keep=True)

    def _tried(self, text: str, *, keep: bool) -> Plan:
        temporary = self.file.with_name(f".{self.file.name}.new")
        try:
            temporary.write_text(text, encoding="utf-8", newline="")
            plan = planfile.read(temporary)
            if keep:
                if not self.is_new:
                    shutil.copymode(self.file, temporary)
                temporary.replace(self.file)
        except planfile.PlanFileError as error:
            first = error.findings[0]
            raise UsageError(first.message, hint=first.hint) from None
        except OSError as error:
            problem = f"{self.file} cannot be written: {error.strerror or error}"
            raise UsageError(problem, hint="make its folder writable") from None
        finally:
            temporary.unlink(missing_ok=True)
        return plan


def plan_text(file: Path | None) -> PlanText:
    """Return the plan file that a command means; one yet to be written where there is none.

    Args:
        file: The path of the plan file; None where there is none.

    Raises:
        PlanFileError: the file is there and is no plan.
        UsageError: its folder is not there.
    """
    place = (file or Path.cwd() / NAME).expanduser().absolute()
    place = place / NAME if place.is_dir() else place.resolve()
    if not place.exists():
        if not place.parent.is_dir():
            problem = f"the folder {place.parent} is not there"
            raise UsageError(problem, hint=f"create it: mkdir -p '{place.parent}'")
        name = place.parent.name or "vedette"
        return PlanText(file=place, text=starter(Answers(name=name)), is_new=True)
    planfile.read(place)
    with place.open(encoding="utf-8-sig", newline="") as stream:
        return PlanText(file=place, text=stream.read())
