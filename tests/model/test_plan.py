from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from vedette.model.plan import Login, Plan
from vedette.model.secret import Secret

PLAN = Plan(
    name="shop",
    home=Path("/home/shop"),
    state=Path("/home/shop/.vedette"),
    ports={"prometheus": 9090},
    components=("prometheus",),
    packs={},
    thresholds={},
)


def test_a_program_is_reached_where_it_listens():
    assert PLAN.url("prometheus") == "http://127.0.0.1:9090"
    assert replace(PLAN, listen="10.0.0.5").address("prometheus") == "10.0.0.5:9090"


def test_a_program_that_listens_everywhere_is_reached_on_this_machine():
    assert replace(PLAN, listen="0.0.0.0").address("prometheus") == "127.0.0.1:9090"  # noqa: S104


def test_a_certificate_makes_the_address_https():
    login = Login(username="a", password=Secret(text="b"), tls_certificate=Path("a.pem"))
    assert replace(PLAN, login=login).url("prometheus").startswith("https://")


def test_a_plan_does_not_change():
    with pytest.raises(FrozenInstanceError):
        PLAN.name = "other"  # type: ignore[misc]


def test_a_component_that_asks_for_no_password_stays_inside_where_there_is_a_login():
    login = Login(username="a", password=Secret(text="b"), tls_certificate=Path("a.pem"))
    outside = replace(
        PLAN,
        listen="10.0.0.5",
        ports={"prometheus": 9090, "mlflow": 5000},
        open_components=("mlflow",),
        login=login,
    )
    assert outside.url("mlflow") == "http://127.0.0.1:5000"
    assert outside.url("prometheus") == "https://10.0.0.5:9090"
    assert outside.login_of("mlflow") is None
    assert outside.login_of("prometheus") is login
