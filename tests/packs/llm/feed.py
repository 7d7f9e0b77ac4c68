"""Feeds every metric of the pack through its recorders."""

from vedette.packs.llm.record import Costs, Generations


def feed(monitor):
    """Do what a client of a language model does, and a program that runs one."""
    for side in ("client", "server"):
        generations = Generations("m", side=side, monitor=monitor)
        generations.record(seconds=1, prompt_tokens=9, completion_tokens=9, first_token_seconds=0.1)
        generations.checked(True)
    Costs("m", monitor=monitor).record(daily_cost=1, budget=2)
