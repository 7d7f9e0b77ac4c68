"""What an input must be like before a model sees it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model_service.digits import BRIGHTEST, PIXELS

LONGEST_PROMPT = 500
LONGEST_ANSWER = 400
KNOWN_SHARE = 0.9  # of a prompt's characters

Record = Callable[[str, bool], None]


@dataclass(frozen=True)
class Verdict:
    """One check of one input.

    Args:
        check: Its name, the label `check_name`.
        passed: Whether the input is as it should be.
        complaint: What is wrong otherwise, for the client.
    """

    check: str
    passed: bool
    complaint: str


def of_prompt(prompt: str, length: int, alphabet: str) -> tuple[Verdict, ...]:
    """Judge a prompt and the length of the answer that it asks for."""
    known = sum(character in alphabet for character in prompt)
    return (
        Verdict("prompt_not_empty", bool(prompt.strip()), "the prompt is empty"),
        Verdict(
            "prompt_length",
            len(prompt) <= LONGEST_PROMPT,
            f"the prompt has {len(prompt)} characters, {LONGEST_PROMPT} are allowed",
        ),
        Verdict(
            "prompt_characters",
            known >= KNOWN_SHARE * len(prompt),
            f"the model knows {known} of the prompt's {len(prompt)} characters",
        ),
        Verdict(
            "answer_length",
            1 <= length <= LONGEST_ANSWER,
            f"length={length} is not between 1 and {LONGEST_ANSWER}",
        ),
    )


def of_pixels(pixels: Sequence[float]) -> tuple[Verdict, ...]:
    """Judge an image."""
    usable = [value for value in pixels if math.isfinite(value) and 0 <= value <= BRIGHTEST]
    return (
        Verdict(
            "pixel_count",
            len(pixels) == PIXELS,
            f"the image has {len(pixels)} pixels, {PIXELS} are expected",
        ),
        Verdict(
            "pixel_range",
            len(usable) == len(pixels),
            f"{len(pixels) - len(usable)} pixels are not between 0 and {BRIGHTEST:g}",
        ),
        Verdict("image_not_blank", any(pixels), "the image is blank"),
    )
