import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.exposition.nouns import Exemplar
from vedette.exposition.read import ExpositionError, read

OPEN = "application/openmetrics-text; version=1.0.0"
TEXT = "text/plain; version=0.0.4"


def faults(body, kind=TEXT):
    return [(each.line, each.column, each.message) for each in read(body, kind).problems]


def test_a_text_becomes_families_with_their_kinds_helps_and_lines():
    body = (
        b"# HELP requests_total Served \\\\ \\n counted.\n"
        b"# TYPE requests_total counter\n"
        b'requests_total{method="GET"} 3\n'
        b"\n# a remark\n"
        b"# TYPE wait_seconds histogram\n"
        b'wait_seconds_bucket{le="+Inf"} 2\nwait_seconds_sum 0.5\nwait_seconds_count 2\n'
        b"lonely{} NaN 1700000000123\n"
    )
    exposed = read(body, TEXT)
    assert exposed.problems == ()
    assert list(exposed.families) == ["requests_total", "wait_seconds", "lonely"]
    served = exposed.families["requests_total"]
    assert (served.kind, served.help, served.line) == ("counter", "Served \\ \n counted.", 1)
    assert served.samples[0].labels == {"method": "GET"}
    assert [one.line for one in exposed.families["wait_seconds"].samples] == [7, 8, 9]
    lonely = exposed.families["lonely"]
    assert (lonely.kind, lonely.help) == ("untyped", None)
    assert math.isnan(lonely.samples[0].value)
    assert lonely.samples[0].timestamp == 1_700_000_000.123
    assert exposed.count == 5
    assert {"wait_seconds", "wait_seconds_bucket", "lonely"} <= exposed.names


def test_open_metrics_has_units_exemplars_and_counters_without_their_suffix():
    body = (
        b"# TYPE wait_seconds histogram\n# UNIT wait_seconds seconds\n# HELP wait_seconds Waited.\n"
        b'wait_seconds_bucket{le="1.0"} 1 1.5 # {trace_id="a"} 0.4 1.25\n'
        b'wait_seconds_bucket{le="+Inf"} 1 # {} 0.4\nwait_seconds_count 1\nwait_seconds_sum 0.4\n'
        b"# TYPE done counter\ndone_total 4\ndone_created 1.0\n"
        b'# TYPE build info\nbuild_info{version="1"} 1\n# EOF\n'
    )
    exposed = read(body, OPEN)
    assert exposed.problems == ()
    wait = exposed.families["wait_seconds"]
    assert wait.unit == "seconds"
    assert wait.samples[0].timestamp == 1.5
    assert wait.samples[0].exemplar == Exemplar({"trace_id": "a"}, 0.4, 1.25)
    assert wait.samples[1].exemplar == Exemplar({}, 0.4, None)
    assert exposed.families["done"].exposed == "done_total"
    assert exposed.families["build"].exposed == "build_info"
    assert len(exposed.families["done"].samples) == 2


def test_without_a_content_type_open_metrics_is_known_by_its_end():
    assert read(b"# TYPE a counter\na_total 1\n# EOF\n").format == "openmetrics"
    assert read(b"# TYPE a_total counter\na_total 1\n").format == "text"


def test_names_that_only_newer_programs_allow_are_read():
    body = b'# TYPE "http.server" gauge\n{"http.server","my.label"="x",b="y"} 1\n{"plain"} 2\n'
    exposed = read(body, TEXT)
    assert exposed.problems == ()
    assert exposed.families["http.server"].samples[0].labels == {"my.label": "x", "b": "y"}
    assert exposed.families["plain"].samples[0].value == 2


