import json

import pytest

import vedette
from vedette.sdk import handover_place


@pytest.fixture
def spool(tmp_path, monkeypatch):
    """Where marks wait while no stack runs."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "user"))
    monkeypatch.chdir(tmp_path)
    return handover_place.user_folder() / "spool"


def test_a_mark_waits_for_a_stack_with_its_own_time(spool):
    assert vedette.mark("deployment", "v2", at=12.5, module="shop", model="faces")
    (file,) = spool.iterdir()
    told = json.loads(file.read_text())["mark"]
    del told["id"]
    assert told == {
        "kind": "deployment",
        "text": "v2",
        "at": 12.5,
        "module": "shop",
        "model": "faces",
    }


def test_an_unknown_kind_is_told_and_never_raised(spool, caplog):
    assert not vedette.mark("party", "v2")
    assert "knows no mark 'party'; there are deployment, incident, training" in caplog.text
    assert not spool.exists()


def test_nonsense_is_never_raised(spool, caplog):
    assert not vedette.mark("incident", "x", at="soon")  # type: ignore[arg-type]  # on purpose
    assert "cannot mark 'x'" in caplog.text
    assert not spool.exists()
