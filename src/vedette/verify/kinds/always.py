"""An alert that must always fire does, and has arrived."""

import time
from collections.abc import Mapping

from pydantic import Field

from vedette.verify.journey import Journey
from vedette.verify.outcome import Evidence
from vedette.verify.promise import Kind, Phase, Promise
from vedette.verify.system import System


class AlwaysPromise(Promise):
    """An alert whose silence would be the fault."""

    # Prometheus finds its Alertmanager some seconds after its start; what it told nobody until
    # then it tells again a minute later.
    within: float = Field(default=120.0, gt=0, description="Seconds until it must be seen.")
    always: str = Field(description="Its name.")
    labels: Mapping[str, str] = Field(
        default_factory=dict, description="Labels of the instance that must fire."
    )

    def words(self) -> str:
        """Name the alert."""
        return f"{self.always} always fires, and arrives"


def check(promise: AlwaysPromise, system: System) -> Evidence:
    """Wait until it fires and every sink has been told."""
    journey = Journey(promise.always, promise.labels, system, since=system.started)
    deadline = time.time() + promise.within
    journey.fires(deadline)
    journey.arrives("firing", system.started, deadline)
    hops = ", ".join(f"{step.name} at {step.seconds:.1f} s" for step in journey.steps)
    return Evidence(text=f"after the start: {hops}", steps=tuple(journey.steps))


KIND = Kind(
    summary="An alert that must always fire does, and has arrived.",
    promise=AlwaysPromise,
    check=check,
    phase=Phase.FAULTS,  # it takes its time, and the others take theirs
)
