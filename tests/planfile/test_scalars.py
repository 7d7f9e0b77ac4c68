import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.planfile.scalars import guess, resolve


@pytest.mark.parametrize(
    "text,value",
    [
        ("8000", 8000),
        ("-1", -1),
        ("010", 10),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("8000:80", "8000:80"),
        ("9" * 400, "9" * 400),
    ],
)
def test_an_unquoted_text_stands_for_a_value(text, value):
    guessed = guess(text)
    assert (type(guessed), guessed) == (type(value), value)


def test_a_date_stays_text():
    assert resolve("2024-01-01", "timestamp") == "2024-01-01"


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_every_integer_is_read_back(number):
    assert guess(str(number)) == number


@given(st.text())
def test_every_text_stands_for_something(text):
    guess(text)
