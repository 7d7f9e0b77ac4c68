import pytest

from vedette import errors

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.VedetteError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_says_what_is_wrong_and_what_to_do(kind):
    error = kind("the port 9090 is taken", hint="choose another")
    assert str(error) == "the port 9090 is taken\n  hint: choose another"
    assert (error.problem, error.hint) == ("the port 9090 is taken", "choose another")


@pytest.mark.parametrize("kind", KINDS)
def test_each_exit_code_stands_in_the_table(kind):
    assert f"\n{kind.exit_code} " in (errors.__doc__ or "")


def test_a_hint_cannot_be_left_out():
    with pytest.raises(TypeError):
        errors.VedetteError("only half")  # type: ignore[call-arg]
