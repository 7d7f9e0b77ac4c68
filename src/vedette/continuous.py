"""One object for everything that a program of machine learning records.

Recorders live in the packs; a `record.py` that wants to be offered here says so itself:

    CONTINUOUS = {"training": Training}  # name -> class

The class is made with those of `model`, `model_version` and `monitor` that it takes. The folders
of the packs are the registry: nothing is listed here but what editors complete.
"""

import importlib
import threading
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from inspect import signature
from typing import TYPE_CHECKING, Any

from vedette import packs
from vedette.discover import names
from vedette.sdk.monitor import Monitor, default_monitor

if TYPE_CHECKING:
    from vedette.packs.business.record import Business
    from vedette.packs.gpu.record import GpuMemory
    from vedette.packs.http.record import HttpRequests
    from vedette.packs.llm.record import Costs, Generations
    from vedette.packs.rlhf.record import Reinforcement
    from vedette.packs.serving.record import Api, Inference, Predictions
    from vedette.packs.training.record import Training
    from vedette.packs.validation.record import Checks
    from vedette.sdk.server import MonitoringServer

OFFER = "CONTINUOUS"
_MILLI = 1e3

Recorder = Callable[..., Any]


class ContinuousMonitor:
    """Records what a model does, all day long; make it once and keep it.

    Beside the three calls below it offers one recorder for each subject, made when it is first
    asked for: `monitor.training.step(loss=0.3)`, `monitor.predictions.record("smiling", True)`.
    What cannot be recorded is counted in `vedette_lost_records_total` and never raises.

    Example:
        monitor = ContinuousMonitor(port=8000)
        monitor.record_inference(latency_ms=75.0, tokens=100, passed_safety=True)

    Args:
        model: The model that is told of; empty where there is only one.
        model_version: Its version.
        monitor: Whose instruments; the process's own unless given.
        port: Where the metrics are served, for this machine alone; 0 for a free port, None
            where the program has a web server that does it.

    Attributes:
        server: What serves the metrics; None without a port.

    Raises:
        InUseError: the port is taken.
    """

    if TYPE_CHECKING:
        api: Api
        business: Business
        checks: Checks
        costs: Costs
        generations: Generations
        gpu_memory: GpuMemory
        inference: Inference
        predictions: Predictions
        reinforcement: Reinforcement
        requests: HttpRequests
        training: Training

    def __init__(
        self,
        model: str = "",
        model_version: str = "",
        *,
        monitor: Monitor | None = None,
        port: int | None = None,
    ) -> None:
        chosen = monitor or default_monitor()
        self._given = {"model": model, "model_version": model_version, "monitor": chosen}
        self._lock = threading.Lock()
        self.server = None if port is None else _serve(port, chosen)

    def record_inference(
        self,
        latency_ms: float,
        tokens: int | None = None,
        passed_safety: bool | None = None,
    ) -> None:
        """Record one answer of a language model.

        Args:
            latency_ms: From the request to the end of the answer, in milliseconds.
            tokens: How many it produced; None where that is not known.
            passed_safety: Whether it was safe; None where nobody judged.
        """
        self.generations.record(seconds=_seconds(latency_ms), completion_tokens=tokens)
        if passed_safety is not None:
            self.generations.checked(passed_safety)

    def record_gpu_memory(self, percent: float) -> None:
        """Record how full the GPU's memory is.

        Args:
            percent: 0 to 100.
        """
        self.gpu_memory.record(percent=percent)

    def record_cost(self, daily_cost: float, budget: float | None = None) -> None:
        """Record where today's costs stand.

        Args:
            daily_cost: What today has cost so far, in pounds.
            budget: What a day may cost, in pounds; None where there is no limit.
        """
        self.costs.record(daily_cost=daily_cost, budget=budget)

    def __getattr__(self, name: str) -> Any:
        """Make a recorder when it is first asked for."""
        if not name.startswith("_"):
            for offered in _offers(first=name):
                if name in offered:
                    return self._made(name, offered[name])
        message = f"{type(self).__name__!r} has no {name!r}"
        raise AttributeError(message)

    def __dir__(self) -> list[str]:
        """Name the recorders, too."""
        return sorted({*super().__dir__(), *(name for offered in _offers() for name in offered)})

    def _made(self, name: str, recorder: Recorder) -> Any:
        with self._lock:  # two threads that ask at once get the same one
            if name not in self.__dict__:
                takes = signature(recorder).parameters
                given = {key: value for key, value in self._given.items() if key in takes}
                self.__dict__[name] = recorder(**given)
            return self.__dict__[name]


def _offers(first: str = "") -> Iterator[Mapping[str, Recorder]]:
    """Yield what each pack offers; the pack of that very name first, for it is the likeliest."""
    for pack in sorted(names(packs), key=lambda pack: pack != first):
        place = f"{packs.__name__}.{pack}.record"
        if find_spec(place) is not None:
            yield getattr(importlib.import_module(place), OFFER, {})


def _seconds(milliseconds: float) -> float:
    try:
        return float(milliseconds) / _MILLI
    except Exception:  # noqa: BLE001 - the row that it goes to counts what is no number
        return milliseconds


def _serve(port: int, monitor: Monitor) -> "MonitoringServer":
    from vedette.sdk.server import start_monitoring_server

    return start_monitoring_server(port, monitor=monitor)
