import gzip
import socket

import pytest


@pytest.mark.parametrize(
    "path",
    [
        *("query", "query_range", "series", "labels", "label/job/values", "metadata", "targets"),
        *("rules", "alerts", "status/buildinfo"),
    ],
)
def test_what_is_listed_is_passed_on(console, prometheus, path):
    prometheus.answers[f"/api/v1/{path}"] = {"path": path}
    answer = console.get(f"/api/prometheus/api/v1/{path}", params={"query": "up"})
    assert answer.json()["data"] == {"path": path}
    assert prometheus.asked[-1][2]["query"] == "up"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "api/v1/admin/tsdb/delete_series",
            "-/reload",
            "-/quit",
            "api/v1/status/config",
            "metrics",
        ),
        *(
            "api/v1/query/../../-/quit",
            "api/v1/label/a%2F..%2Fb/values",
            "api/v1/query_range/x",
            "",
        ),
    ],
)
def test_what_is_not_listed_is_refused(console, prometheus, path):
    answer = console.get(f"/api/prometheus/{path}")
    assert answer.status_code in {403, 404}
    assert prometheus.asked == []


def test_a_long_query_may_be_posted(console, prometheus):
    expr = "up + " * 500 + "up"
    answer = console.post("/api/prometheus/api/v1/query", data={"query": expr})
    assert answer.status_code == 200
    assert prometheus.asked == [("POST", "/api/v1/query", {"query": expr})]


def test_only_queries_may_be_posted(console):
    assert console.post("/api/prometheus/api/v1/targets").status_code == 403


def test_a_query_beyond_the_limit_is_refused(console, prometheus):
    answer = console.post("/api/prometheus/api/v1/query", data={"query": "x" * 70_000})
    assert answer.status_code == 413
    assert prometheus.asked == []


def test_what_came_compressed_goes_on_compressed(console):
    with console.stream("GET", "/api/prometheus/api/v1/targets") as answer:
        body = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert b"activeTargets" in gzip.decompress(body)


def test_cookies_and_logins_of_the_browser_stay_here(console, prometheus):
    headers = {"Cookie": "a=b", "X-Anything": "1"}
    console.get("/api/prometheus/api/v1/targets", headers=headers)
    assert not {"Cookie", "X-Anything"} & set(prometheus.headers[-1])


def test_a_dead_prometheus_is_a_502_here_too(open_console):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    answer = open_console(prometheus=address).get("/api/prometheus/api/v1/query")
    assert answer.status_code == 502


def test_alertmanager_is_passed_on(console, alertmanager):
    alertmanager.answers["/api/v2/status"] = {"uptime": "now"}
    assert console.get("/api/alertmanager/api/v2/status").json() == {"uptime": "now"}
    assert console.get("/api/alertmanager/api/v2/silence/1").status_code == 403
    assert console.post("/api/alertmanager/api/v2/silences").status_code == 405


def test_without_an_alertmanager_it_says_so(open_console):
    answer = open_console(alertmanager="").get("/api/alertmanager/api/v2/status")
    assert answer.status_code == 404
    assert "--alertmanager" in answer.json()["hint"]
