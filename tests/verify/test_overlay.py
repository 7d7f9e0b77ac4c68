from hypothesis import given
from hypothesis import strategies as st

from vedette.verify.overlay import overlay

PLAN = {
    "name": "serving",
    "modules": {
        "serving": {
            "targets": ["127.0.0.1:8000"],
            "packs": ["serving"],
            "run": {"command": "{python} -m model_service --listen 127.0.0.1:8000"},
        },
        "elsewhere": {"targets": ["10.0.0.7:9000"]},
    },
    "load_test": {"locustfile": "locustfile.py", "host": "http://127.0.0.1:8000"},
    "receivers": {"team": [{"webhook": "https://hooks.example.org"}]},
    "routes": {"default": "team", "rules": [{"receiver": "team"}]},
}


def changed(plan=None):
    return overlay(
        PLAN if plan is None else plan,
        webhook="http://127.0.0.1:1/",
        smarthost="127.0.0.1:2",
        free_port=lambda: 4711,
    )


def test_a_service_that_the_stack_runs_moves_wherever_the_plan_names_its_address():
    plan, addresses = changed()
    assert plan["modules"]["serving"]["targets"] == ["127.0.0.1:4711"]
    assert plan["modules"]["serving"]["run"]["command"].endswith("--listen 127.0.0.1:4711")
    assert plan["load_test"]["host"] == "http://127.0.0.1:4711"
    assert addresses["serving"] == "http://127.0.0.1:4711"


def test_a_service_that_somebody_else_runs_stays_where_it_is():
    plan, addresses = changed()
    assert plan["modules"]["elsewhere"]["targets"] == ["10.0.0.7:9000"]
    assert addresses["elsewhere"] == "http://10.0.0.7:9000"


def test_the_sinks_are_the_only_receivers():
    plan, _ = changed()
    assert list(plan["receivers"]) == ["verify"]
    ways = [next(iter(way)) for way in plan["receivers"]["verify"]]
    assert ways == ["webhook", "email"]
    assert plan["routes"]["default"] == "verify"
    assert {rule["receiver"] for rule in plan["routes"]["rules"]} == {"verify"}


def test_a_bare_port_is_an_address_of_this_machine():
    _, addresses = changed({"modules": {"api": {"targets": 8000}}})
    assert addresses == {"api": "http://127.0.0.1:8000"}


def test_the_plan_that_was_given_stays_as_it_was():
    before = repr(PLAN)
    changed()
    assert repr(PLAN) == before


@given(
    st.dictionaries(
        st.sampled_from(["name", "retention", "ports"]), st.integers() | st.text("ab:80. ")
    )
)
def test_what_has_nothing_to_do_with_addresses_is_kept(extra):
    plan, addresses = changed(extra)
    assert addresses == {}
    assert {key: plan[key] for key in extra} == extra
