import pytest

from vedette.console.config import Config


def test_the_page_is_served_with_a_strict_policy(open_console, tmp_path):
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<title>Vedette</title>")
    (static / "assets" / "a-1.js").write_text("1")
    console = open_console(static=static)

    page, script = console.get("/"), console.get("/assets/a-1.js")

    assert page.text == "<title>Vedette</title>"
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert "immutable" in script.headers["cache-control"]


def test_without_a_built_page_it_says_how_to_build_one(open_console, tmp_path):
    console = open_console(static=tmp_path / "nothing")
    answer = console.get("/")
    assert answer.status_code == 503
    assert "hint:" in answer.text
    assert console.get("/healthz").json() == {"status": "ok"}


def test_its_api_describes_itself(console):
    paths = console.get("/api/openapi.json").json()["paths"]
    assert {"/api/overview", "/api/dashboards/{uid}", "/api/targets", "/api/alerts"} <= set(paths)


def test_an_unknown_address_is_answered_in_json(console):
    answer = console.get("/api/nothing")
    assert answer.status_code == 404
    assert answer.json()["hint"]


def test_a_request_of_the_wrong_shape_names_the_field(console, folder):
    (folder / "a.json").write_text('{"title": "A"}')
    answer = console.post("/api/dashboards/a/data", json={"start": "x", "end": 2, "panels": []})
    assert answer.status_code == 422
    assert "body.start" in answer.json()["problem"]


def test_it_measures_itself(console):
    console.get("/api/targets")
    console.get("/api/dashboards/none-of-that-name")
    text = console.get("/metrics").text
    assert 'vedette_console_requests_total{route="/api/targets",status="200"} 1.0' in text
    assert 'route="/api/dashboards/{uid}",status="404"' in text
    assert 'vedette_console_upstream_requests_total{outcome="ok",upstream="prometheus"} 1.0' in text
    assert "process_resident_memory_bytes" in text


def test_a_reload_reads_the_dashboards_again(console, folder):
    (folder / "a.json").write_text('{"title": "A"}')
    (folder / "b.json").write_text("{")
    assert console.post("/-/reload").json() == {"dashboards": 1, "broken": 1}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_what_it_shows_cannot_be_changed(console, method):
    assert getattr(console, method)("/api/alerts").status_code == 405


def test_a_password_is_not_printed():
    from vedette.console.config import Credentials

    config = Config(prometheus="http://p", login=Credentials(username="u", password="x" * 7))
    assert "xxxxxxx" not in repr(config)
