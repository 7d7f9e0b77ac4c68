import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.planfile.interpolate import escape, interpolate

VALUES = {"HOME_OF": "here", "EMPTY": "", "WITH_DOLLAR": "${HOME_OF} $$"}


@pytest.mark.parametrize(
    "text,result",
    [
        ("${HOME_OF}", "here"),
        ("a ${HOME_OF}/b", "a here/b"),
        ("${HOME_OF}${HOME_OF}", "herehere"),
        ("${MISSING:-there}", "there"),
        ("${MISSING:-}", ""),
        ("${EMPTY:-there}", "there"),
        ("${HOME_OF:-there}", "here"),
        ("${EMPTY}", ""),
        ("$$", "$"),
        ("$${HOME_OF}", "${HOME_OF}"),
        ("$HOME_OF costs 5$", "$HOME_OF costs 5$"),
        ("${WITH_DOLLAR}", "${HOME_OF} $$"),
    ],
)
def test_variables_are_filled_in(text, result):
    assert interpolate(text, VALUES.get).text == result


def test_variables_without_a_value_or_a_default_are_told():
    filled = interpolate("${A} ${B:-b} ${HOME_OF}", VALUES.get)
    assert (filled.unset, filled.names) == (("A",), ("A", "B", "HOME_OF"))


@pytest.mark.parametrize("text", ["${", "${}", "${1A}", "${A", "${A:}", "${A B}"])
def test_what_starts_no_variable_is_told_and_stays(text):
    filled = interpolate(text, VALUES.get)
    assert filled.broken
    assert filled.text == text


@given(st.text())
def test_an_escaped_text_comes_back_unchanged(text):
    filled = interpolate(escape(text), lambda _: None)
    assert (filled.text, filled.names, filled.broken) == (text, (), False)


@given(st.text(), st.text())
def test_a_value_is_taken_as_it_is_whatever_it_holds(before, value):
    assert interpolate(f"{escape(before)}${{X}}", {"X": value}.get).text == before + value
