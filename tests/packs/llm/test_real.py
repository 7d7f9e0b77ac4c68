"""A real model, small as it is, feeds every metric of a program that runs one."""

import random
import re
from collections import defaultdict

import pytest

from vedette.packs.llm.record import Costs, Generations
from vedette.sdk.monitor import Monitor

ORDER = 6
POUNDS_PER_TOKEN = 0.0001
BUDGET = 0.02
TEXT = re.__doc__ or ""
# A judge who does not want to read of escapes.
UNSAFE = re.compile(r"\\")


class Markov:
    """Writes the next character as often as it followed the last six in a text."""

    def __init__(self, text):
        self.chance = random.Random(5)  # noqa: S311 - no secret depends on it
        self.following = defaultdict(list)
        for at in range(len(text) - ORDER):
            self.following[text[at : at + ORDER]].append(text[at + ORDER])

    def write(self, prompt, length):
        """Yield one character after the other."""
        written = prompt
        for _ in range(length):
            choices = self.following.get(written[-ORDER:])
            if not choices:
                return
            written += self.chance.choice(choices)
            yield written[-1]


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


class Program:
    """Runs the model, judges what it wrote, and counts what that cost."""

    def __init__(self, monitor):
        self.model = Markov(TEXT)
        self.generations = Generations("markov", side="server", monitor=monitor)
        self.costs = Costs("markov", monitor=monitor)
        self.tokens = self.refused = self.begun = 0

    def answer(self, prompt):
        """Let the model go on from a prompt."""
        text = ""
        with self.generations.time() as answer:
            for character in self.model.write(prompt, 80):
                answer.arrived()
                text += character
            answer.used(prompt_tokens=len(prompt), completion_tokens=len(text))
        passed = not UNSAFE.search(text)
        self.generations.checked(passed)
        self.tokens += len(text)
        self.begun += bool(text)
        self.refused += not passed
        self.costs.record(daily_cost=self.tokens * POUNDS_PER_TOKEN, budget=BUDGET)


def test_what_the_metrics_say_is_what_happened(monitor, value):
    program = Program(monitor)
    for at in range(20):
        start = at * len(TEXT) // 40
        program.answer(TEXT[start : start + 30])

    def read(name, **labels):
        return value(monitor, name, model="markov", **labels)

    prompts = {"token_type": "prompt"}
    assert read("llm_requests_total", status="ok") == 20
    assert read("hf_inference_latency_ms_count") == 20
    assert read("tokens_generated_total") == program.tokens > 500
    assert read("llm_tokens_total", **prompts) == 600
    assert read("llm_time_to_first_token_seconds_count") == program.begun
    each = read("llm_time_per_output_token_seconds_sum")
    assert 0 < each < read("hf_inference_latency_ms_sum") / 1000
    assert 0 < program.refused < 20
    assert read("safety_failures_total") == program.refused
    assert read("safety_checks_total") == 20
    assert read("cost_daily_pounds") == pytest.approx(program.tokens * POUNDS_PER_TOKEN)
    assert read("cost_daily_budget_pounds") == BUDGET
    # The same under the names of OpenTelemetry, of a program that serves.
    served = {"gen_ai_request_model": "markov"}
    asked, first = "gen_ai_server_request_duration_seconds", "time_to_first_token_seconds"
    assert value(monitor, f"{asked}_count", **served) == 20
    whole = value(monitor, f"{asked}_sum", **served) * 1000
    assert whole == pytest.approx(read("hf_inference_latency_ms_sum"))
    for name in (first, "time_per_output_token_seconds"):
        for part in ("count", "sum"):
            there = value(monitor, f"gen_ai_server_{name}_{part}", **served)
            assert there == pytest.approx(read(f"llm_{name}_{part}"))
