"""Switches that break this service for real, so that its alerts can be seen to fire.

They exist only where SERVING_SWITCHES=1 asks for them, and answer this machine alone.
"""

import itertools
import os
import threading
import time
from collections.abc import Mapping
from typing import Protocol

NAMES: Mapping[str, str] = {
    "slow-model": "the language model takes two seconds longer for each answer",
    "wrong-inputs": "the decoder in front of the models garbles every other input",
    "crash": "the process dies at once, without a word",
    "unload-model": "the classifier is dropped from memory",
    "memory-growth": "memory is taken and not given back, up to 300 MB",
}
SLOW_SECONDS = 2.0
LEAK_BYTES = 300 * 1024**2
LEAK_STEP_BYTES = 1024**2
LEAK_STEP_SECONDS = 1.5  # a jump would not look like a leak
CRASH_CODE = 70


class Shelf(Protocol):
    """Where the classifier stands; the switch takes it away and puts it back."""

    def unload(self) -> None:
        """Drop the classifier."""

    def load(self) -> None:
        """Train and serve the classifier again."""


class Faults:
    """What is broken at the moment.

    Args:
        shelf: Whose classifier is unloaded.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._active: set[str] = set()
        self._inputs = itertools.count()
        self._lock = threading.Lock()
        self._leak: list[bytearray] = []
        self._mended = threading.Event()

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the faults that are on."""
        return tuple(sorted(self._active))

    def on(self, name: str) -> None:
        """Break one thing; a fault that is on already stays on."""
        if name == "crash":
            os._exit(CRASH_CODE)
        with self._lock:
            if name in self._active:
                return
            self._active.add(name)
        if name == "unload-model":
            self._shelf.unload()
        elif name == "memory-growth":
            self._mended.clear()
            threading.Thread(target=self._grow, name="leak", daemon=True).start()

    def off(self, name: str) -> None:
        """Mend one thing; one that is not broken stays as it is."""
        with self._lock:
            if name not in self._active:
                return
            self._active.discard(name)
        if name == "unload-model":
            self._shelf.load()
        elif name == "memory-growth":
            self._mended.set()

    def none(self) -> None:
        """Mend everything."""
        for name in self.active:
            self.off(name)

    def slow(self) -> None:
        """Be slow, where the model is to be slow."""
        if "slow-model" in self._active:
            time.sleep(SLOW_SECONDS)

    def prompt(self, text: str) -> str:
        """Return a prompt as the decoder hands it on: garbled, where inputs are wrong."""
        return text.encode("utf-16").decode("latin-1") if self._garbled() else text

    def pixels(self, values: list[float]) -> list[float]:
        """Return brightnesses as the decoder hands them on: too bright, where inputs are wrong."""
        return [value * 16 for value in values] if self._garbled() else values

    def _garbled(self) -> bool:
        return "wrong-inputs" in self._active and next(self._inputs) % 2 == 0

    def _grow(self) -> None:
        while not self._mended.wait(LEAK_STEP_SECONDS):
            if len(self._leak) * LEAK_STEP_BYTES < LEAK_BYTES:
                self._leak.append(bytearray(os.urandom(1) * LEAK_STEP_BYTES))
        self._leak.clear()
