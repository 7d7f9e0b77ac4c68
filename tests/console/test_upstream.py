import socket

import pytest

from vedette.console.config import Credentials


def _free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_prometheus_that_is_not_there_is_a_502(open_console):
    address = _free_address()
    answer = open_console(prometheus=address).get("/api/targets")
    assert answer.status_code == 502
    assert address in answer.json()["problem"]
    assert "vedette status" in answer.json()["hint"]


def test_a_prometheus_that_is_too_slow_is_a_504(open_console, prometheus):
    prometheus.delay = 1.0
    answer = open_console(answer_seconds=0.1).get("/api/targets")
    assert answer.status_code == 504
    assert "in time" in answer.json()["problem"]


def test_an_answer_that_is_no_json_is_a_502(console, prometheus):
    prometheus.raw["/api/v1/targets"] = (200, "text/html", b"<html>nginx</html>")
    answer = console.get("/api/targets")
    assert answer.status_code == 502
    assert "text/html" in answer.json()["problem"]


def test_broken_json_is_a_502(console, prometheus):
    prometheus.raw["/api/v1/targets"] = (200, "application/json", b'{"data": ')
    assert console.get("/api/targets").status_code == 502


def test_what_prometheus_refuses_is_passed_on_in_its_words(console, prometheus):
    body = b'{"status": "error", "error": "parse error: unexpected end"}'
    prometheus.raw["/api/v1/targets"] = (400, "application/json", body)
    answer = console.get("/api/targets")
    assert answer.status_code == 400
    assert answer.json()["problem"] == "parse error: unexpected end"


def test_a_refused_login_says_so(console, prometheus):
    prometheus.raw["/api/v1/targets"] = (401, "text/plain", b"Unauthorized")
    answer = console.get("/api/targets")
    assert answer.status_code == 502
    assert "login" in answer.json()["problem"]


def test_the_stack_s_login_is_shown_to_prometheus_only_when_asked(open_console, prometheus):
    auth = ("u", "p")
    login = Credentials(username=auth[0], password=auth[1])
    open_console(login=login).get("/api/targets", auth=auth)
    open_console(login=login, upstream_login=login).get("/api/targets", auth=auth)
    assert "Authorization" not in prometheus.headers[0]
    assert prometheus.headers[1]["Authorization"] == "Basic dTpw"


def test_too_long_an_answer_is_cut_off(console, prometheus, monkeypatch):
    monkeypatch.setattr("vedette.console.upstream.MAX_ANSWER", 10)
    prometheus.answers["/api/v1/targets"] = {"activeTargets": [], "more": "x" * 100}
    answer = console.get("/api/targets")
    assert answer.status_code == 502
    assert "longer than 10 bytes" in answer.json()["problem"]


def test_a_password_in_the_address_is_shown_to_nobody(open_console):
    address = _free_address().replace("//", "//anna:secret-word@")
    answer = open_console(prometheus=address).get("/api/targets")
    assert answer.status_code == 502
    assert "secret-word" not in answer.text


@pytest.mark.parametrize("path", ["/api/overview", "/api/alerts"])
def test_every_page_survives_a_prometheus_that_comes_back(console, prometheus, path):
    good = dict(prometheus.answers)
    prometheus.answers.clear()
    assert console.get(path).status_code == 400
    prometheus.answers.update(good)
    assert console.get(path).status_code == 200
