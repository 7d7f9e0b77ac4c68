import pytest

from vedette.packs.llm.record import Costs, Generations
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def generations(monitor):
    return Generations("llama", model_version="3.1", provider="hugging_face", monitor=monitor)


@pytest.fixture
def read(monitor, value):
    """One sample of the monitor."""
    return lambda name, **labels: value(monitor, name, **labels)


def lost(read, metric):
    return read("vedette_lost_records_total", metric=metric)


def test_an_answer_is_counted_and_its_time_stands_in_milliseconds(generations, read):
    generations.record(seconds=0.085)
    where = {"model": "llama", "model_version": "3.1"}
    assert read("llm_requests_total", status="ok", **where) == 1
    assert read("hf_inference_latency_ms_sum", **where) == 85
    assert read("hf_inference_latency_ms_bucket", le="80.0", **where) == 0
    assert read("hf_inference_latency_ms_bucket", le="90.0", **where) == 1


@pytest.mark.parametrize("limit", [1.0, 70.0, 90.0, 100.0, 110.0, 30_000.0])
def test_a_time_at_the_edge_of_a_bucket_belongs_to_it(generations, read, limit):
    generations.record(seconds=limit / 1000)
    assert read("hf_inference_latency_ms_bucket", le=str(limit)) == 1


def test_the_types_of_tokens_add_up_to_all_of_them(generations, read):
    generations.record(
        seconds=1, prompt_tokens=100, cached_tokens=60, completion_tokens=30, reasoning_tokens=20
    )
    types = ("prompt", "cached", "completion", "reasoning")
    found = {each: read("llm_tokens_total", token_type=each) for each in types}
    assert found == {"prompt": 40, "cached": 60, "completion": 10, "reasoning": 20}
    assert sum(found.values()) == 130
    assert read("tokens_generated_total") == 30


def test_opentelemetry_s_tokens_are_input_and_output_as_they_were_told(generations, read):
    generations.record(seconds=1, prompt_tokens=100, cached_tokens=60, completion_tokens=30)
    where = {
        "gen_ai_operation_name": "chat",
        "gen_ai_provider_name": "hugging_face",
        "gen_ai_request_model": "llama",
    }
    for kind, tokens in (("input", 100), ("output", 30)):
        assert read("gen_ai_client_token_usage_sum", gen_ai_token_type=kind, **where) == tokens
    assert read("gen_ai_client_operation_duration_seconds_sum", error_type="", **where) == 1


def test_a_client_and_the_program_that_runs_the_model_are_told_apart(monitor, read):
    for side in ("client", "server"):
        Generations(side, side=side, monitor=monitor).record(
            seconds=2, completion_tokens=11, first_token_seconds=1
        )
    of = "gen_ai_request_model"
    assert read("gen_ai_client_operation_time_to_first_chunk_seconds_sum", **{of: "client"}) == 1
    assert read("gen_ai_client_operation_time_to_first_chunk_seconds_sum", **{of: "server"}) is None
    assert read("gen_ai_server_time_to_first_token_seconds_sum", **{of: "server"}) == 1
    assert read("gen_ai_server_time_per_output_token_seconds_sum", **{of: "server"}) == 0.1
    assert read("gen_ai_server_request_duration_seconds_sum", **{of: "server"}) == 2
    assert read("gen_ai_server_request_duration_seconds_sum", **{of: "client"}) is None
    assert read("gen_ai_client_token_usage_sum", **{of: "server"}) is None


def test_time_per_output_token_is_that_of_the_tokens_after_the_first(generations, read):
    generations.record(seconds=1.2, completion_tokens=11, first_token_seconds=0.2)
    generations.record(seconds=0.3, completion_tokens=1, first_token_seconds=0.3)
    assert read("llm_time_to_first_token_seconds_count") == 2
    assert read("llm_time_per_output_token_seconds_count") == 1
    assert read("llm_time_per_output_token_seconds_sum") == pytest.approx(0.1)


def test_what_nobody_tells_has_no_series(generations, read):
    generations.record(seconds=1)
    for name in (
        "tokens_generated_total",
        "llm_time_to_first_token_seconds_count",
        "safety_checks_total",
        "cost_daily_pounds",
    ):
        assert read(name) is None


def test_an_error_is_counted_with_its_kind_and_shows_from_the_first(generations, read):
    assert read("llm_requests_total", status="error") == 0
    generations.failed(seconds=30, error="TimeoutError")
    assert read("llm_requests_total", status="error") == 1
    assert read("gen_ai_client_operation_duration_seconds_count", error_type="TimeoutError") == 1
    assert read("hf_inference_latency_ms_count") == 1


def test_a_timed_answer_tells_its_first_part_and_its_tokens(generations, read):
    with generations.time() as answer:
        for _ in range(3):
            answer.arrived()
        answer.used(prompt_tokens=4, completion_tokens=3)
    assert read("llm_requests_total", status="ok") == 1
    assert read("tokens_generated_total") == 3
    assert read("llm_time_to_first_token_seconds_count") == 1
    first = read("llm_time_to_first_token_seconds_sum")
    assert 0 < first * 1000 <= read("hf_inference_latency_ms_sum") + 1e-5


def test_a_timed_answer_that_raises_is_recorded_with_its_error(generations, read):
    with pytest.raises(ZeroDivisionError), generations.time():
        _ = 1 / 0
    assert read("llm_requests_total", status="error") == 1
    assert read("llm_requests_total", status="ok") == 0


def test_safety_is_counted_so_that_a_share_exists(generations, read):
    generations.checked(True)
    assert (read("safety_checks_total"), read("safety_failures_total")) == (1, 0)
    generations.checked(False)
    assert (read("safety_checks_total"), read("safety_failures_total")) == (2, 1)


def test_costs_are_of_today_and_a_missing_budget_is_no_budget_of_nothing(monitor, read):
    costs = Costs(monitor=monitor)
    costs.record(daily_cost=1.5)
    assert read("cost_daily_pounds") == 1.5
    assert read("cost_daily_budget_pounds") is None
    costs.record(daily_cost=1.75, budget=3.33)
    assert read("cost_daily_pounds") == 1.75
    assert read("cost_daily_budget_pounds") == 3.33


@pytest.mark.parametrize(
    "told, metrics",
    [
        ({"seconds": "soon"}, ["hf_inference_latency_ms"]),
        ({"seconds": float("nan")}, ["hf_inference_latency_ms"]),
        ({"seconds": 1, "prompt_tokens": 5, "cached_tokens": 9}, ["llm_tokens_total"]),
        ({"seconds": 1, "completion_tokens": object()}, ["tokens_generated_total"]),
        (
            {"seconds": 1, "completion_tokens": 9, "reasoning_tokens": "many"},
            ["llm_tokens_total"],
        ),
        (
            {"seconds": "x", "completion_tokens": 9, "first_token_seconds": 1},
            ["hf_inference_latency_ms"],
        ),
        (
            {"seconds": 1, "completion_tokens": 9, "first_token_seconds": "x"},
            ["llm_time_to_first_token_seconds"],
        ),
    ],
)
def test_what_is_no_number_is_lost_and_counted_and_never_raises(generations, read, told, metrics):
    generations.record(**told)
    for metric in metrics:
        assert lost(read, metric) >= 1
    assert read("llm_requests_total", status="ok") == 1


def test_a_verdict_that_is_none_is_lost_and_not_taken_for_a_failure(generations, read):
    class Undecided:
        def __bool__(self):
            raise ArithmeticError

    generations.checked(Undecided())
    assert lost(read, "safety_failures_total") == 1
    assert read("safety_failures_total") == 0
