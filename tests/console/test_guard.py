import pytest

from vedette.console.config import Credentials
from vedette.console.guard import MAX_BODY

WORD = "pässwort:1"
LOGIN = Credentials(username="anna", password=WORD)


def test_without_a_login_everybody_on_loopback_is_served(console):
    assert console.get("/api/targets").status_code == 200


@pytest.mark.parametrize("auth", [None, ("anna", "wrong"), ("bert", "pässwort:1"), ("", "")])
def test_a_login_is_demanded(open_console, auth):
    answer = open_console(login=LOGIN).get("/api/targets", auth=auth)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    assert answer.json()["hint"]
    assert "content-security-policy" in answer.headers


def test_the_right_login_is_served(open_console):
    auth = (LOGIN.username.encode(), LOGIN.password.encode())
    assert open_console(login=LOGIN).get("/api/targets", auth=auth).status_code == 200


@pytest.mark.parametrize("header", ["Basic", "Basic ???", "Bearer abc", "Basic YWJj", "\xff"])
def test_a_broken_login_is_refused(open_console, header):
    answer = open_console(login=LOGIN).get("/", headers={"Authorization": header.encode("latin-1")})
    assert answer.status_code == 401


def test_a_login_guards_the_metrics_but_not_the_health(open_console):
    console = open_console(login=LOGIN)
    assert console.get("/metrics").status_code == 401
    assert console.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:9321", "127.0.0.1.evil.example", ""]
)
def test_a_name_that_points_here_from_elsewhere_is_refused(console, host):
    answer = console.get("/api/overview", headers={"Host": host})
    assert answer.status_code == 421
    assert "--host" in answer.json()["hint"]


@pytest.mark.parametrize(
    "host", ["localhost:9321", "127.0.0.1", "[::1]:9321", "10.1.2.3:9321", "mon"]
)
def test_addresses_and_known_names_are_served(open_console, host):
    console = open_console(hosts=("Mon",))
    assert console.get("/api/targets", headers={"Host": host}).status_code == 200


def test_prometheus_may_scrape_it_under_any_name(console):
    assert console.get("/metrics", headers={"Host": "console:9321"}).status_code == 200


def test_a_huge_request_is_refused(console):
    answer = console.post("/api/dashboards/a/data", content=b"x" * (MAX_BODY + 1))
    assert answer.status_code == 413


def test_a_request_that_grows_too_large_is_cut_off(console):
    def pieces():
        for _ in range(MAX_BODY // 100_000 + 2):
            yield b"x" * 100_000

    answer = console.post("/api/dashboards/a/data", content=pieces())
    assert answer.status_code >= 400
