import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import UsageError
from vedette.model.mark import Mark
from vedette.store import message

RUN: dict[str, Any] = {
    "format": 1,
    "id": "0" * 32,
    "number": 1,
    "job": "nightly",
    "labels": {},
    "status": "success",
    "seconds": 1,
    "sent": 2,
    "families": [
        {"name": "x", "kind": "histogram", "help": "h", "samples": [["x_sum", {"a": "b"}, 3]]}
    ],
}
MARK = {"id": "0" * 32, "kind": "incident", "text": "t", "at": 1, "module": "", "model": ""}


def test_a_run_is_read_with_its_samples():
    told = message.read(json.dumps(RUN))
    assert isinstance(told, message.Handover)
    (sample,) = told.samples
    assert (sample.family, sample.name, sample.value, sample.adds) == ("x", "x_sum", 3.0, True)


def test_a_mark_is_read():
    told = message.read(json.dumps({"format": 1, "mark": MARK}))
    assert told == Mark(id="0" * 32, kind="incident", text="t", at=1.0)


@pytest.mark.parametrize(
    "kind,name,adds",
    [
        ("counter", "x_total", True),
        ("gauge", "x", False),
        ("histogram", "x_bucket", True),
        ("summary", "x_count", True),
        ("summary", "x", False),
        ("untyped", "x_sum", False),
    ],
)
def test_what_adds_up_is_told_by_kind_and_name(kind, name, adds):
    family = "x_total" if kind == "counter" else "x"
    sample = message.Sample(family=family, kind=kind, help="", name=name, labels={}, value=1.0)
    assert sample.adds is adds


@pytest.mark.parametrize(
    "change,why",
    [
        ({"id": "../../etc"}, "32 hexadecimal"),
        ({"job": "  "}, "is empty"),
        ({"status": "fine"}, "its status is 'fine'"),
        ({"labels": {"a-b": "c"}}, "labels that are none"),
        ({"labels": {"__name__": "c"}}, "labels that are none"),
        ({"number": True}, "no whole number"),
        ({"sent": "nan"}, "a time in it is none"),
        ({"families": {}}, "a list in it is none"),
        ({"families": [{}]}, "it has no name"),
        ({"families": [{**RUN["families"][0], "name": "a b"}]}, "no metric name"),
        ({"families": [{**RUN["families"][0], "samples": [["x_sum", {}]]}]}, "a list in it"),
        ({"families": [{**RUN["families"][0], "samples": [["x", {}, "much"]]}]}, "no number"),
        ({"format": 7}, "format 7 is not understood"),
    ],
)
def test_what_is_wrong_is_refused_with_the_reason(change, why):
    with pytest.raises(UsageError, match=why):
        message.read(json.dumps({**RUN, **change}))


def test_a_mark_of_an_unknown_kind_is_refused():
    with pytest.raises(UsageError, match="its kind is 'party'"):
        message.read(json.dumps({"format": 1, "mark": {**MARK, "kind": "party"}}))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from([*RUN, "mark", "x"]), inner)
        ),
    )
)
def test_no_json_does_worse_than_a_refusal(value):
    text = json.dumps({**RUN, **value} if isinstance(value, dict) else value)
    with contextlib.suppress(UsageError):
        message.read(text)


@given(st.binary())
def test_no_bytes_do_worse_than_a_refusal(text):
    with pytest.raises(UsageError):
        message.read(text)
