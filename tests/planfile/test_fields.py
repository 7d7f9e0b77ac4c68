import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from vedette.planfile.fields import Duration, Interval, Size, Target, Targets, UrlPath, seconds

durations = TypeAdapter(Duration)


def hint_of(kind, value):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return caught.value.errors()[0]["ctx"]["hint"]


@pytest.mark.parametrize(
    "text,length",
    [("500ms", 0.5), ("15s", 15), ("5m", 300), ("1h30m", 5400), ("15d", 1296000), ("1w", 604800)],
)
def test_a_duration_in_prometheus_form_is_kept(text, length):
    assert durations.validate_python(text) == text
    assert seconds(text) == length


@pytest.mark.parametrize("value", ["5", "1.5h", "30m1h", "-5s", "", "s", "5 s", 2.5, True, None])
def test_another_duration_is_refused_with_how_to_write_it(value):
    assert "1h30m" in hint_of(Duration, value)


def test_a_number_without_a_unit_is_answered_with_seconds():
    assert "did you mean 30s?" in hint_of(Duration, 30)


@pytest.mark.parametrize("value", [0, "0", "0s"], ids=["number", "text", "seconds"])
def test_no_time_at_all_is_a_duration_but_no_interval(value):
    assert durations.validate_python(value) == "0s"
    assert "at least" in hint_of(Interval, value)


@given(st.lists(st.integers(min_value=0, max_value=99), min_size=7, max_size=7))
def test_the_parts_of_a_duration_add_up(numbers):
    units = ("y", "w", "d", "h", "m", "s", "ms")
    sizes = (31536000, 604800, 86400, 3600, 60, 1, 0.001)
    text = "".join(f"{n}{unit}" for n, unit in zip(numbers, units, strict=True))
    assert durations.validate_python(text) == text
    expected = sum(n * size for n, size in zip(numbers, sizes, strict=True))
    assert seconds(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    "written,size", [("10GB", "10GB"), ("512 MB", "512MB"), ("2GiB", "2GB"), ("0B", "0B")]
)
def test_a_size_is_written_as_prometheus_does(written, size):
    assert TypeAdapter(Size).validate_python(written) == size


@pytest.mark.parametrize("size", ["10", "10gb", "1.5GB", "-1GB", "lots"])
def test_another_size_is_refused(size):
    assert "10GB" in hint_of(Size, size)


@pytest.mark.parametrize(
    "written,target",
    [
        ("api:8000", "api:8000"),
        (8000, "127.0.0.1:8000"),
        ("8001", "127.0.0.1:8001"),
        ("[::1]:8000", "[::1]:8000"),
        ("host.docker.internal:80", "host.docker.internal:80"),
        ("api:08000", "api:8000"),
    ],
)
def test_a_target_is_a_host_and_a_port(written, target):
    assert TypeAdapter(Target).validate_python(written) == target


@pytest.mark.parametrize(
    "written,hint",
    [
        ("http://api:8000/metrics", "write the target api:8000"),
        ("http://api/", "write the target api:80"),
        (
            "https://api.example.org/prom",
            "write the target api.example.org:443 and path: /prom and scheme: https",
        ),
        ("api:8000/metrics", "write the target api:8000"),
        ("api", "write host:port, for instance api:8000"),
        ("api:http", "write host:port, for instance api:http:8000"),
        ("api:0", "ports are 1 to 65535"),
        ("api:70000", "ports are 1 to 65535"),
        ("a b:80", "write it as api.internal:8000 or [::1]:8000"),
        ("http://[", "write host:port, for instance localhost:8000"),
    ],
)
def test_a_target_that_is_none_is_answered_with_what_to_write(written, hint):
    assert hint_of(Target, written) == hint


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_a_target_is_accepted_or_refused_and_nothing_else(value):
    try:
        target = TypeAdapter(Target).validate_python(value, strict=True)
    except ValidationError:
        return
    host, _, port = target.rpartition(":")
    assert host
    assert 1 <= int(port) <= 65535


def test_one_target_needs_no_list():
    assert TypeAdapter(Targets).validate_python("api:8000") == ["api:8000"]


def test_no_target_at_all_is_refused():
    with pytest.raises(ValidationError):
        TypeAdapter(Targets).validate_python([])


def test_a_path_without_its_slash_is_answered_with_the_slash():
    assert hint_of(UrlPath, "metrics") == "start it with a slash: /metrics"
