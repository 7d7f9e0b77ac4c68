import re

import pytest

from vedette.errors import DeclarationError
from vedette.packs.modules.pack import PACK, by_module

# What the overview of a team with such modules shows, and the page of each of them.
WANTED = {
    "prompt_manager": {
        "Operations by operation",
        "Duration p95 by operation",
        "Tokens by model",
        "Cost per hour by model",
        "Cache hit ratio",
        "Security validations",
        "Rate-limit hits",
    },
    "prompt_security": {
        "Validations",
        "Security validations",
        "Injections detected",
        "Rate-limit hits",
        "Success rate",
        "Event timeline",
    },
    "llm_provider": {
        "Requests by provider",
        "Duration p95 by provider",
        "Tokens by provider",
        "Cost per hour by provider",
        "Error rate by provider",
        "Provider distribution",
    },
    "search": {"Operations by operation", "Error rate by operation", "Cache hit ratio"},
}


def titles(page):
    return {panel.title for row in page.rows for panel in row.panels}


@pytest.mark.parametrize("module, wanted", WANTED.items())
def test_each_module_has_a_page_that_answers_what_it_is_asked(module, wanted):
    (page,) = by_module(module).dashboards
    assert wanted <= titles(page)
    assert page.uid == f"vedette-module-{module.replace('_', '-')}"
    assert [variable.name for variable in page.variables][:2] == ["module", "instance"]


def test_the_overview_answers_for_all_modules_at_once():
    (page,) = PACK.dashboards
    assert {
        "Operations by module",
        "Cost per hour by module",
        "Failed operations",
        "Security validations by module",
        "Requests by provider",
        "Tokens by model",
    } <= titles(page)


@pytest.mark.parametrize("module", WANTED)
def test_a_page_leads_back_to_the_overview(module):
    (page,) = by_module(module).dashboards
    assert [link.uid for link in page.links] == [PACK.dashboards[0].uid]


def test_a_dash_or_an_underscore_makes_no_difference():
    assert by_module("prompt-manager") == by_module("prompt_manager")


def test_what_two_modules_add_shares_no_name_but_those_of_the_overview():
    one, other = by_module("prompt"), by_module("prompt_manager")
    assert not {m.name for m in one.metrics} & {m.name for m in other.metrics}
    assert not {page.uid for page in one.dashboards} & {page.uid for page in other.dashboards}
    both = zip(one.recordings, other.recordings, strict=True)
    assert all(a.name == b.name and a.labels != b.labels for a, b in both)


def test_a_module_reads_only_metrics_that_begin_with_its_name():
    for rule in by_module("search").recordings:
        assert set(re.findall(r"\b\w+_(?:total|bucket)\b", rule.expr)) <= {
            name for metric in by_module("search").metrics for name in metric.series
        }


@pytest.mark.parametrize("name", ["Search", "http", "jobs_total"])
def test_a_name_that_breaks_the_convention_adds_nothing(name):
    with pytest.raises(DeclarationError, match=name):
        by_module(name)
