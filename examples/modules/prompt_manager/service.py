"""What the prompt manager does, and what is measured around it."""

from collections.abc import Mapping
from dataclasses import dataclass

from common.limits import Limiter
from common.serve import TooOftenError
from prompt_manager.neighbours import Completion, Neighbours
from prompt_manager.store import Prompt, Store
from prompt_manager.templates import Recent, render
from vedette import Module

PER_SECOND, BURST = 5.0, 10.0  # per caller
REMEMBERED = 200
STARTERS: Mapping[str, str] = {
    "explain": "Explain {{topic}} to a {{reader}}.",
    "summary": "In one sentence, {{topic}} is",
    "question": "{{question}}",
}


class RefusedError(Exception):
    """A prompt that no model may see.

    Args:
        types: Of the injections in it.
    """

    def __init__(self, types: tuple[str, ...]) -> None:
        super().__init__(f"the prompt was refused: {', '.join(types)}")


@dataclass(frozen=True)
class Answered:
    """A prompt and its answer.

    Args:
        prompt: Which one.
        rendered: As the model saw it.
        completion: What it wrote.
        cached: Whether the answer was there already.
    """

    prompt: Prompt
    rendered: str
    completion: Completion
    cached: bool


class Manager:
    """Keeps prompts, renders them and has them answered.

    Args:
        store: Where prompts are kept.
        neighbours: Who judges and who answers.
        module: Where everything is recorded.
    """

    def __init__(self, store: Store, neighbours: Neighbours, module: Module) -> None:
        self._store = store
        self._neighbours = neighbours
        self._module = module
        self._limiter = Limiter(PER_SECOND, BURST)
        self._rendered: Recent[str] = Recent(REMEMBERED)
        self._answers: Recent[Completion] = Recent(REMEMBERED)
        for name, text in STARTERS.items():
            store.save(name, text)

    def admit(self, caller: str, operation: str) -> None:
        """Count a request, and refuse a caller who asks too often.

        Raises:
            TooOftenError: they must wait.
        """
        self._module.requested(operation=operation)
        if seconds := self._limiter.wait(caller):
            self._module.rate_limited(operation=operation)
            raise TooOftenError(seconds)

    def save(self, name: str, text: str) -> Prompt:
        """Keep a new version of a prompt."""
        with self._module.operation("save"):
            return self._store.save(name, text)

    def render(self, prompt: Prompt, values: Mapping[str, str]) -> str:
        """Fill the gaps of a prompt.

        Raises:
            GapError: they cannot be filled with these values.
        """
        key = (prompt.name, prompt.version, *sorted(values.items()))
        known = self._rendered.get(key)
        self._module.cache(hit=known is not None, operation="render")
        if known is not None:
            return known
        text = render(prompt.text, values)  # what a caller gave wrongly is no fault of ours
        with self._module.operation("render"):
            self._rendered.put(key, text)
        return text

    def complete(
        self, prompt: Prompt, values: Mapping[str, str], *, provider: str, length: int
    ) -> Answered:
        """Render a prompt, have it judged, and have it answered.

        Args:
            prompt: Which.
            values: What stands in its gaps.
            provider: Who is to answer.
            length: Words of the answer.

        Raises:
            GapError: the gaps cannot be filled with these values.
            RefusedError: it holds an injection.
            NeighbourError: a module that it needs does not answer as it should.
        """
        text = self.render(prompt, values)
        self._judge(text)
        key = (text, provider, length)
        known = self._answers.get(key)
        self._module.cache(hit=known is not None, operation="complete", provider=provider)
        if known is not None:
            return Answered(prompt, text, known, cached=True)
        answer = self._ask(text, provider, length)
        self._answers.put(key, answer)
        return Answered(prompt, text, answer, cached=False)

    def _judge(self, text: str) -> None:
        with self._module.operation("validate"):
            verdict = self._neighbours.validate(text)
        injection = verdict.types[0] if verdict.types else ""
        self._module.security(passed=verdict.passed, injection=injection, operation="validate")
        if not verdict.passed:
            raise RefusedError(verdict.types)

    def _ask(self, text: str, provider: str, length: int) -> Completion:
        with self._module.operation("complete", provider=provider) as work:
            answer = self._neighbours.generate(text, provider, length)
            work.used(model=answer.model)
            work.spent(tokens=answer.tokens, cost=answer.cost)
        return answer
