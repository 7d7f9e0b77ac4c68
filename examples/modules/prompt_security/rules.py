"""What an injection looks like; a prompt is judged by each rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prompt_security.plain import INVISIBLE, hidden, letters, plain

LONGEST = 8000
MOST_INVISIBLE = 3
_EXCERPT = 60

_BEFORE = r"(?:previous|prior|above|earlier|preceding|former)"
_RULES = r"(?:instructions?|prompts?|rules|directions|messages?|context)"
_OVERRIDE = r"\b(?:ignore|disregard|forget|override|skip)\b"
_WHICH = rf"\b(?:all|any|the|your|{_BEFORE})\b"
_LEAK = r"\b(?:reveal|print|repeat|show|output|tell me)\b"
_INNER = r"\b(?:system|hidden|initial|secret)\b"
_ROLE = r"\b(?:you are|act as|pretend to be)\b"
_FREE = r"(?:dan|jailbroken|unrestricted|unfiltered|developer mode|without (?:any )?rules)"
RULES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("instruction_override", rf"{_OVERRIDE}.{{0,20}}{_WHICH}.{{0,20}}\b{_RULES}\b"),
        ("prompt_leak", rf"{_LEAK}.{{0,30}}{_INNER}.{{0,10}}\b{_RULES}\b"),
        ("role_play", rf"{_ROLE}.{{0,20}}\b{_FREE}\b"),
        ("delimiter", r"<\|(?:im_start|im_end|system|endoftext)\|>|\[/?inst\]|### ?system\b"),
        ("exfiltration", r"!\[[^\]]*\]\(https?://[^)]*[?&=][^)]*\)"),
    )
)


@dataclass(frozen=True)
class Finding:
    """One reason to refuse a prompt.

    Args:
        type: Of the injection, the label `type`.
        excerpt: The words that gave it away.
    """

    type: str
    excerpt: str


def inspect(text: str) -> tuple[Finding, ...]:
    """Return every reason to refuse a prompt; none where it may pass.

    Args:
        text: As it came.
    """
    return tuple(dict.fromkeys(_findings(text)))


def _findings(text: str) -> Iterator[Finding]:
    if len(text) > LONGEST:
        yield Finding("oversized", f"{len(text)} characters")
        return
    said = plain(text)
    for form in (said, letters(said)):
        yield from _matches(form)
    if len(INVISIBLE.findall(text)) > MOST_INVISIBLE:
        yield Finding("invisible_characters", f"{len(INVISIBLE.findall(text))} of them")
    for inner in hidden(text):
        # What is refused in the open is refused in disguise, and the disguise named.
        for finding in _matches(plain(inner)):
            yield Finding("encoded", finding.excerpt)


def _matches(said: str) -> Iterator[Finding]:
    for name, rule in RULES:
        if match := rule.search(said):
            yield Finding(name, match[0][:_EXCERPT])
