import pytest

from vedette.model.finding import Finding


@pytest.mark.parametrize(
    "where,place",
    [
        ({"file": "a.yaml", "line": 3, "column": 5}, "a.yaml:3:5"),
        ({"file": "a.yaml", "line": 3}, "a.yaml:3"),
        ({"file": "a.yaml"}, "a.yaml"),
        ({}, "the subject"),
        ({"line": 3}, "the subject"),
    ],
)
def test_a_finding_says_its_place_as_far_as_it_is_known(where, place):
    finding = Finding(
        rule="r", level="error", subject="the subject", message="m", hint="h", **where
    )
    assert finding.place() == place
