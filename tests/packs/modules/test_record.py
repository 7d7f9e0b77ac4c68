import asyncio
import re

import numpy as np
import pytest

import vedette
from vedette.errors import DeclarationError
from vedette.model.convention import convention
from vedette.packs.modules.record import Module
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def module(monitor):
    return Module("llm-provider", monitor=monitor)


def value(monitor, name, **labels):
    """The sum of the samples of a series that carry these labels; None where there is none."""
    samples = re.findall(
        rf"^{name}(?:{{(.*)}})? (\S+)$", monitor.expose().body.decode(), re.MULTILINE
    )
    wanted = {f'{key}="{text}"' for key, text in labels.items()}
    found = [float(number) for told, number in samples if wanted <= set(told.split(","))]
    return sum(found) if found else None


def test_it_is_found_where_people_look_for_it():
    assert vedette.Module is Module


def test_an_operation_is_recorded_with_everything_that_is_known_of_it(module, monitor):
    what = {"provider": "fast", "model": "ngram", "model_version": "2"}
    module.operation("complete", seconds=0.2, tokens=40, cost=0.5, **what)
    where = {"operation": "complete", **what}
    assert value(monitor, "llm_provider_operations_total", status="ok", **where) == 1
    assert value(monitor, "llm_provider_operation_duration_seconds_sum", **where) == 0.2
    assert value(monitor, "llm_provider_tokens_total", **where) == 40
    assert value(monitor, "llm_provider_cost_total", currency="USD", **where) == 0.5
    assert value(monitor, "llm_provider_errors_total") is None


def test_what_an_operation_does_not_spend_has_no_series(module, monitor):
    module.operation("list", seconds=0.2)
    assert value(monitor, "llm_provider_tokens_total") is None
    assert value(monitor, "llm_provider_cost_total") is None


def test_a_failed_operation_is_counted_by_its_kind_of_error(module, monitor):
    module.operation("complete", seconds=1, ok=False, error_type="timeout", provider="slow")
    module.operation("complete", seconds=1, ok=False)
    assert value(monitor, "llm_provider_operations_total", status="error") == 2
    assert value(monitor, "llm_provider_errors_total", error_type="timeout", provider="slow") == 1
    assert value(monitor, "llm_provider_errors_total", error_type="unknown") == 1
    assert value(monitor, "llm_provider_operation_duration_seconds_count") == 2


def test_every_outcome_is_there_from_the_beginning_so_that_a_first_error_shows(module, monitor):
    module.operation("complete", seconds=1)
    module.security(passed=True)
    assert value(monitor, "llm_provider_operations_total", status="error") == 0
    assert value(monitor, "llm_provider_security_validation_total", status="failed") == 0


def test_a_block_is_one_operation_and_says_what_it_spent(module, monitor):
    with module.operation("complete", provider="fast") as work:
        work.spent(tokens=3)
        work.spent(tokens=4, cost=0.25)
    assert value(monitor, "llm_provider_tokens_total", provider="fast") == 7
    assert value(monitor, "llm_provider_cost_total", provider="fast") == 0.25
    assert value(monitor, "llm_provider_operations_total", status="ok") == 1


def test_a_block_can_say_at_its_end_whose_answer_it_was(module, monitor):
    with module.operation("complete", provider="fast") as work:
        work.used(model="ngram", model_version="2")
        work.spent(tokens=3)
    where = {"provider": "fast", "model": "ngram", "model_version": "2"}
    assert value(monitor, "llm_provider_tokens_total", **where) == 3
    assert value(monitor, "llm_provider_operations_total", status="ok", **where) == 1


def test_a_block_that_raises_has_failed_and_raises_on(module, monitor):
    def complete():
        with module.operation("complete") as work:
            work.spent(tokens=3)
            return 1 / 0

    with pytest.raises(ZeroDivisionError):
        complete()
    assert value(monitor, "llm_provider_errors_total", error_type="ZeroDivisionError") == 1
    assert value(monitor, "llm_provider_operations_total", status="ok") == 0
    assert value(monitor, "llm_provider_tokens_total") == 3


def test_a_block_can_fail_without_raising(module, monitor):
    with module.operation("complete") as work:
        work.failed("empty_answer")
    assert value(monitor, "llm_provider_errors_total", error_type="empty_answer") == 1


def test_each_call_of_a_decorated_function_is_one_operation(module, monitor):
    @module.operation("render", model="m")
    def render(text, *, times=1):
        return text * times

    @module.operation("fetch")
    async def fetch(text):
        await asyncio.sleep(0)
        raise LookupError(text)

    assert render("a", times=3) + render("b") == "aaab"
    assert render.__name__ == "render"
    with pytest.raises(LookupError):
        asyncio.run(fetch("x"))
    count = "llm_provider_operations_total"
    assert value(monitor, count, operation="render", model="m", status="ok") == 2
    assert value(monitor, count, operation="fetch", status="error") == 1


