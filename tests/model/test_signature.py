import pytest

from vedette.model.signature import fits, matches, words


@pytest.mark.parametrize(
    "signature, names, known",
    [
        (("a_total", "b"), {"b"}, True),
        (("a_total", "b"), {"c"}, False),
        (("a_total",), {"a"}, True),  # as parsers of OpenMetrics call the family
        (("vllm:*",), {"vllm:num_requests_running"}, True),
        (("vllm:*",), {"vllmx"}, False),
        (("a_seconds",), {"a_seconds_count"}, True),  # a histogram without a TYPE line
        (("a b",), {"a"}, False),
        (("a b",), {"a", "b", "c"}, True),
        (("a x*", "c"), {"a", "xy"}, True),
        ((), {"a"}, False),
        (("",), {"a"}, False),
    ],
)
def test_one_mark_of_a_signature_is_enough_but_all_of_its_words_are_needed(signature, names, known):
    assert matches(signature, names) is known


def test_the_words_of_a_signature_are_names_or_beginnings():
    assert words(("a b", "c*")) == ("a", "b", "c*")
    assert fits("c*", "cd")
    assert not fits("c*", "d")
    assert fits("a_total", "a_total")
