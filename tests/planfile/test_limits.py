import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.planfile.limits import quantity


@pytest.mark.parametrize(
    "written, unit, value",
    [
        ("500ms", "seconds", 0.5),
        ("1h30m", "seconds", 5400.0),
        ("2 min", "seconds", 120.0),
        ("250ms", "milliseconds", 250.0),
        ("1.5s", "milliseconds", 1500.0),
        (80, "milliseconds", 80.0),
        (3, "seconds", 3.0),
        ("0.25", "seconds", 0.25),
        ("5%", "ratio", 0.05),
        ("0.05", "ratio", 0.05),
        ("95%", "percent", 95.0),
        ("2GiB", "bytes", 2.0 * 1024**3),
        ("2 GB", "bytes", 2e9),
        ("512kB", "bytes", 512e3),
        (7, "", 7.0),
        ("7.50", "", 7.5),
        ("12 requests", "requests", 12.0),
    ],
)
def test_a_quantity_is_read_in_the_unit_of_its_threshold(written, unit, value):
    assert quantity(written, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    "written, unit",
    [("5%", "seconds"), ("fast", "seconds"), ("2GiB", "ratio"), ("", "bytes"), ("5 6", ""),
     ("1e999", ""), ("ms", "seconds"), ("1h x", "seconds"), ("nan", "")],
)  # fmt: skip
def test_what_is_no_quantity_of_that_unit_is_none(written, unit):
    assert quantity(written, unit) is None


@given(
    st.text(max_size=20),
    st.sampled_from(["seconds", "milliseconds", "bytes", "ratio", "percent", "", "x"]),
)
def test_any_text_is_a_finite_number_or_none(text, unit):
    value = quantity(text, unit)
    assert value is None or abs(value) < float("inf")


def test_thresholds_override_the_defaults_of_packs_in_use(read):
    plan = read("thresholds: {host_disk_free_ratio: 7%, host_clock_skew_seconds: 250ms}")
    assert plan.thresholds["host_disk_free_ratio"] == pytest.approx(0.07)
    assert plan.thresholds["host_clock_skew_seconds"] == 0.25
    assert plan.thresholds["host_cpu_ratio"] == 0.9


@pytest.mark.parametrize(
    "text, said, hint",
    [
        ("{host_cpu_ration: 1}", "no threshold 'host_cpu_ration'", "did you mean host_cpu_ratio?"),
        ("{http_error_ratio: 5%}", "belongs to the pack 'http'", "packs: [http]"),
        ("{host_cpu_ratio: 5ms}", "no value in ratio", "90 %"),
        ("{host_cpu_ratio: 500%}", "out of its range", "100 %"),
        ("{host_cpu_ratio: true}", "not a number", "500ms"),
        ("{host_cpu_ratio: 1e999}", "not a finite number", ""),
    ],
)
def test_a_wrong_threshold_is_refused_with_a_remedy(refuse, text, said, hint):
    (finding,) = refuse(f"thresholds: {text}")
    assert said in finding.message
    assert hint in finding.hint
