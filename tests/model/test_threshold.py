import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import DeclarationError, UsageError
from vedette.model.threshold import Threshold, fill, marks, plain
from vedette.model.unit import humanise

names = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
numbers = st.floats(allow_nan=False, allow_infinity=False)


def threshold(name="limit", unit="seconds", default=1.0, **more):
    return Threshold(name=name, default=default, unit=unit, help="Slow.", source="a test", **more)


def test_a_threshold_in_an_expression_becomes_its_plain_number():
    assert fill(f"latency > {threshold()}", {"limit": 0.5}) == "latency > 0.5"


def test_a_threshold_in_a_sentence_becomes_a_number_with_its_unit():
    assert fill(f"slower than {threshold():human}", {"limit": 0.5}) == "slower than 500 ms"


def test_a_threshold_without_a_unit_is_written_as_a_count():
    limit = threshold(unit="", default=3)
    assert fill(f"more than {limit:human}", {"limit": 12345}) == "more than 12,345"


def test_a_text_names_the_thresholds_that_it_refers_to():
    one, two = threshold("one"), threshold("two")
    assert marks(f"a > {one} and b < {two:human}") == {"one", "two"}


def test_a_threshold_without_a_value_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match="no value for threshold 'limit'") as caught:
        fill(str(threshold()), {"other": 1.0})
    assert "other" in caught.value.hint


@given(names, numbers)
def test_any_value_stands_in_an_expression_without_loss(name, value):
    assert float(fill(str(threshold(name)), {name: value})) == value


@given(names, numbers, st.sampled_from(["", "seconds", "bytes", "ratio", "percent", "tokens"]))
def test_any_value_stands_in_a_sentence_as_its_unit_writes_it(name, value, unit):
    text = f"{threshold(name, unit):human}"
    assert fill(text, {name: value}) == humanise(value, unit or "count")


@given(st.text())
def test_a_text_without_marks_stays_as_it_is(text):
    if not marks(text):
        assert fill(text, {}) == text


@given(st.lists(names, min_size=1, max_size=5, unique=True))
def test_every_mark_of_a_text_is_filled(known):
    text = " + ".join(str(threshold(name)) for name in known)
    assert fill(text, dict.fromkeys(known, 2.0)) == " + ".join(["2"] * len(known))


@pytest.mark.parametrize("name", ["", "Limit", "1st", "with-dash", "with space"])
def test_a_name_that_the_plan_file_could_not_hold_is_refused(name):
    with pytest.raises(DeclarationError, match="not a threshold name"):
        threshold(name)


def test_a_default_out_of_its_range_is_refused():
    with pytest.raises(DeclarationError, match="out of its range"):
        threshold(default=2.0, maximum=1.0)


def test_whole_numbers_are_written_without_a_point():
    assert (plain(5.0), plain(5), plain(0.25)) == ("5", "5", "0.25")
