"""What a record costs, beside prometheus_client and the OpenTelemetry SDK doing the same.

Usage: .venv/bin/python bench/recorders.py [--quick]
Everything runs in one process and in turns, and processor time counts, so that a busy machine
slows all alike: look at the ratios. Each figure is the median of 25 rounds (--quick: 7) of one
event, the loop around it taken off. `labels` is prometheus_client asked for its child at every
event, `kept` with its children kept, `OTel` the OpenTelemetry SDK with its attributes kept. For
a recorder all three write what a spy at the storage saw the recorder write. Limits are the
least ratios.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import prometheus_client as client
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from vedette.continuous import ContinuousMonitor
from vedette.model.metric import Metric
from vedette.packs.business.record import Business
from vedette.packs.cache.record import Cache
from vedette.packs.database.record import Queries
from vedette.packs.gpu.record import GpuMemory
from vedette.packs.http.record import HttpRequests
from vedette.packs.http_client.record import OutgoingRequests
from vedette.packs.llm.record import Costs, Generations
from vedette.packs.load.record import LoadTest
from vedette.packs.logs.record import LogMessages
from vedette.packs.modules.record import Module
from vedette.packs.rlhf.record import Reinforcement
from vedette.packs.serving.record import Api, Inference, Predictions
from vedette.packs.tasks.record import Tasks
from vedette.packs.training.record import Training
from vedette.packs.validation.record import Check
from vedette.sdk.engine import Engine, Series
from vedette.sdk.monitor import Monitor
from vedette.sdk.rows import Cell, Rows

Event = Callable[[], object]
ROUNDS, QUICK_ROUNDS = 25, 7
ROUND_SECONDS = 0.004

CALLS = Metric(name="calls_total", kind="counter", help="Calls.", labels=("path", "status"))
LEVEL = Metric(name="level", kind="gauge", help="Level.", labels=("path", "status"))
SECONDS = Metric(name="call_seconds", kind="histogram", help="Time.", labels=("path", "status"))


@dataclass(frozen=True)
class Write:
    """One write that a recorder asked the storage for."""

    metric: Metric
    values: tuple[str, ...]
    how: str
    amount: float

    @property
    def labels(self) -> dict[str, str]:
        """The series that was written."""
        return dict(zip(self.metric.labels, self.values, strict=True))


class Spy:
    """An engine that notes every write before another engine does it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.writes: list[Write] = []

    def series(self, metric: Metric, values: tuple[str, ...]) -> Series:
        """See `Engine.series`."""
        real = self._engine.series(metric, values)

        def noted(how: str, call: Callable[[float], object]) -> Callable[[float], object]:
            def write(amount: float) -> None:
                self.writes.append(Write(metric, values, how, amount))
                call(amount)

            return write

        return Series(
            write=noted("write", real.write),
            add=noted("add", real.add),
            follow=real.follow,
            exemplify=real.exemplify,
        )

    def forget(self, metric: Metric, values: tuple[str, ...]) -> None:
        """See `Engine.forget`."""
        self._engine.forget(metric, values)

    def expose(self, accept: str, ambient: Mapping[str, str]) -> tuple[bytes, str]:
        """See `Engine.expose`."""
        return self._engine.expose(accept, ambient)


@dataclass(frozen=True)
class Line:
    """What one event costs, and how much more its peers."""

    what: str
    seconds: Mapping[str, float]
    least: Mapping[str, float]

    def ratio(self, peer: str) -> float:
        """Return how many times a peer's time ours fits into."""
        return self.seconds[peer] / self.seconds["ours"]

    @property
    def missed(self) -> bool:
        """True where a peer is not as much slower as promised."""
        return any(self.ratio(peer) < least for peer, least in self.least.items())

    def __str__(self) -> str:
        """Write it as a row."""
        peers = "  ".join(
            f"{peer} {self.ratio(peer):5.1f}x (at least {self.least[peer]:g}x)"
            for peer in self.least
        )
        verdict = "MISSED" if self.missed else "kept"
        return f"{self.what:45} {self.seconds['ours'] * 1e9:7.0f} ns  {peers}  {verdict}"


