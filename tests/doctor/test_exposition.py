import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.doctor.exposition import read

TEXT = "text/plain; version=0.0.4"


def test_an_exposition_is_read():
    body = b'# TYPE a counter\na_total{x="y"} 1\nb 2 1700000000000\n'
    exposed = read(body, TEXT)
    assert exposed.problem == ""
    assert {"a", "a_total", "b"} <= exposed.names
    assert exposed.count == 2
    assert exposed.stamps == (1_700_000_000.0,)


def test_open_metrics_is_read():
    kind = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    exposed = read(b"# TYPE a counter\na_total 1.0\n# EOF\n", kind)
    assert exposed.problem == ""
    assert exposed.count == 1


@pytest.mark.parametrize(
    "body, kind, said",
    [
        (b"<!DOCTYPE html><html></html>", TEXT, "web page"),
        (b"a 1\n", "text/html", "web page"),
        (b'\n{"a": 1}', TEXT, "JSON"),
        (b"[]", TEXT, "JSON"),
        (b"a 1", "application/json", "JSON"),
        (b"\xff\xfe", TEXT, "the byte 0xff is not UTF-8"),
        (b"up 1\nhello world and more\n", TEXT, "line 2 is 'hello world and more'"),
        (b"a{x=1} 2\n", TEXT, "line 1"),
    ],
)
def test_anything_else_is_said_to_be_what_it_is(body, kind, said):
    assert said in read(body, kind).problem


def test_the_line_that_is_cut_off_at_the_end_is_no_fault():
    exposed = read(b"a 1\nb{x=", TEXT, whole=False)
    assert (exposed.problem, exposed.count) == ("", 1)


def test_an_empty_text_exposes_nothing():
    assert read(b"", TEXT).count == 0


@given(st.binary(max_size=200), st.sampled_from([TEXT, "", "application/openmetrics-text"]))
def test_any_bytes_are_judged_without_an_exception(body, kind):
    exposed = read(body, kind)
    assert exposed.count >= 0
