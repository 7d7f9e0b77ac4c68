import io
import re
from typing import Any
from wsgiref.util import FileWrapper, setup_testing_defaults
from wsgiref.validate import validator

import pytest

from vedette.middleware.wsgi import ENDPOINT, Watch
from vedette.sdk.monitor import Monitor
from vedette.sdk.wsgi import metrics_app

OK = "200 OK"
PLAIN = [("Content-Type", "text/plain")]


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def counted(monitor):
    text = monitor.expose().body.decode()
    pattern = r'http_requests_total\{endpoint="(.*?)",method="(.*?)",status="(.*?)"\} (\d+)'
    return {(m[1], m[2], m[3]): int(m[4]) for m in re.finditer(pattern, text)}


def _environ(**more):
    environ: dict[str, Any] = {"PATH_INFO": "/", "QUERY_STRING": "", "SCRIPT_NAME": "", **more}
    setup_testing_defaults(environ)
    return environ


def _begin(_status, _headers, _exc_info=None):
    return lambda _: None


def _ask(app, **environ):
    """Take the whole answer as a server does."""
    parts = app(_environ(**environ), _begin)
    try:
        return b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()


def test_a_request_is_counted_and_the_protocol_is_kept(monitor):
    def fine(_environ, start_response):
        start_response(OK, PLAIN)
        yield b"a"
        yield b"b"

    checked = validator(Watch(validator(fine), monitor))
    assert _ask(checked) == b"ab"
    assert counted(monitor) == {("unmatched", "GET", "200"): 1}
    assert "http_requests_in_flight 0.0" in monitor.expose().body.decode()


def test_the_pattern_that_the_application_wrote_down_is_the_endpoint(monitor):
    def routed(environ, start_response):
        environ[ENDPOINT] = "/things/{thing}"
        start_response("404 Not Found", PLAIN)
        return [b"none"]

    _ask(Watch(routed, monitor), PATH_INFO="/things/7")
    assert counted(monitor) == {("/things/{thing}", "GET", "404"): 1}


def test_an_application_that_raises_has_failed(monitor):
    def breaks(_environ, _start_response):
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any at all
        _ask(Watch(breaks, monitor))
    assert counted(monitor) == {("unmatched", "GET", "500"): 1}


def test_an_answer_that_breaks_off_has_failed(monitor):
    def breaks(_environ, start_response):
        start_response(OK, PLAIN)
        yield b"a"
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - any at all
        _ask(Watch(breaks, monitor))
    assert counted(monitor) == {("unmatched", "GET", "500"): 1}


def test_an_answer_that_nobody_takes_to_its_end_is_that_of_a_client_that_left(monitor):
    closed = []

    def endless(_environ, start_response):
        start_response(OK, PLAIN)
        try:
            while True:
                yield b"a"
        finally:
            closed.append(True)

    parts: Any = Watch(endless, monitor)(_environ(), _begin)
    assert next(iter(parts)) == b"a"
    parts.close()
    assert closed == [True]
    assert counted(monitor) == {("unmatched", "GET", "499"): 1}


def test_nobody_takes_the_answer_to_a_head_and_that_is_no_fault(monitor):
    def fine(_environ, start_response):
        start_response(OK, PLAIN)
        return iter([b"a"])

    parts: Any = Watch(fine, monitor)(_environ(REQUEST_METHOD="HEAD"), _begin)
    parts.close()
    assert counted(monitor) == {("unmatched", "HEAD", "200"): 1}


def test_lists_and_files_reach_the_server_as_they_are(monitor):
    answers = [[b"abc"], FileWrapper(io.BytesIO(b"file"))]

    def fine(_environ, start_response):
        start_response(OK, PLAIN)
        return answers[0]

    watch = Watch(fine, monitor)
    wrapper = {"wsgi.file_wrapper": FileWrapper}
    assert watch(_environ(**wrapper), _begin) is answers[0]
    answers.pop(0)
    assert watch(_environ(**wrapper), _begin) is answers[0]
    assert counted(monitor) == {("unmatched", "GET", "200"): 2}


def test_the_status_of_an_error_page_replaces_the_first_one(monitor):
    def changes(_environ, start_response):
        start_response(OK, PLAIN)
        start_response("502 Bad Gateway", PLAIN, (None, None, None))
        return [b"sorry"]

    _ask(Watch(changes, monitor))
    assert counted(monitor) == {("unmatched", "GET", "502"): 1}


def test_the_sizes_of_bodies_are_recorded(monitor):
    def fine(_environ, start_response):
        start_response(OK, PLAIN)
        return iter([b"1234", b"567"])

    _ask(Watch(fine, monitor), CONTENT_LENGTH="5")
    text = monitor.expose().body.decode()
    sums = dict(re.findall(r"(http_re\w+_bytes)_sum\{.*\} (\S+)", text))
    assert sorted(sums.values()) == ["5.0", "7.0"]


def test_a_page_is_left_to_an_application_that_has_it(monitor):
    def mine(_environ, start_response):
        start_response(OK, PLAIN)
        return [b"mine"]

    pages = {"/metrics": metrics_app(monitor)}
    theirs = Watch(mine, monitor, pages=pages, owns=lambda path: path == "/metrics")
    ours = Watch(mine, monitor, pages=pages)
    assert _ask(theirs, PATH_INFO="/metrics") == b"mine"
    assert b"http_requests_total" in _ask(ours, PATH_INFO="/metrics")


def test_a_request_that_passes_two_watches_of_one_monitor_is_counted_once(monitor):
    def fine(_environ, start_response):
        start_response(OK, PLAIN)
        return [b""]

    other = Monitor(isolated=True)
    _ask(Watch(Watch(Watch(fine, monitor), other), monitor))
    assert counted(monitor) == counted(other) == {("unmatched", "GET", "200"): 1}