def test_calls_that_overlap_are_timed_each_on_its_own(module, monitor):
    @module.operation("wait")
    async def wait(started, go):
        started.set()
        await go.wait()

    async def both():
        started, go = (asyncio.Event(), asyncio.Event()), (asyncio.Event(), asyncio.Event())
        tasks = [asyncio.create_task(wait(s, g)) for s, g in zip(started, go, strict=True)]
        for each in started:
            await each.wait()
        go[0].set()
        await tasks[0]
        assert value(monitor, "llm_provider_operations_total", status="ok") == 1
        go[1].set()
        await tasks[1]

    asyncio.run(both())
    assert value(monitor, "llm_provider_operation_duration_seconds_count") == 2


def test_caches_requests_limits_and_verdicts_are_counted(module, monitor):
    for hit in (True, False, True):
        module.cache(hit=hit, operation="complete", model="m")
    module.requested(provider="fast")
    module.rate_limited(operation="complete")
    module.security(passed=True)
    module.security(passed=False, injection="override")
    module.security(passed=False, injection=True)
    module.security(passed=False)
    assert value(monitor, "llm_provider_cache_hits_total", model="m") == 2
    assert value(monitor, "llm_provider_cache_misses_total", model="m") == 1
    assert value(monitor, "llm_provider_requests_total", provider="fast") == 1
    assert value(monitor, "llm_provider_rate_limit_hits_total", operation="complete") == 1
    assert value(monitor, "llm_provider_security_validation_total", status="passed") == 1
    assert value(monitor, "llm_provider_security_validation_total", status="failed") == 3
    assert value(monitor, "llm_provider_injections_detected_total", type="override") == 1
    assert value(monitor, "llm_provider_injections_detected_total", type="unknown") == 1


def test_money_of_another_currency_is_kept_apart(monitor):
    Module("shop", currency="GBP", monitor=monitor).operation("pay", seconds=1, cost=2)
    assert value(monitor, "shop_cost_total", currency="GBP") == 2


def test_two_modules_in_one_process_do_not_touch_each_other(monitor):
    one, other = Module("prompt_manager", monitor=monitor), Module("prompt", monitor=monitor)
    one.operation("render", seconds=1)
    other.operation("render", seconds=1)
    other.operation("render", seconds=1)
    assert value(monitor, "prompt_manager_operations_total") == 1
    assert value(monitor, "prompt_operations_total") == 2


def test_numbers_of_other_libraries_are_taken(module, monitor):
    module.operation("complete", seconds=np.float32(0.5), tokens=np.int64(7))
    assert value(monitor, "llm_provider_operation_duration_seconds_sum") == 0.5
    assert value(monitor, "llm_provider_tokens_total") == 7


class Unspeakable:
    """Cannot be written down."""

    __hash__ = None  # type: ignore[assignment]  # nor looked up

    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize("wrong", [None, 3, ["a"], {"b": 1}, Unspeakable(), '"}\n'])
def test_a_label_that_is_no_text_never_breaks_the_program(module, monitor, wrong):
    module.operation(wrong, seconds=1, provider=wrong)
    with module.operation(wrong, model=wrong):
        pass
    module.cache(hit=True, operation=wrong)
    module.security(passed=True, injection=wrong)
    assert monitor.expose().body


@pytest.mark.parametrize("wrong", ["many", float("nan"), float("inf"), -1, object()])
def test_a_number_that_is_none_is_lost_and_counted(module, monitor, wrong):
    module.operation("complete", seconds=0.1, tokens=wrong)
    module.operation("complete", seconds=wrong)
    lost = value(
        monitor,
        "vedette_lost_records_total",
        metric="llm_provider_operation_duration_seconds",
    )
    assert lost == (0 if wrong == -1 else 1)
    assert value(monitor, "llm_provider_operations_total", status="ok") == 2


@pytest.mark.parametrize("name", ["Prompt", "a b", "9a", "http", "jobs_total", "a__b", "-a", "a-"])
def test_a_name_that_breaks_the_convention_is_refused_at_once(name, monitor):
    with pytest.raises(DeclarationError) as caught:
        Module(name, monitor=monitor)
    assert name in caught.value.problem


def test_everything_that_is_recorded_is_declared(monitor, module):
    module.operation("complete", seconds=1)
    names = {metric.name for metric in convention("llm_provider").metrics}
    exposed = set(re.findall(r"^# TYPE (llm\S+)", monitor.expose().body.decode(), re.MULTILINE))
    assert exposed <= names
