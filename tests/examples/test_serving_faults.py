import threading
import time

import pytest


class Shelf:
    """Notes what is done to it."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def unload(self) -> None:
        """Note it."""
        self.done.append("unload")

    def load(self) -> None:
        """Note it."""
        self.done.append("load")


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def faults(example, shelf):
    faults = example("faults").Faults(shelf)
    yield faults
    faults.none()


def until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_fault_that_is_on_already_is_not_produced_twice(faults, shelf):
    faults.on("unload-model")
    faults.on("unload-model")
    faults.off("unload-model")
    faults.off("unload-model")
    assert shelf.done == ["unload", "load"]


def test_memory_grows_to_its_limit_and_is_given_back(faults, example, monkeypatch):
    module = example("faults")
    monkeypatch.setattr(module, "LEAK_STEP_SECONDS", 0.001)
    monkeypatch.setattr(module, "LEAK_STEP_BYTES", 1000)
    monkeypatch.setattr(module, "LEAK_BYTES", 5000)
    faults.on("memory-growth")
    until(lambda: len(faults._leak) == 5)
    leaking = next(thread for thread in threading.enumerate() if thread.name == "leak")
    assert leaking.is_alive()
    assert sum(map(len, faults._leak)) == 5000
    faults.off("memory-growth")
    leaking.join(10)
    assert faults._leak == []


def test_memory_can_grow_again_after_it_was_mended(faults, example, monkeypatch):
    monkeypatch.setattr(example("faults"), "LEAK_STEP_SECONDS", 0.001)
    monkeypatch.setattr(example("faults"), "LEAK_STEP_BYTES", 10)
    for _ in range(2):
        faults.on("memory-growth")
        until(lambda: faults._leak)
        faults.off("memory-growth")
        until(lambda: not faults._leak)


def test_without_a_fault_inputs_pass_unchanged(faults):
    assert faults.prompt("The") == "The"
    assert faults.pixels([1.0, 2.0]) == [1.0, 2.0]


def test_wrong_inputs_garble_every_other_prompt_and_image(faults):
    faults.on("wrong-inputs")
    assert [faults.prompt("The") == "The" for _ in range(4)] == [False, True, False, True]
    assert [faults.pixels([1.0, 2.0]) for _ in range(2)] == [[16.0, 32.0], [1.0, 2.0]]


def test_every_fault_that_is_offered_is_explained(example):
    assert set(example("faults").NAMES) == {
        "slow-model",
        "wrong-inputs",
        "crash",
        "unload-model",
        "memory-growth",
    }
