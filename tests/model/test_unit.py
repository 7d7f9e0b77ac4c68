import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.unit import humanise

UNITS = ["", "count", "seconds", "bytes", "ratio", "percent", "tokens"]


@pytest.mark.parametrize(
    "value,unit,text",
    [
        (0, "seconds", "0 s"),
        (0.0000025, "seconds", "2.5 µs"),
        (0.25, "seconds", "250 ms"),
        (90, "seconds", "1.5 min"),
        (7200, "seconds", "2 h"),
        (172800, "seconds", "2 d"),
        (-0.5, "seconds", "-500 ms"),
        (250, "milliseconds", "250 ms"),
        (90000, "milliseconds", "1.5 min"),
        (512, "bytes", "512 B"),
        (1536, "bytes", "1.5 KiB"),
        (3 * 1024**3, "bytes", "3 GiB"),
        (0.05, "ratio", "5 %"),
        (5, "percent", "5 %"),
        (85, "celsius", "85 °C"),
        (12, "", "12"),
        (12, "count", "12"),
        (1234567, "", "1,234,567"),
        (3, "tokens", "3 tokens"),
    ],
)
def test_a_number_is_written_for_a_person(value, unit, text):
    assert humanise(value, unit) == text


@given(st.floats(), st.sampled_from(UNITS))
def test_every_number_can_be_written(value, unit):
    assert humanise(value, unit)


@given(st.floats(min_value=1e-6, max_value=1e15), st.sampled_from(["bytes", "seconds"]))
def test_what_is_written_is_the_value_within_its_four_digits(value, unit):
    sizes: dict[str, float] = {
        "B": 1,
        "KiB": 1024,
        "MiB": 1024**2,
        "GiB": 1024**3,
        "TiB": 1024**4,
        "PiB": 1024**5,
    }
    sizes |= {"d": 86400, "h": 3600, "min": 60, "s": 1, "ms": 1e-3, "µs": 1e-6}
    number, word = humanise(value, unit).split(" ")
    assert math.isclose(float(number.replace(",", "")) * sizes[word], value, rel_tol=1e-3)


@given(st.floats(min_value=0, max_value=1e12), st.sampled_from(UNITS))
def test_a_positive_number_is_never_written_as_negative(value, unit):
    assert not re.match(r"-", humanise(value, unit))
