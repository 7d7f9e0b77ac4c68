"""What a rule is, and what it is told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from vedette.exposition.nouns import Family
from vedette.model.finding import Level
from vedette.model.metric import Metric


class Found(NamedTuple):
    """One thing that a rule has to say.

    Args:
        message: What is wrong, with the value, in one sentence without its end.
        hint: The fix.
        level: How bad it is.
        line: Where; 0 for the first line of the family.
    """

    message: str
    hint: str
    level: Level = "warning"
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a rule may know besides the family.

    Args:
        module: What the names of the module's metrics begin with; empty where nobody said.
        declared: The metrics of all packs and of the module's convention, by name.
    """

    module: str = ""
    declared: Mapping[str, Metric] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    Args:
        title: What it demands, in one sentence.
        check: Looks at one family.
        naming: True where only another name would satisfy it: who cannot choose the name
            is told as information.
    """

    title: str
    check: Callable[[Family, Scope], Iterable[Found]]
    naming: bool = True
