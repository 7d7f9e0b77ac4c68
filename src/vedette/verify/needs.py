"""What a line may need of the machine, and whether it is there."""

from collections.abc import Callable, Iterable
from pathlib import Path

from vedette import stack
from vedette.discover import load
from vedette.model.component import Component
from vedette.supervisor.get import configured, locate
from vedette.verify.ledger import Line
from vedette.verify.promise import Need

# Components that a system runs only where the machine has their program already.
_COMPONENTS = ("grafana",)


def _gpu() -> bool:
    return Path("/dev/nvidiactl").exists()


def _grafana() -> bool:
    component = load(stack, "grafana", constant="COMPONENT", kind=Component)
    return bool(locate(component.programs, configured()))


PRESENT: dict[Need, Callable[[], bool]] = {"gpu": _gpu, "grafana": _grafana}


def components(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return the components to run beside those of the plan, because a line is about them.

    Args:
        lines: What will be checked.
    """
    needed = {line.promise.needs for line in lines}
    return tuple(name for name in _COMPONENTS if name in needed and PRESENT[name]())
