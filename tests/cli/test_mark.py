import json
import time

import pytest
from click.testing import CliRunner

from vedette.cli.mark import command
from vedette.console import spool
from vedette.console.handed import Handed
from vedette.errors import UsageError, VedetteError


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder whose stack has run, and does not at present."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "user"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vedette.yaml").write_text("name: shop\n")
    (tmp_path / ".vedette").mkdir()
    return tmp_path


@pytest.fixture
def vedette(home):
    del home

    def _vedette(*words):
        done = CliRunner().invoke(command, list(words), standalone_mode=False)
        if isinstance(done.exception, VedetteError):
            raise done.exception
        assert done.exception is None, done.exception
        return done

    return _vedette


def taken(home):
    """Let the stack take what waits, as its console does."""
    handed = Handed(home / ".vedette")
    spool.drain(handed, [home / ".vedette" / "spool"])
    found = handed.marks(0, time.time() + 10)
    handed.close()
    return found


def test_a_mark_is_kept_for_the_stack_and_shown_once_it_has_it(vedette, home):
    done = vedette("deployment", "v2 to all", "--module", "shop", "--model", "faces")
    assert done.stdout.startswith("marked deployment at 20")
    assert "kept until one runs" in done.stderr
    (mark,) = taken(home)
    assert (mark.kind, mark.text, mark.module, mark.model) == (
        "deployment",
        "v2 to all",
        "shop",
        "faces",
    )
    assert abs(mark.at - time.time()) < 60
    lines = vedette("list").output.splitlines()
    assert lines[0].split() == ["TIME", "KIND", "TEXT", "MODULE", "MODEL"]
    assert "v2 to all" in lines[1]


def test_a_mark_may_be_set_for_the_past(vedette, home):
    vedette("incident", "it broke", "--at", "2h")
    (mark,) = taken(home)
    assert abs(time.time() - 7200 - mark.at) < 60


def test_json_tells_what_was_marked_and_what_is_there(vedette, home):
    told = json.loads(vedette("training", "run 7", "--format", "json").stdout)
    assert (told["kind"], told["text"], told["taken"]) == ("training", "run 7", False)
    taken(home)
    (listed,) = json.loads(vedette("list", "--format", "json").stdout)
    assert listed == {key: told[key] for key in listed}


def test_before_the_first_mark_the_list_says_how_to_set_one(vedette):
    assert "vedette mark deployment" in vedette("list").output
    assert json.loads(vedette("list", "--format", "json").output) == []


@pytest.mark.parametrize(
    "word,hint",
    [("deploymnet", "did you mean 'deployment'?"), ("lst", "did you mean 'list'?"), ("x", "there")],
)
def test_a_wrong_kind_is_answered_with_the_nearest(vedette, word, hint):
    with pytest.raises(UsageError, match="no kind of mark") as caught:
        vedette(word, "text")
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "words,problem",
    [
        (["incident"], "has no text"),
        (["incident", "  "], "has no text"),
        (["incident", "x" * 501], "501 characters"),
        (["incident", "x", "--at", "soon"], "no moment"),
        (["incident", "x", "--at", "2999-01-01"], "not a moment of the past"),
        (["incident", "x", "--at", "0"], "not a moment of the past"),
    ],
)
def test_what_cannot_be_marked_is_refused(vedette, home, words, problem):
    with pytest.raises(UsageError, match=problem):
        vedette(*words)
    assert not (home / ".vedette" / "spool").exists()


def test_a_mark_that_nobody_can_keep_is_an_error(vedette, home):
    (home / ".vedette" / "spool").write_text("in the way")
    (home / "user").write_text("in the way")
    with pytest.raises(VedetteError, match="could not be handed over"):
        vedette("incident", "x")


def test_where_no_stack_was_ever_started_the_mark_waits_for_the_users(vedette, home):
    (home / ".vedette").rmdir()
    vedette("incident", "x")
    assert len(list((home / "user" / "vedette" / "spool").iterdir())) == 1
    assert not (home / ".vedette").exists()
