from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette import settings
from vedette.errors import UsageError


def test_without_variables_everything_is_its_default():
    assert settings.read({}) == settings.Settings()


def test_each_setting_can_be_set_by_its_variable():
    words = {bool: "1", float: "2.5", int: "7", str: "words", Path: "/somewhere"}
    values = {bool: True, float: 2.5, int: 7, str: "words", Path: Path("/somewhere")}
    given_ = {f"VEDETTE_{row.name.upper()}": words[row.kind] for row in settings.table()}
    read = settings.read(given_)
    for row in settings.table():
        assert getattr(read, row.name) == values[row.kind]


def test_every_setting_has_a_help_of_its_own():
    helps = [row.help for row in settings.table()]
    assert all(helps)
    assert len(set(helps)) == len(helps)


def test_a_misspelt_setting_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="unknown setting VEDETTE_OFLINE") as caught:
        settings.read({"VEDETTE_OFLINE": "1"})
    assert caught.value.hint == "did you mean VEDETTE_OFFLINE?"


def test_a_strange_setting_is_refused_with_all_that_there_are():
    with pytest.raises(UsageError) as caught:
        settings.read({"VEDETTE_XYZZY": "1"})
    assert "VEDETTE_CACHE" in caught.value.hint


@pytest.mark.parametrize("word,value", [("1", True), ("YES", True), ("false", False), ("", False)])
def test_yes_and_no_can_be_written_in_several_ways(word, value):
    assert settings.read({"VEDETTE_OFFLINE": word}).offline is value


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(UsageError, match="neither yes nor no"):
        settings.read({"VEDETTE_OFFLINE": "maybe"})


def test_a_number_that_is_none_is_refused_with_its_value():
    with pytest.raises(UsageError, match="VEDETTE_CONNECT_SECONDS='soon' is not a float"):
        settings.read({"VEDETTE_CONNECT_SECONDS": "soon"})


def test_a_program_gets_what_is_right_and_is_told_what_is_wrong():
    given_ = {"VEDETTE_MODEL": "faces", "VEDETTE_LABEL_SETS_LIMIT": "many", "VEDETTE_XYZZY": "1"}
    read, faults = settings.read_kindly(given_)
    assert read == settings.Settings(model="faces")
    assert [fault.problem for fault in faults] == [
        "VEDETTE_LABEL_SETS_LIMIT='many' is not an int",
        "unknown setting VEDETTE_XYZZY",
    ]


def test_no_color_is_understood_as_everywhere():
    assert settings.read({"NO_COLOR": "1"}).no_color
    assert not settings.read({"NO_COLOR": ""}).no_color


@given(st.dictionaries(st.text().filter(lambda name: not name.startswith("VEDETTE_")), st.text()))
def test_variables_of_others_are_left_alone(variables):
    variables.pop("NO_COLOR", None)
    assert settings.read(variables) == settings.Settings()


def test_a_child_gets_our_environment_and_what_is_added(monkeypatch):
    monkeypatch.setenv("FROM_US", "1")
    assert settings.environment("FROM_US") == "1"
    child = settings.child_environment(FROM_PLAN="2")
    assert (child["FROM_US"], child["FROM_PLAN"]) == ("1", "2")
    assert settings.environment("FROM_PLAN") is None
