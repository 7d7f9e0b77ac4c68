"""The web configuration: who may come in."""

import re
from dataclasses import replace
from pathlib import Path

import bcrypt
import pytest

from vedette.errors import UsageError
from vedette.model.plan import Login, Plan
from vedette.model.secret import Secret
from vedette.render import web

LOGIN = Login(username="admin", password=Secret(text="geheim & 'so'"))


def _plan(login: Login | None, state: str = "/state") -> Plan:
    return Plan(
        name="test",
        home=Path("/home"),
        state=Path(state),
        ports={},
        components=(),
        packs={},
        thresholds={},
        login=login,
    )


def test_the_password_is_a_hash_that_only_the_password_opens():
    text = web.config(_plan(LOGIN))
    found = re.search(r'admin: "(\$2b\$10\$.{53})"', text)
    assert found
    assert bcrypt.checkpw(b"geheim & 'so'", found[1].encode())
    assert not bcrypt.checkpw(b"other", found[1].encode())
    assert "geheim" not in text


def test_the_same_plan_renders_alike_and_two_stacks_do_not_share_a_salt():
    here, again, there = (web.config(_plan(LOGIN, state)) for state in ("/a", "/a", "/b"))
    assert here == again != there


def test_a_certificate_turns_tls_on():
    pair = replace(LOGIN, tls_certificate=Path("/c.pem"), tls_key=Path("/k.pem"))
    text = web.config(_plan(pair))
    assert "cert_file: /c.pem" in text
    assert "key_file: /k.pem" in text
    assert "min_version: TLS12" in text
    assert "tls_server_config" not in web.config(_plan(LOGIN))


@pytest.mark.parametrize(
    "login", [None, Login(username="admin", password=Secret(file=Path("/p")))], ids=str
)
def test_without_a_password_there_is_no_configuration(login):
    with pytest.raises(UsageError, match="the login has no password"):
        web.config(_plan(login))
