import threading

import pytest

from vedette.doctor.fetch import Answer, Question, Trouble, fetch


def test_an_answer_is_told_with_its_type_and_date(serve):
    server = serve({"/metrics": (200, "Text/Plain", "up 1\n")})
    answer = fetch(Question(url=f"http://{server.address}/metrics"))
    assert isinstance(answer, Answer)
    assert (answer.status, answer.kind, answer.body) == (200, "text/plain", b"up 1\n")
    assert answer.date.endswith("GMT")


def test_a_login_is_sent(serve):
    def who(handler):
        return 200, "text/plain", handler.headers["Authorization"]

    server = serve({"/": who})
    answer = fetch(Question(url=f"http://{server.address}/", username="a", password="b"))  # noqa: S106 - a made-up one
    assert isinstance(answer, Answer)
    assert answer.body == b"Basic YTpi"


def kind_of(url, **keys):
    trouble = fetch(Question(url=url, **keys))
    assert isinstance(trouble, Trouble)
    assert trouble.detail
    return trouble.kind


def test_nobody_listening_is_a_refusal(closed):
    assert kind_of(f"http://{closed}/metrics") == "refused"


def test_a_name_that_leads_nowhere_is_unknown():
    assert kind_of("http://nowhere.invalid:80/metrics") == "unknown-host"


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "..", "%%"])
def test_a_name_that_is_none_is_trouble_and_no_exception(host):
    assert isinstance(fetch(Question(url=f"http://{host}:80/")), Trouble)


def test_a_server_that_is_silent_runs_out_of_time(serve):
    release = threading.Event()

    def wait(_):
        release.wait(30)
        return 200, "text/plain", ""

    server = serve({"/": wait})
    try:
        assert kind_of(f"http://{server.address}/", seconds=0.2) == "timeout"
    finally:
        release.set()


def test_a_server_that_drips_runs_out_of_time_all_the_same(serve):
    release = threading.Event()

    def drip(handler):
        handler.send_response_only(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while not release.wait(0.02):
            handler.wfile.write(b"x")
            handler.wfile.flush()
        return 200, "text/plain", ""

    server = serve({"/": drip})
    try:
        assert kind_of(f"http://{server.address}/", seconds=0.3) == "timeout"
    finally:
        release.set()


def test_a_server_whose_headers_drip_runs_out_of_time_too(serve):
    release = threading.Event()

    def drip(handler):
        handler.send_response_only(200)
        handler.flush_headers()
        while not release.wait(0.02):
            handler.wfile.write(b"X-Drip: x\r\n")
            handler.wfile.flush()
        return 200, "text/plain", ""

    server = serve({"/": drip})
    try:
        assert kind_of(f"http://{server.address}/", seconds=0.2) == "timeout"
    finally:
        release.set()


def test_redirects_are_followed_and_told(serve):
    def there(handler):
        handler.send_response_only(307)
        handler.send_header("Location", "/metrics")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server = serve({"/": there, "/metrics": (200, "text/plain", "up 1\n")})
    answer = fetch(Question(url=f"http://{server.address}/"))
    assert isinstance(answer, Answer)
    assert answer.url == f"http://{server.address}/metrics"


def test_redirects_without_end_are_trouble(serve):
    def round_and_round(handler):
        handler.send_response_only(307)
        handler.send_header("Location", "/")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server = serve({"/": round_and_round})
    assert kind_of(f"http://{server.address}/") == "redirects"


def test_plain_text_on_a_tls_port_is_a_tls_trouble(serve):
    server = serve({"/": (200, "text/plain", "")})
    assert kind_of(f"https://{server.address}/") in {"tls", "not-http"}


def test_a_certificate_of_nobody_is_a_tls_trouble_unless_it_may_be(serve, tls):
    server = serve({"/": (200, "text/plain", "x")}, context=tls)
    assert kind_of(f"https://{server.address}/") == "tls"
    assert isinstance(fetch(Question(url=f"https://{server.address}/", verify=False)), Answer)
