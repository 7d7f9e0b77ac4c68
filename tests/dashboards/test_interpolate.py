import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dashboards.dashboard import Variable
from vedette.dashboards.interpolate import escape_regex, interpolate

ONE = Variable(name="job", label="job", kind="query")
MANY = Variable(name="node", label="node", kind="query", multi=True, all=True)
ANY = Variable(name="any", label="any", kind="query", all=True, all_value=".*")


def _fill(text, **values):
    return interpolate(text, [ONE, MANY, ANY], values, builtin={"__interval": "15s"})


@pytest.mark.parametrize("written", ["$job", "${job}", "[[job]]", "${job:raw}"])
def test_every_way_to_write_a_variable_is_filled(written):
    assert _fill(f'up{{job="{written}"}}', job=["api"]) == 'up{job="api"}'


def test_built_in_variables_are_filled():
    assert _fill("rate(a[$__interval])") == "rate(a[15s])"


def test_an_unknown_variable_stays_as_it_is_written():
    assert _fill("a{b='$nobody'} $other") == "a{b='$nobody'} $other"


def test_several_values_become_alternatives():
    assert _fill('x{n=~"$node"}', node=["a", "b"]) == 'x{n=~"(a|b)"}'


def test_dots_in_the_values_of_a_multiple_choice_are_escaped():
    assert _fill('x{n=~"$node"}', node=["10.0.0.1:9"]) == r'x{n=~"10\\.0\\.0\\.1:9"}'


def test_quotes_in_a_single_value_are_escaped():
    assert _fill('x{n="$job"}', job=['a"b']) == 'x{n="a\\"b"}'


def test_all_is_its_own_value_where_it_has_one():
    assert _fill('x{n=~"$any"}', any=["$__all"]) == 'x{n=~".*"}'


@pytest.mark.parametrize(
    "form,text",
    [
        ("csv", "a,b"),
        ("pipe", "a|b"),
        ("regex", "(a|b)"),
        ("glob", "{a,b}"),
        ("json", '["a", "b"]'),
    ],
)
def test_a_format_may_be_asked_for(form, text):
    assert _fill(f"${{node:{form}}}", node=["a", "b"]) == text


@given(st.text(alphabet=st.characters(codec="ascii", exclude_characters='"`\n')))
def test_an_escaped_value_matches_itself_and_nothing_else(value):
    # PromQL reads the text first: two backslashes are one.
    pattern = escape_regex(value).replace("\\\\", "\\")
    assert re.fullmatch(pattern, value)
    assert not re.fullmatch(pattern, value + "x")
