"""An alert fires when its cause is really produced, arrives, and resolves afterwards."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from vedette.verify import actions
from vedette.verify.journey import Journey
from vedette.verify.outcome import BrokenPromiseError, Evidence
from vedette.verify.promise import Kind, Phase, Promise
from vedette.verify.system import System


class AlertPromise(Promise):
    """An alert and what causes it."""

    within: float = Field(
        default=240.0, gt=0, description="Seconds from the cause until it is received."
    )
    alert: str = Field(description="Its name.")
    labels: Mapping[str, str] = Field(
        default_factory=dict, description="Labels of the instance that must fire."
    )
    cause: Annotated[str, AfterValidator(actions.check)] = Field(
        description="What produces it: `POST {serving}/break/slow-model`, `freeze node_exporter`."
    )
    mend: Annotated[str, AfterValidator(actions.check_optional)] = Field(
        default="", description="What ends it; the opposite of the cause if left out."
    )
    resolves: float = Field(
        default=240.0, gt=0, description="Seconds from its mending until that is received."
    )

    def words(self) -> str:
        """Return the alert and its cause."""
        return f"{self.alert} fires after {self.cause}, arrives and resolves"


def check(promise: AlertPromise, system: System) -> Evidence:
    """Produce the cause, follow the alert to the sinks, mend, follow it again."""
    prometheus = system.prometheus
    if promise.alert not in prometheus.rule_names():
        seen = f"there is no rule {promise.alert}"
        raise BrokenPromiseError(seen)
    if states := prometheus.alerts(promise.alert, promise.labels):
        seen = f"{promise.alert} is {states[0]} before anything is broken"
        raise BrokenPromiseError(seen)
    mend = promise.mend or actions.opposite(promise.cause)
    with system.causes.produced(
        promise.cause, actions.deed(promise.cause, system), actions.deed(mend, system)
    ) as held:
        journey = Journey(promise.alert, promise.labels, system, since=held.since)
        deadline = held.since + promise.within
        journey.fires(deadline)
        journey.arrives("firing", held.since, deadline)
    mended = held.mended(promise.within)
    journey.seen("mended", mended)
    journey.is_over(mended + promise.resolves)
    journey.arrives("resolved", mended, mended + promise.resolves)
    fired = next(step.seconds for step in journey.steps if step.name == "firing")
    over = journey.steps[-1].seconds
    text = f"fired {fired:.1f} s after its cause, resolved everywhere at {over:.1f} s"
    return Evidence(text=text, steps=tuple(journey.steps))


KIND = Kind(
    summary="An alert fires when its cause is really produced, arrives, and resolves afterwards.",
    promise=AlertPromise,
    check=check,
    phase=Phase.FAULTS,
)
