import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.lint.naming import better, snake
from vedette.lint.units import units


@pytest.mark.parametrize(
    "name, kind, good",
    [
        ("http_requests_total", "counter", "http_requests_total"),
        ("httpRequests", "counter", "http_requests_total"),
        ("requests_total_count", "counter", "requests_total"),
        ("latency_ms", "histogram", "latency_seconds"),
        ("latency_milliseconds_seconds", "gauge", "latency_seconds"),
        ("gpu_memory_percent", "gauge", "gpu_memory_ratio"),
        ("vllm:kv_cache_usage_perc", "gauge", "vllm_kv_cache_usage_ratio"),
        ("queue_gauge", "gauge", "queue"),
        ("gauge", "gauge", "gauge"),
        ("size_kb_total", "counter", "size_bytes_total"),
        ("walked_m", "gauge", "walked_m"),
        ("a_start_timestamp_seconds", "counter", "a_start_seconds_total"),
    ],
)
def test_a_better_name_is_offered(name, kind, good):
    assert better(name, kind) == good


KINDS = st.sampled_from(["counter", "gauge", "histogram", "summary", "untyped"])
WORDS = st.sampled_from(["app", "ms", "kilobytes", "percent", "total", "gauge", "count", "Size"])


@given(st.lists(WORDS, min_size=1, max_size=5).map("_".join), KINDS)
def test_a_better_name_cannot_be_bettered_by_units(name, kind):
    good = better(f"x_{name}", kind)
    assert all(unit.conversion == "" for unit in units(good))
    assert snake(good) == good


@pytest.mark.parametrize(
    "name, conversion",
    [
        ("a_ms", "divide each value by 1,000"),
        ("a_microseconds", "divide each value by 1,000,000"),
        ("a_hours", "multiply each value by 3,600"),
        ("a_mebibytes", "multiply each value by 1,048,576"),
        ("a_bits", "divide each value by 8"),
        ("a_fahrenheit", "convert each value to celsius"),
        ("a_seconds", ""),
    ],
)
def test_a_unit_tells_how_its_values_become_base_units(name, conversion):
    [unit] = units(name)
    assert unit.conversion == conversion
