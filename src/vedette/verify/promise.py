"""What every line of a ledger has, and what a kind of line is."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from vedette.verify.outcome import Evidence
from vedette.verify.system import System


class Phase(IntEnum):
    """When a line is checked: one phase begins after the one before has ended."""

    STEADY = 0  # looks, and changes nothing; all at once
    FAULTS = 1  # breaks parts that do not disturb each other, or takes long; all at once
    OUTAGES = 2  # takes whole programs away; one after the other


Need = Literal["gpu", "grafana"]


class Promise(BaseModel, ABC):
    """One line of a ledger."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    says: str = Field(
        default="", description="The promise in words; made from the line if left out."
    )
    within: float = Field(default=60.0, gt=0, description="Seconds until it must be seen.")
    long: bool = Field(
        default=False, description="Takes many minutes; checked where `--long` asks for it."
    )
    alone: bool = Field(default=False, description="Disturbs the others; checked last, by itself.")
    needs: Need | None = Field(
        default=None, description="What the machine must have; else left out."
    )

    def title(self) -> str:
        """Return the promise in words."""
        return self.says or self.words()

    @abstractmethod
    def words(self) -> str:
        """Return the line in words, where it does not say them itself."""


P = TypeVar("P", bound=Promise)


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[P]):
    """A kind of line; each module of `verify.kinds` defines `KIND`.

    Args:
        summary: One sentence for the documentation.
        promise: What such a line holds; its first key is the kind's name.
        check: Judges a line on the running system.
        phase: When lines of this kind are checked.

    `check` returns what it saw, or raises BrokenPromiseError.
    """

    summary: str
    promise: type[P]
    check: Callable[[P, System], Evidence]
    phase: Phase = Phase.STEADY


AnyKind = Kind[Any]
