import asyncio
import inspect
from contextlib import aclosing

import pytest

from vedette.model.metric import Metric
from vedette.sdk import around

SECONDS = Metric(name="job_seconds", kind="histogram", help="Time.", unit="seconds")
MILLISECONDS = Metric(
    name="job_latency_ms", kind="histogram", help="Time.", waiver="the name that teams use"
)
LAST = Metric(name="last_job_seconds", kind="gauge", help="Time of the last.", unit="seconds")
RUNNING = Metric(name="jobs_running", kind="gauge", help="Jobs that run.")
FAILED = Metric(name="jobs_failed_total", kind="counter", help="Jobs that failed.")


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""

    class Clock:
        now = 100.0

        def perf_counter(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(around, "time", clock)
    return clock


def test_a_block_is_timed(monitor, samples, clock):
    seconds = monitor.histogram(SECONDS)
    with seconds.time():
        clock.now += 2.5
    assert samples(monitor)["job_seconds_sum",] == 2.5


def test_a_function_is_timed_at_every_call_and_keeps_its_name(monitor, samples, clock):
    @monitor.histogram(SECONDS).time()
    def work(seconds):
        """Take so long."""
        clock.now += seconds
        return work(seconds - 1) if seconds > 1 else "done"

    assert work(2) == "done"
    assert work.__name__ == "work"
    assert work.__doc__ == "Take so long."
    found = samples(monitor)
    assert found["job_seconds_count",] == 2
    assert found["job_seconds_sum",] == 3 + 1


def test_a_coroutine_is_timed_until_it_ends_not_until_it_is_made(monitor, samples, clock):
    @monitor.histogram(SECONDS).time()
    async def work(seconds):
        await asyncio.sleep(0)
        clock.now += seconds
        return seconds

    async def both():
        return await asyncio.gather(work(1), work(2))

    assert inspect.iscoroutinefunction(work)
    assert asyncio.run(both()) == [1, 2]
    found = samples(monitor)
    assert found["job_seconds_count",] == 2
    assert found["job_seconds_sum",] >= 3


def test_a_generator_is_timed_from_its_first_value_to_its_end(monitor, samples, clock):
    @monitor.histogram(SECONDS).time()
    def work():
        clock.now += 1
        got = yield "a"
        clock.now += got
        yield "b"
        return "c"

    running = work()
    clock.now += 50
    assert next(running) == "a"
    assert running.send(2) == "b"
    assert inspect.isgeneratorfunction(work)
    with pytest.raises(StopIteration) as caught:
        next(running)
    assert caught.value.value == "c"
    assert samples(monitor)["job_seconds_sum",] == 3


def test_an_asynchronous_generator_is_timed_also_when_it_is_left_early(monitor, samples, clock):
    closed = []

    @monitor.histogram(SECONDS).time()
    async def work():
        try:
            while True:
                clock.now += 1
                yield clock.now
        finally:
            closed.append(True)

    async def use():
        async with aclosing(work()) as values:
            async for _ in values:
                break

    asyncio.run(use())
    assert closed == [True]
    assert samples(monitor)["job_seconds_sum",] == 1


def test_a_metric_in_milliseconds_is_given_milliseconds(monitor, samples, clock):
    with monitor.histogram(MILLISECONDS).time():
        clock.now += 0.5
    assert samples(monitor)["job_latency_ms_sum",] == 500


def test_a_gauge_keeps_the_last_time(monitor, samples, clock):
    last = monitor.gauge(LAST)
    for seconds in (3, 2):
        with last.time():
            clock.now += seconds
    assert samples(monitor)["last_job_seconds",] == 2


def test_one_clock_can_be_entered_within_itself(monitor, samples, clock):
    timer = monitor.histogram(SECONDS).time()
    with timer:
        clock.now += 1
        with timer:
            clock.now += 10
    assert samples(monitor)["job_seconds_sum",] == 10 + 11


def test_what_is_in_progress_is_counted_while_it_runs_and_after_it_raised(monitor, samples):
    running = monitor.gauge(RUNNING)
    seen = []

    @running.track_inprogress()
    def work(deep):
        seen.append(samples(monitor)["jobs_running",])
        if deep:
            work(deep - 1)
        raise KeyError

    with pytest.raises(KeyError):
        work(2)
    assert seen == [1, 2, 3]
    assert samples(monitor)["jobs_running",] == 0


@pytest.mark.parametrize(
    "types,counted", [(Exception, 2), (KeyError, 1), ((KeyError, ValueError), 2)], ids=str
)
def test_exceptions_of_the_chosen_types_are_counted_and_go_on(monitor, samples, types, counted):
    failed = monitor.counter(FAILED)

    @failed.count_exceptions(types)
    def work(fault):
        raise fault

    for fault in (KeyError, ValueError, KeyboardInterrupt):
        with pytest.raises(fault):
            work(fault)
    assert samples(monitor)["jobs_failed_total",] == counted


def test_a_coroutine_that_raises_is_counted(monitor, samples):
    @monitor.counter(FAILED).count_exceptions()
    async def work():
        await asyncio.sleep(0)
        raise KeyError

    with pytest.raises(KeyError):
        asyncio.run(work())
    assert samples(monitor)["jobs_failed_total",] == 1


def test_a_block_that_raises_nothing_counts_nothing(monitor, samples):
    with monitor.counter(FAILED).count_exceptions():
        pass
    assert samples(monitor)["jobs_failed_total",] == 0
