import functools

import pytest
import wrapt  # OpenTelemetry's instrumentation comes with it

from vedette.sdk.wrapping import unwrapped, wrap


class Base:
    """Somebody else's class."""

    def ask(self, question):
        """Answer."""
        return [question]


@pytest.fixture
def kind():
    """A class that inherits the method; nobody stands around it yet."""
    base = type("Base", (), {"ask": Base.ask})
    return type("Client", (base,), {})


def ours(inside):
    @functools.wraps(inside)
    def ask(client, question):
        return [*inside(client, question), "ours"]

    return ask


def by_functools(kind):
    inside = kind.ask

    @functools.wraps(inside)
    def ask(client, question):
        return [*inside(client, question), "theirs"]

    kind.ask = ask


def by_wrapt(kind):
    def ask(inside, _client, args, _named):
        return [*inside(*args), "theirs"]

    wrapt.wrap_function_wrapper(kind, "ask", ask)


def test_a_method_is_wrapped_once_where_it_is_defined(kind):
    for _ in range(2):
        wrap(kind, "ask", ours)
    assert kind().ask(1) == [1, "ours"]
    assert "ask" not in vars(kind)
    assert kind.ask.__doc__ == "Answer."


@pytest.mark.parametrize("others", [by_functools, by_wrapt])
def test_who_else_stands_around_a_method_does_not_keep_us_from_it(kind, others):
    others(kind)
    wrap(kind, "ask", ours)
    wrap(kind, "ask", ours)
    assert kind().ask(1) == [1, "theirs", "ours"]


@pytest.mark.parametrize("others", [by_functools, by_wrapt])
def test_who_comes_later_does_not_make_us_count_twice(kind, others):
    wrap(kind, "ask", ours)
    others(kind)
    wrap(kind, "ask", ours)
    assert kind().ask(1) == [1, "ours", "theirs"]
    assert unwrapped(kind.ask) is Base.ask


def test_what_nobody_wrapped_is_itself():
    assert unwrapped(Base.ask) is Base.ask