@pytest.mark.parametrize(
    "line, column, said",
    [
        ("1a 2", 1, "does not start with a metric name"),
        ("a-b 2", 2, "'-' cannot stand in a metric name"),
        ("a", 2, "there is no value"),
        ("a b", 3, "'b' is no value"),
        ("a 1_000", 3, "is no value"),
        ("a 0x1p3", 3, "is no value"),
        ("a 1e999", 3, "too large"),
        ("a 1\r", 4, "carriage return"),
        ("a 1 2.5", 5, "whole milliseconds"),
        ("a 1 9223372036854775808", 5, "whole milliseconds"),
        ("a 1 2 3", 7, "stands after the end"),
        ("a{ 1", 4, "'1' is no label name"),
        ("a{", 3, "the { is not closed"),
        ('a{b="c"', 8, "the { is not closed"),
        ('a{b="c" d="e"} 1', 9, "after a label's value comes"),
        ("a{b} 1", 4, "the label 'b' has no value"),
        ("a{b=c} 1", 5, "needs quotes"),
        ('a{b="c} 1', 5, "no closing quote"),
        ('a{b-c="d"} 1', 3, "'b-c' is no label name"),
        ('a{b:c="d"} 1', 3, "'b:c' is no label name"),
        ('a{=""} 1', 3, "is no label name"),
        ('a{b="c",b="d"} 1', 9, "the label b stands twice"),
        ('a{b="c",,} 1', 9, "is no label name"),
        ('{b="c"} 1', 1, "the metric has no name"),
        ('a{"b"} 1', 2, "two names"),
        ("# TYPE a-b gauge", 9, "'-' cannot stand"),
        ("# HELP", 7, "does not start with a metric name"),
        ("# TYPE a wheel", 10, "'wheel' is no type"),
    ],
)
def test_a_broken_line_is_told_with_its_column(line, column, said):
    [(number, at, message)] = faults(f"x 1\n{line}\ny 1\n".encode())
    assert (number, at) == (2, column)
    assert said in message
    with pytest.raises(ExpositionError, match=f"line 2, column {column}: ") as caught:
        read(f"x 1\n{line}\n".encode(), TEXT, strict=True)
    assert (caught.value.line, caught.value.column) == (2, column)


def test_what_stands_around_a_broken_line_is_kept():
    exposed = read(b"x 1\n!\ny 2\n", TEXT)
    assert list(exposed.families) == ["x", "y"]


@pytest.mark.parametrize(
    "body, said",
    [
        (b"# TYPE a gauge\n# TYPE a gauge\n", "second TYPE"),
        (b"# HELP a x\n# HELP a y\n", "second HELP"),
        (b"a 1\n# TYPE a gauge\n", "after its samples"),
        (b'a{b="\\q"} 1\n', "there is no escape \\q"),
        (b"# TYPE a histogram\na 1\n", "a sample of the histogram a is called a_bucket"),
    ],
)
def test_what_can_be_read_all_the_same_is_noted_and_kept(body, said):
    exposed = read(body, TEXT)
    [problem] = exposed.problems
    assert said in problem.message
    assert not problem.lost


@pytest.mark.parametrize(
    "body, said",
    [
        (b"a 1\n", "ends with # EOF"),
        (b"", "ends with # EOF"),
        (b"a 1\n# EOF\nb 1\n", "more after # EOF"),
        (b"a 1\n\nb 1\n# EOF\n", "no empty lines"),
        (b"# TYPE a counter\na 1\n# EOF\n", "is called a_total or a_created"),
        (b"# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n", "not the end of the name"),
        (b"# TYPE a untyped\n# EOF\n", "'untyped' is no type"),
        (b'a{b="c"} 1\nd 1\na{b="d"} 1\n# EOF\n', "goes on after another metric"),
        (b"a 1 NaN\n# EOF\n", "finite number"),
        (b"a 1 # 0.5\n# EOF\n", "starts with its labels"),
        (b'a 1 # {"x"} 0.5\n# EOF\n', "has no name"),
        (b'a 1 # {a="' + b"x" * 200 + b'"} 0.5\n# EOF\n', "more than 128 characters"),
    ],
)
def test_open_metrics_is_stricter(body, said):
    assert any(said in message for *_, message in faults(body, OPEN))


def test_a_text_whose_end_was_cut_off_loses_only_its_last_line():
    exposed = read(b"a 1\nb{x=", TEXT, whole=False)
    assert (list(exposed.families), exposed.problems) == (["a"], ())


def test_a_byte_that_is_not_utf_8_is_told_with_its_place():
    [(line, column, message)] = faults(b'a 1\nb{x="\xc3\xa9\xff"} 1\n')
    assert (line, column) == (2, 7)
    assert "0xff" in message


def test_a_text_full_of_faults_is_given_up():
    assert len(read(b"!\n" * 5000, TEXT).problems) == 1000


@given(st.binary(max_size=300), st.sampled_from([TEXT, OPEN, ""]), st.booleans())
def test_any_bytes_are_read_without_an_exception(body, kind, whole):
    exposed = read(body, kind, whole=whole)
    lines = body.count(b"\n") + 1
    assert all(1 <= one.line <= lines and one.column >= 1 for one in exposed.problems)


@given(st.text('a{}"\\=,# \tHELPTYPE1.eE+-\n', max_size=120), st.sampled_from([TEXT, OPEN]))
def test_any_mixture_of_the_signs_of_the_format_is_read_without_an_exception(text, kind):
    exposed = read(text.encode(), kind)
    assert exposed.count <= text.count("\n") + 1
