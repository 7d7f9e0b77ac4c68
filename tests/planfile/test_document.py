import pytest

from vedette.planfile.document import NODES_LIMIT, load


def _load(text, **environment):
    return load(text, "plan.yaml", environment.get)


def _rules(document):
    return [one.rule for one in document.findings]


def test_places_of_keys_and_values_are_known():
    document = _load("a: 1\nb:\n  c: [x, yy]\n")
    place = document.find(("b", "c", 1))
    assert (place.line, place.column) == (3, 10)
    key = document.find(("b", "c"), key=True)
    assert (key.line, key.column) == (3, 3)


def test_a_place_that_is_not_there_is_the_nearest_one_around_it():
    document = _load("a:\n  b: 1\n")
    assert document.find(("a", "nothing")).line == 1


@pytest.mark.parametrize(
    "text, said",
    [
        ("a:\n\tb: 1\n", "tabs"),
        ("a: b: c\n", "quotes"),
        ("a: *b\n", "starts with *"),
        ("a: 1\n---\nb: 2\n", "one plan per file"),
        ("a: 'open\n", "quotes"),
        ("a: !thing b\n", "remove the tag"),
        ("? [a]\n: b\n", "plain word"),
        ("a: {<<: [1]}\n", "before a mapping"),
        ("[" * 3000, "levels"),
        ('a: "\\ud800"\n', "character itself"),
        ("a: &a\n  b: *a\n", "levels"),
        ("a: \x07\n", "UTF-8"),
    ],
)
def test_a_malformed_text_says_how_to_mend_it(text, said):
    document = _load(text)
    assert _rules(document)[0] == "plan-syntax"
    assert said in document.findings[0].hint


def test_a_key_that_stands_twice_names_the_first_line():
    document = _load("a: 1\nb: 2\na: 3\n")
    assert _rules(document) == ["plan-duplicate-key"]
    assert "line 1" in document.findings[0].message
    assert document.findings[0].line == 3


def test_merged_mappings_give_way_to_what_is_written():
    document = _load("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}\n")
    assert document.data["b"] == {"p": 1, "q": 3}
    assert document.findings == []


def test_aliases_cannot_unfold_for_ever():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    document = _load("\n".join(lines))
    assert f"{NODES_LIMIT:,}" in document.findings[0].message


def test_variables_are_filled_in_and_unquoted_numbers_become_numbers():
    document = _load('a: ${PORT}\nb: "${PORT}"\nc: ${NONE:-x}\nd: $$HOME\n', PORT="80")
    assert document.data == {"a": 80, "b": "80", "c": "x", "d": "$HOME"}


def test_a_variable_that_is_not_set_is_named():
    document = _load("a: ${NOPE}\n")
    assert _rules(document) == ["plan-variable"]
    assert "NOPE" in document.findings[0].message


def test_a_value_of_the_environment_cannot_add_keys():
    document = _load("a: ${EVIL}\n", EVIL="x\nb: 1")
    assert document.data == {"a": "x\nb: 1"}


def test_words_that_other_dialects_take_for_something_else_stay_text():
    document = _load("a: no\nb: 0o17\nc: 1_000\nd: 2024-01-01\ne: 12:30\n")
    assert document.data == {"a": "no", "b": "0o17", "c": "1_000", "d": "2024-01-01", "e": "12:30"}
