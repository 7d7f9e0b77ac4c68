import pytest

from vedette.dashboards.choices import Ask, choices, expanded, pick, question
from vedette.dashboards.dashboard import Choice, Variable


def _variable(**given) -> Variable:
    return Variable(**{"name": "v", "label": "v", "kind": "query", **given})


def _texts(found):
    return [choice.text for choice in found]


@pytest.mark.parametrize(
    "text,ask",
    [
        ("label_values(job)", Ask(kind="values", label="job")),
        ("label_values(up, job)", Ask(kind="values", series="up", label="job")),
        (
            'label_values(up{a="x,y", b=~"f(o)"}, job)',
            Ask(kind="values", series='up{a="x,y", b=~"f(o)"}', label="job"),
        ),
        ("label_names()", Ask(kind="names")),
        ("query_result(sum(up))", Ask(kind="query", expr="sum(up)")),
        ("metrics(gpu_)", Ask(kind="values", series='{__name__=~".*gpu_.*"}', label="__name__")),
        ("nonsense", None),
    ],
)
def test_a_variable_s_query_is_understood(text, ask):
    assert question(text) == ask


def test_values_are_filtered_and_cut_by_the_regular_expression():
    found = choices(_variable(regex="/node-(.*)/"), ["node-a", "node-b", "other"])
    assert _texts(found) == ["a", "b"]


def test_named_groups_give_text_and_value():
    regex = r'/text="(?<text>[^"]+)",value="(?<value>[^"]+)/'
    (found,) = choices(_variable(regex=regex), ['x{text="Eins",value="1"}'])
    assert found == Choice(text="Eins", value="1")


def test_a_broken_regular_expression_filters_nothing():
    assert _texts(choices(_variable(regex="/(/"), ["a"])) == ["a"]


@pytest.mark.parametrize(
    "order,sorted_values",
    [
        (0, ["b10", "B2", "a1"]),
        (1, ["B2", "a1", "b10"]),
        (2, ["b10", "a1", "B2"]),
        (3, ["a1", "B2", "b10"]),
        (5, ["a1", "b10", "B2"]),
        (7, ["B2", "a1", "b10"]),
    ],
)
def test_values_are_sorted_as_grafana_numbers_it(order, sorted_values):
    assert _texts(choices(_variable(sort=order), ["b10", "B2", "a1"])) == sorted_values


OFFERED = (Choice(text="a", value="a"), Choice(text="b", value="b"))


@pytest.mark.parametrize(
    "given,wanted,chosen",
    [
        ({}, [], ("a",)),
        ({"all": True}, [], ("$__all",)),
        ({"chosen": ("b",)}, [], ("b",)),
        ({"chosen": ("gone",)}, [], ("a",)),
        ({}, ["b"], ("b",)),
        ({}, ["a", "b"], ("a",)),
        ({"multi": True}, ["a", "b"], ("a", "b")),
        ({"all": True, "chosen": ("a",)}, ["$__all"], ("$__all",)),
    ],
)
def test_what_is_wanted_comes_before_what_is_saved_before_all_before_the_first(
    given, wanted, chosen
):
    assert pick(_variable(**given), OFFERED, wanted) == chosen


def test_all_without_a_value_of_its_own_is_all_the_values():
    assert expanded(_variable(all=True), OFFERED, ["$__all"]) == ["a", "b"]
    assert expanded(_variable(all=True, all_value=".+"), OFFERED, ["$__all"]) == ["$__all"]


def test_a_custom_variable_s_commas_can_be_escaped(read):
    query = r"All : on(a\,b), plain ,"
    (variable,) = read(
        templating={"list": [{"type": "custom", "name": "c", "query": query}]}
    ).variables
    assert variable.choices == (
        Choice(text="All", value="on(a,b)"),
        Choice(text="plain", value="plain"),
    )


def test_a_query_may_be_an_object_and_the_saved_value_a_list(read):
    given = {
        "type": "query",
        "name": "q",
        "query": {"query": "label_values(a)", "refId": "x"},
        "current": {"value": ["x", "y"]},
    }
    (variable,) = read(templating={"list": [given]}).variables
    assert (variable.query, variable.chosen) == ("label_values(a)", ("x", "y"))
