"""What an examination is, and what it says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vedette.doctor.patient import Patient
from vedette.model.finding import Finding


@dataclass(frozen=True, kw_only=True)
class Fine:
    """One thing that was looked at and is as it should be.

    Args:
        subject: What it is: a program, a target, a folder.
        message: What was seen.
    """

    subject: str
    message: str


Result = Fine | Finding


@dataclass(frozen=True, kw_only=True)
class Examination:
    """One kind of look at a stack; a module of `vedette.doctor.examinations` defines each.

    Args:
        title: What is looked at, in a word or two.
        order: Lower ones come first.
        examine: Looks, and says one thing per subject; never raises for what it finds.
    """

    title: str
    order: int
    examine: Callable[[Patient], Iterable[Result]]


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """Everything that the doctor has to say.

    Args:
        fine: What is as it should be.
        findings: What is not.
    """

    fine: tuple[Fine, ...]
    findings: tuple[Finding, ...]
