"""One line that says how things are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from vedette.console.alerts import Rule
from vedette.console.targets import Target

Level = Literal["ok", "notice", "warning", "bad"]
Pulse = Literal["beating", "silent", "absent"]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How the watched things are.

    Args:
        level: For the colour.
        text: The line.
        details: What else a person should know.
    """

    level: Level
    text: str
    details: list[str]


def pulse(rules: Sequence[Rule]) -> Pulse:
    """Say whether the alert that must always fire does."""
    beats = [rule.state == "firing" for rule in rules if rule.heartbeat]
    if not beats:
        return "absent"
    return "beating" if all(beats) else "silent"


def judge(
    rules: Sequence[Rule], targets: Sequence[Target], programs: Sequence[dict[str, str]]
) -> Verdict:
    """Weigh everything up.

    Args:
        rules: Alert rules with their state.
        targets: What is scraped.
        programs: `name` and `state` of the stack's programs; empty where there is no stack.
    """
    firing = [rule for rule in rules if rule.state == "firing" and not rule.heartbeat]
    loud = [rule for rule in firing if rule.severity != "info" and not _silenced(rule)]
    pages = [rule for rule in loud if rule.severity == "page"]
    down = [target for target in targets if target.health == "down"]
    failed = [p["name"] for p in programs if p["state"] in {"crashed", "backoff"}]
    faults = [
        *_count(len(failed), "program", "not running"),
        *_count(len(loud), "alert", "firing"),
        *_count(len(down), "target", "down"),
    ]
    details = _details(rules, firing, loud)
    if faults:
        grave = bool(failed or pages or down)
        text = ", ".join(faults)
        return Verdict(level="bad" if grave else "warning", text=text, details=details)
    if pulse(rules) == "silent" and any(target.health == "up" for target in targets):
        return Verdict(level="notice", text="The watch is just waking up", details=details)
    if not targets:
        return Verdict(level="notice", text="Nothing is watched yet", details=details)
    waiting = [target for target in targets if target.health == "unknown"]
    if waiting:
        text = f"Waiting for the first scrape of {len(waiting)} of {len(targets)} targets"
        return Verdict(level="notice", text=text, details=details)
    return Verdict(level="ok", text="All is well", details=details)


def _details(rules: Sequence[Rule], firing: Sequence[Rule], loud: Sequence[Rule]) -> list[str]:
    pending = [rule for rule in rules if rule.state == "pending" and not rule.heartbeat]
    broken = [rule for rule in rules if rule.error]
    quiet = len(firing) - len(loud)
    return [
        *_count(len(pending), "alert", "pending"),
        *_count(quiet, "alert", "firing quietly (silenced or for information)"),
        *_count(len(broken), "rule", "that cannot be evaluated"),
    ]


def _silenced(rule: Rule) -> bool:
    return bool(rule.active) and all(alert.silenced for alert in rule.active)


def _count(number: int, noun: str, what: str) -> list[str]:
    return [f"{number} {noun}{'' if number == 1 else 's'} {what}"] if number else []
