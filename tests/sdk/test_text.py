import json
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vedette.model.metric import Metric
from vedette.sdk.monitor import Monitor
from vedette.sdk.text import LONGEST, text

CALLS = Metric(name="calls_total", kind="counter", help="Calls.", labels=("path",))
OPENMETRICS = "application/openmetrics-text; version=1.0.0"


class _Broken:
    def __str__(self):
        raise RuntimeError


class _Sly(str):
    __slots__ = ()

    def __str__(self):
        return "something else"


@pytest.mark.parametrize(
    "value,written",
    [
        ("a", "a"),
        (7, "7"),
        (True, "True"),
        (None, "None"),
        (2.0, "2"),
        (2.5, "2.5"),
        (Decimal("2.0"), "2"),
        (float("inf"), "inf"),
        (UUID(int=2), "00000000-0000-0000-0000-000000000002"),
        (b"a", "b'a'"),
        (_Sly("itself"), "itself"),
        (_Broken(), "<_Broken>"),
        (10**5000, "<int>"),
        ("\ud800", "\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("é\x00\u2028", "é\x00\u2028"),
    ],
    ids=lambda value: f"{value!r:.20}" if not isinstance(value, int) else type(value).__name__,
)
def test_a_value_is_written_as_text(value, written):
    assert text(value) == written


def test_a_long_value_is_cut_and_stays_different_from_another_with_the_same_beginning():
    one, other = text("x" * 1_000_000), text("x" * 1_000_000 + "y")
    assert len(one) == len(other) == LONGEST
    assert one != other
    assert one.startswith("x" * 191 + "…")
    assert text("x" * LONGEST) == "x" * LONGEST


@given(st.text(st.characters(codec=None, exclude_categories=())))
@example("\ud800" * 300)
@example('a"} 1\nforged_total{path="b')
def test_any_text_becomes_utf8_that_is_not_too_long_and_always_the_same(value):
    once = text(value)
    assert len(once.encode()) <= 4 * LONGEST
    assert len(once) <= LONGEST
    assert text(once) == once == text(value)


@pytest.mark.parametrize("accept", ["", OPENMETRICS], ids=["plain", "openmetrics"])
@given(value=st.text(max_size=50))
@example(value='a"} 1\nforged_total{path="b')
@example(value="back\\slash\\n")
@example(value="line\nend")
@example(value='\\"')
def test_a_label_value_forges_no_series_and_is_read_back_as_it_was(accept, value):
    monitor = Monitor(isolated=True)
    monitor.counter(CALLS, path=value).inc()
    names = [line.split("{")[0] for line in monitor.expose(accept).body.decode().split("\n")]
    assert names.count("calls_total") == 1
    assert "forged_total" not in names
    assert unescaped(monitor, accept) == value


def unescaped(monitor, accept):
    """The one label value of `calls_total`, read by the rules of the format."""
    shown = monitor.expose(accept).body.decode()
    line = next(line for line in shown.split("\n") if line.startswith("calls_total{"))
    quoted = line[line.index('"') : line.rindex('"') + 1]
    # The format escapes what JSON escapes, and nothing else.
    plain = "".join(one if one >= " " else f"\\u{ord(one):04x}" for one in quoted)
    return json.loads(plain)


def test_usual_values_are_read_back_by_the_official_parser(monitor, samples):
    values = ["/a b", "é😀", 'say "hi"', "C:\\new", "two\nlines", "{}", "#", ","]
    for value in values:
        monitor.counter(CALLS).labels(value).inc()
    for accept in ("", OPENMETRICS):
        found = samples(monitor, accept)
        assert [found["calls_total", value] for value in values] == [1] * len(values)
