"""A question that a person asks has an answer."""

from pydantic import Field

from vedette.verify.outcome import BrokenPromiseError, Evidence, eventually
from vedette.verify.promise import Kind, Promise
from vedette.verify.system import System


class QuestionPromise(Promise):
    """A question and the PromQL that answers it."""

    question: str = Field(description="In words.")
    expr: str = Field(description="PromQL with one value.")
    between: tuple[float, float] = Field(description="What a sane answer lies between.")

    def words(self) -> str:
        """Return the question."""
        return self.question


def check(promise: QuestionPromise, system: System) -> Evidence:
    """Ask, and judge whether the answer makes sense."""
    low, high = promise.between

    def answered() -> Evidence:
        value = system.prometheus.number(promise.expr)
        if not low <= value <= high:
            seen = f"{promise.expr} is {value:g}, not between {low:g} and {high:g}"
            raise BrokenPromiseError(seen)
        return Evidence(text=f"{promise.expr} is {value:.6g}")

    return eventually(answered, promise.within)


KIND = Kind(
    summary="A question that a person asks has an answer.",
    promise=QuestionPromise,
    check=check,
)
