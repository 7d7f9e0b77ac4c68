import json
from pathlib import Path

import pytest

from vedette import planfile
from vedette.sdk import handover_place
from vedette.settings import Settings


@pytest.fixture(autouse=True)
def user(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "user"))
    return handover_place.user_folder()


def stack(state, url="http://127.0.0.1:9321"):
    state.mkdir(parents=True)
    (state / "handover.json").write_text(json.dumps({"url": url, "token": "secret"}))
    return state


def test_the_stack_of_the_folder_or_the_nearest_above_is_found(tmp_path):
    state = stack(tmp_path / ".vedette")
    deep = tmp_path / "a" / "b"
    place = handover_place.find(Settings(), deep)
    assert (place.url, place.authorization) == ("http://127.0.0.1:9321", "Bearer secret")
    assert place.spools[0] == state / "spool"


def test_a_stack_that_has_not_run_yet_is_found_by_its_folder(tmp_path):
    (tmp_path / ".vedette").mkdir()
    (tmp_path / ".vedette" / "version").write_text("1\n")
    place = handover_place.find(Settings(), tmp_path)
    assert place.url == ""
    assert place.spools[0] == tmp_path / ".vedette" / "spool"


def test_a_stack_without_a_plan_file_is_found_where_it_keeps_its_state(tmp_path, monkeypatch):
    here = tmp_path / "work"
    here.mkdir()
    monkeypatch.chdir(here)
    state = stack(planfile.read().state)
    assert handover_place.find(Settings(), here).spools[0] == state / "spool"


def test_without_any_stack_it_waits_in_the_users_folder(tmp_path, user):
    place = handover_place.find(Settings(), tmp_path)
    assert (place.url, place.spools) == ("", (user / "spool",))


def test_an_address_may_carry_a_name_and_a_password(tmp_path):
    known = Settings(stack="https://ann:p%40ss@host:9/")
    place = handover_place.find(known, tmp_path)
    assert (place.url, place.authorization) == ("https://host:9", "Basic YW5uOnBAc3M=")
    assert handover_place.find(Settings(stack="http://host"), tmp_path).authorization == ""


@pytest.mark.parametrize("setting", ["stack", "state"])
def test_a_setting_names_the_state_folder(tmp_path, setting):
    state = stack(tmp_path / "elsewhere")
    known = Settings(stack=str(state)) if setting == "stack" else Settings(state=state)
    assert handover_place.find(known, Path("/")).url


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"url": 1}', "\0"])
def test_an_address_file_that_cannot_be_read_is_none(tmp_path, text):
    (tmp_path / "handover.json").write_text(text)
    assert handover_place.at(tmp_path).url == ""
