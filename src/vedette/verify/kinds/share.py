"""Things happen as often, beside each other, as their weights say."""

from collections.abc import Mapping

from pydantic import Field

from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Promise
from vedette.verify.system import System

FEWEST = 60.0
DEVIATIONS = 4.0  # chance alone goes beyond that once in 16 000 times


class SharePromise(Promise):
    """Counts and their weights."""

    share: str = Field(description="What is shared out, in words.")
    weights: Mapping[str, float] = Field(description="Weight by name.")
    counts: Mapping[str, str] = Field(description="PromQL that counts it, by name.")

    def words(self) -> str:
        """Return the weights in a row."""
        weights = ", ".join(f"{name} {weight:g}" for name, weight in self.weights.items())
        return f"{self.share} in the shares {weights}"


def check(promise: SharePromise, system: System) -> Evidence:
    """Count until there are enough, and compare with what chance allows."""

    def counted() -> dict[str, float]:
        found = {name: system.prometheus.number(expr) for name, expr in promise.counts.items()}
        total = sum(found.values())
        if total < FEWEST:
            seen = f"only {total:g} so far, {FEWEST:g} are needed for a verdict: {_listed(found)}"
            raise BrokenPromiseError(seen)
        return found

    found = eventually(counted, promise.within)
    total, weights = sum(found.values()), sum(promise.weights.values())
    for name, weight in promise.weights.items():
        expected = weight / weights
        share = found.get(name, 0.0) / total
        allowed = DEVIATIONS * (expected * (1 - expected) / total) ** 0.5
        if abs(share - expected) > allowed:
            seen = (
                f"{name} has {share:.1%} of {total:g}, not {expected:.1%} "
                f"(chance explains ±{allowed:.1%}): {_listed(found)}"
            )
            raise BrokenPromiseError(seen)
    return Evidence(text=_listed(found))


def _listed(found: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {count:g}" for name, count in found.items())


KIND = Kind(
    summary="Things happen as often, beside each other, as their weights say.",
    promise=SharePromise,
    check=check,
)
