import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vedette import packs
from vedette.discover import discover
from vedette.errors import DeclarationError
from vedette.model.convention import WHAT, convention, followers, prefix
from vedette.model.pack import Pack

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}([_-][a-z0-9]{1,8}){0,3}", fullmatch=True)
ENDINGS = [metric.name.removeprefix("x") for metric in convention("x").metrics]


def test_the_names_that_teams_already_use_are_kept():
    assert {metric.name for metric in convention("llm-provider").metrics} >= {
        "llm_provider_operations_total",
        "llm_provider_operation_duration_seconds",
        "llm_provider_tokens_total",
        "llm_provider_cost_total",
        "llm_provider_errors_total",
        "llm_provider_cache_hits_total",
        "llm_provider_cache_misses_total",
        "llm_provider_requests_total",
        "llm_provider_security_validation_total",
    }


def test_every_metric_tells_operation_provider_and_model():
    for metric in convention("shop").metrics:
        assert metric.labels[: len(WHAT)] == WHAT
        assert {"operation", "provider", "model"} <= set(metric.labels)
    assert "status" in convention("shop").operations.labels


def test_a_dash_is_written_as_an_underscore():
    assert prefix("prompt-manager") == prefix("prompt_manager") == "prompt_manager"


@pytest.mark.parametrize(
    "name, hint",
    [
        ("Prompt-Manager", "prompt_manager would do"),
        ("9lives", "lives would do"),
        ("a__b", "a_b would do"),
        ("a-_b", "a_b would do"),
        ("a-", "single _ or -"),
        ("", "a letter first"),
        ("caf\u00e9", "caf would do"),
        ("a\n", "a would do"),
        ("jobs_total", "jobs would do"),
        ("jobs-total", "jobs would do"),
        ("total", "_total"),
        ("user_count", "user would do"),
        ("http", "my_http would do"),
        ("ray_serve", "my_ray_serve would do"),
        ("gen-ai", "my_gen_ai would do"),
    ],
)
def test_a_name_that_breaks_the_convention_is_refused_with_one_that_does_not(name, hint):
    with pytest.raises(DeclarationError) as caught:
        prefix(name)
    assert repr(name) in caught.value.problem
    assert hint in caught.value.hint


@given(st.text(max_size=12))
def test_any_name_is_either_refused_or_makes_metrics(name):
    try:
        made = convention(name)
    except DeclarationError:
        return
    assert all(metric.name.startswith(f"{prefix(name)}_") for metric in made.metrics)


def _metrics(name):
    try:
        return {metric.name for metric in convention(name).metrics}
    except DeclarationError:
        assume(False)


@given(NAMES, NAMES, st.sampled_from(ENDINGS))
def test_the_metrics_of_two_modules_are_never_the_same(one, other, ending):
    # The worst case: the one module is called like a metric of the other.
    for name in (other, f"{one}{ending}".removesuffix("_total")):
        if name.replace("-", "_") != one.replace("-", "_"):
            assert not _metrics(one) & _metrics(name)


def _allowed(name):
    try:
        return prefix(name) == name
    except DeclarationError:
        return False


def test_no_module_can_write_into_the_metrics_of_a_pack():
    declared = {m.name for pack in discover(packs, "PACK", Pack).values() for m in pack.metrics}
    begin = {
        name.removesuffix(ending)
        for name in declared
        for ending in ENDINGS
        if name.endswith(ending)
    }
    assert {name for name in begin if _allowed(name)} == set()


def test_modules_are_recognised_by_what_they_expose():
    exposed = ["prompt_manager_operations_total", "search_operations", "http_requests_total", "up"]
    assert followers(exposed) == ("prompt_manager", "search")
    assert followers(["http_operations_total", "_operations_total", "operations_total"]) == ()