def main() -> int:
    """Measure; 1 where a ratio is smaller than promised."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    rounds = QUICK_ROUNDS if parser.parse_args().quick else ROUNDS
    lines = []
    for what, ours, writes, least in [*instruments(), *recorders()]:
        peers = {"labels": asked(writes), "kept": kept(writes), "OTel": opentelemetry(writes)}
        line = Line(what, measured({"ours": ours, **peers}, rounds), least)
        print(line, flush=True)
        lines.append(line)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return int(any(line.missed for line in lines))


Measure = tuple[str, Event, list[Write], Mapping[str, float]]
# A kept handle, one found by its labels, and a recorder, against each peer.
KEPT = {"kept": 2.0, "labels": 6.0, "OTel": 20.0}
FOUND = {"labels": 2.0, "OTel": 8.0}
RECORDER = {"kept": 1.2, "labels": 3.0, "OTel": 8.0}


def instruments() -> Iterator[Measure]:
    """Yield each instrument: its handle kept, its handle found by labels, all in one row."""
    monitor = Monitor(isolated=True)
    calls, level = monitor.counter(CALLS), monitor.gauge(LEVEL)
    seconds = monitor.histogram(SECONDS)
    row = Rows(
        monitor,
        ("path", "status"),
        tuple(Cell(metric=metric, value="value") for metric in (CALLS, LEVEL, SECONDS)),
    )
    where = ("/a", "ok")
    inc, rise, observe = (Write(metric, where, "write", 0.3) for metric in (CALLS, LEVEL, SECONDS))
    yield "counter.inc", partial(calls.labels(*where).inc, 0.3), [inc], KEPT
    yield "gauge.set", partial(level.labels(*where).set, 0.3), [rise], KEPT
    yield "histogram.observe", partial(seconds.labels(*where).observe, 0.3), [observe], KEPT
    yield "counter.labels().inc", lambda: calls.labels("/a", "ok").inc(0.3), [inc], FOUND
    yield (
        "counter.labels(by name).inc",
        lambda: calls.labels(path="/a", status="ok").inc(0.3),
        [inc],
        FOUND,
    )
    yield "gauge.labels().set", lambda: level.labels("/a", "ok").set(0.3), [rise], FOUND
    yield (
        "histogram.labels().observe",
        lambda: seconds.labels("/a", "ok").observe(0.3),
        [observe],
        FOUND,
    )
    yield "a row of three", partial(row(*where), 0.3), [inc, rise, observe], RECORDER


def recorders() -> Iterator[Measure]:
    """Yield the recorders of the packs, each with what it writes for one event."""
    for what, made in _EVENTS.items():
        monitor = Monitor(isolated=True)
        spied = Monitor(isolated=True)
        spy = Spy(spied._families.engine)  # noqa: SLF001 - what a later engine will do, too
        spied._families.engine = spy  # noqa: SLF001 - the same
        seen = made(spied)
        seen()
        spy.writes.clear()
        seen()
        least = FOUND if what in _CHOOSING else RECORDER
        yield f"{what}, {len(spy.writes)} writes", made(monitor), list(spy.writes), least


def _http(monitor: Monitor) -> Event:
    requests = HttpRequests(monitor=monitor)

    def event() -> None:
        requests.began()
        requests.ended(method="GET", endpoint="/items/{id}", status=200, seconds=0.012)

    return event


def _training(monitor: Monitor) -> Event:
    step = Training("lm", monitor=monitor).__enter__().step
    return partial(step, loss=2.5, lr=1e-4, batch_size=32, seconds=0.2, samples=32, grad_norm=0.9)


def _generation(monitor: Monitor) -> Event:
    record = Generations("lm", monitor=monitor).record
    return partial(
        record,
        seconds=0.9,
        prompt_tokens=200,
        completion_tokens=80,
        cached_tokens=100,
        reasoning_tokens=20,
        first_token_seconds=0.2,
    )


def _inference(monitor: Monitor) -> Event:
    return partial(Inference("faces", monitor=monitor).record, seconds=0.012, confidence=0.9)


def _prediction(monitor: Monitor) -> Event:
    return partial(Predictions("faces", monitor=monitor).record, "gender", "male", 0.9)


def _query(monitor: Monitor) -> Event:
    return partial(Queries("orders", monitor=monitor).record, operation="SELECT", seconds=0.003)


def _hit(monitor: Monitor) -> Event:
    return Cache("answers", monitor=monitor).hit


def _continuous(monitor: Monitor) -> Event:
    record = ContinuousMonitor(monitor=monitor).record_inference
    return partial(record, latency_ms=75.0, tokens=100, passed_safety=True)


def _api(monitor: Monitor) -> Event:
    return partial(Api(monitor=monitor).record, endpoint="/predict", status=200, seconds=0.01)


def _outgoing(monitor: Monitor) -> Event:
    record = OutgoingRequests(monitor=monitor).record
    return partial(record, host="models", method="POST", status=200, seconds=0.05)


def _operation(monitor: Monitor) -> Event:
    operation = Module("llm_provider", monitor=monitor).operation
    return partial(
        operation,
        "complete",
        seconds=0.4,
        tokens=90,
        cost=0.001,
        provider="local",
        model="small",
    )


def _update(monitor: Monitor) -> Event:
    updated = Reinforcement("walker", monitor=monitor).updated
    return partial(updated, reward=1.5, kl=0.2, clip_fraction=0.1, entropy=1.2, value_loss=0.3)


def _task(monitor: Monitor) -> Event:
    tasks = Tasks(monitor=monitor)

    def event() -> None:
        tasks.began("resize", waited=0.1)
        tasks.ended("resize", state="success", seconds=0.4)

    return event


def _load(monitor: Monitor) -> Event:
    record = LoadTest(monitor=monitor).record
    return partial(record, method="GET", name="infer", seconds=0.1, ok=True)


def _cost(monitor: Monitor) -> Event:
    return partial(Costs("lm", monitor=monitor).record, daily_cost=1.5, budget=3.33)


_EVENTS: Mapping[str, Callable[[Monitor], Event]] = {
    "Inference.record": _inference,
    "Predictions.record": _prediction,
    "HttpRequests.began, .ended": _http,
    "Training.step": _training,
    "Generations.record": _generation,
    "ContinuousMonitor.record_inference": _continuous,
    "Queries.record": _query,
    "Cache.hit": _hit,
    "Api.record": _api,
    "OutgoingRequests.record": _outgoing,
    "Module.operation": _operation,
    "Reinforcement.updated": _update,
    "Tasks.began, .ended": _task,
    "LoadTest.record": _load,
    "Costs.record": _cost,
    "Check.record": lambda monitor: partial(Check("schema", monitor=monitor).record, True),
    "Business.used": lambda monitor: partial(Business(monitor=monitor).used, "search"),
    "Business.done": lambda monitor: partial(Business(monitor=monitor).done, "checkout"),
    "GpuMemory.record": lambda monitor: partial(GpuMemory(monitor=monitor).record, percent=45.0),
    "LogMessages.record": lambda monitor: partial(
        LogMessages(monitor=monitor).record, level=40, logger="shop"
    ),
}
# They choose a row at every event and write little: what a kept child does not have to do.
_CHOOSING = {
    "Module.operation",
    "Business.used",
    "Business.done",
    "GpuMemory.record",
    "LogMessages.record",
}


def _family(metric: Metric, registry: client.CollectorRegistry) -> Any:
    kinds = {"counter": client.Counter, "histogram": client.Histogram}
    named: dict[str, Any] = {"labelnames": metric.labels, "registry": registry}
    if metric.buckets:
        named["buckets"] = metric.buckets
    return kinds.get(metric.kind, client.Gauge)(metric.name, metric.help, **named)


def _families(writes: list[Write]) -> dict[str, Any]:
    registry = client.CollectorRegistry()
    metrics = {write.metric.name: write.metric for write in writes}
    return {name: _family(metric, registry) for name, metric in metrics.items()}


def _method(write: Write) -> str:
    if write.metric.kind == "histogram":
        return "observe"
    return "inc" if write.metric.kind == "counter" or write.how == "add" else "set"


def asked(writes: list[Write]) -> Event:
    """Return the same writes by prometheus_client, its children asked for every time."""
    families = _families(writes)
    steps = [(families[one.metric.name], one.values, _method(one), one.amount) for one in writes]

    def event() -> None:
        for family, values, method, amount in steps:
            getattr(family.labels(*values) if values else family, method)(amount)

    return event


def kept(writes: list[Write]) -> Event:
    """Return the same writes by prometheus_client, its children kept."""
    families = _families(writes)
    children = [
        families[one.metric.name].labels(*one.values) if one.values else families[one.metric.name]
        for one in writes
    ]
    return _in_turn(
        [
            partial(getattr(child, _method(one)), one.amount)
            for child, one in zip(children, writes, strict=True)
        ]
    )


def opentelemetry(writes: list[Write]) -> Event:
    """Return the same writes by the OpenTelemetry SDK, its attributes kept."""
    meter = MeterProvider(metric_readers=[InMemoryMetricReader()]).get_meter("bench")
    makers: dict[tuple[str, str], tuple[Callable[[str], Any], str]] = {
        ("counter", "write"): (meter.create_counter, "add"),
        ("histogram", "write"): (meter.create_histogram, "record"),
        ("gauge", "write"): (meter.create_gauge, "set"),
        ("gauge", "add"): (meter.create_up_down_counter, "add"),
    }
    made: dict[str, Any] = {}
    steps = []
    for one in writes:
        kind = one.metric.kind if one.metric.kind in {"counter", "histogram"} else "gauge"
        make, method = makers[kind, one.how]
        instrument = made.setdefault(one.metric.name, make(one.metric.name))
        steps.append(partial(getattr(instrument, method), one.amount, one.labels))
    return _in_turn(steps)


def _in_turn(steps: Sequence[Event]) -> Event:
    if len(steps) == 1:
        return steps[0]

    def event() -> None:
        for step in steps:
            step()

    return event


def measured(events: Mapping[str, Event], rounds: int) -> dict[str, float]:
    """Return the processor seconds of one event each, measured in turns."""
    times = {name: _times(event) for name, event in events.items()}
    found: dict[str, list[float]] = {name: [] for name in events}
    for _ in range(rounds):
        for name, event in events.items():
            empty = _loop(_nothing, times[name])
            found[name].append((_loop(event, times[name]) - empty) / times[name])
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def _times(event: Event) -> int:
    """Return how many events fill a round."""
    event()
    return max(20, int(ROUND_SECONDS * 50 / max(_loop(event, 50), 1e-9)))


def _loop(event: Event, times: int) -> float:
    begin = time.thread_time()
    for _ in range(times):
        event()
    return time.thread_time() - begin


def _nothing() -> None:
    """Stand for the loop's own cost, and a call's."""


if __name__ == "__main__":
    raise SystemExit(main())
