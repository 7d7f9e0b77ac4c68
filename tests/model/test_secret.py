from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vedette.model.secret import Secret


@given(st.text(min_size=12))
def test_a_secret_is_never_printed(text):
    secret = Secret(text=text)
    assert f"{secret} {secret!r} {[secret]}" == "<secret> <secret> [<secret>]"


@given(st.text())
def test_a_secret_is_revealed_when_asked_for(text):
    assert Secret(text=text).reveal() == text


def test_there_is_a_secret_where_there_is_a_text_or_a_file():
    assert [bool(Secret()), bool(Secret(text="a")), bool(Secret(file=Path("key")))] == [
        False,
        True,
        True,
    ]
