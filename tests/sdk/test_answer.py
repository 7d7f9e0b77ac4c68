import gzip
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.metric import Metric
from vedette.sdk.answer import Scrapes, takes_gzip
from vedette.sdk.monitor import Monitor

STEPS = Metric(name="steps_total", kind="counter", help="Steps.")
TOKEN = "long-and-random-" * 2


@pytest.fixture
def monitor():
    """A monitor with something to tell."""
    monitor = Monitor(isolated=True)
    monitor.counter(STEPS).inc(3)
    return monitor


def test_a_scrape_gets_the_series_and_how_many_bytes_they_are(monitor):
    answer = Scrapes(monitor).answer("GET", {})
    headers = dict(answer.headers)
    assert answer.status == 200
    assert b"steps_total 3.0\n" in answer.body
    assert headers["Content-Type"].startswith("text/plain; version=")
    assert headers["Content-Length"] == str(len(answer.body))
    assert "Content-Encoding" not in headers


def test_one_who_asks_for_the_head_gets_no_body(monitor):
    answer = Scrapes(monitor).answer("HEAD", {})
    assert (answer.status, answer.body) == (200, b"")
    assert int(dict(answer.headers)["Content-Length"]) > 0


def test_what_is_accepted_is_compressed(monitor):
    answer = Scrapes(monitor).answer("GET", {"accept-encoding": "br, gzip"})
    assert dict(answer.headers)["Content-Encoding"] == "gzip"
    assert dict(answer.headers)["Content-Length"] == str(len(answer.body))
    assert b"steps_total 3.0\n" in gzip.decompress(answer.body)


@pytest.mark.parametrize(
    "accepted,taken",
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("gzip;q=1.0, *;q=0", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("xgzip", False),
    ],
)
def test_gzip_is_taken_where_it_is_not_forbidden(accepted, taken):
    assert takes_gzip(accepted) is taken


@given(st.text())
def test_no_header_breaks_the_choice_of_an_encoding(accepted):
    assert takes_gzip(accepted) in {True, False}


@pytest.mark.parametrize("method", ["POST", "DELETE", "BREW"])
def test_metrics_are_only_read(monitor, method):
    answer = Scrapes(monitor).answer(method, {})
    assert answer.status == 405
    assert dict(answer.headers)["Allow"] == "GET, HEAD"
    assert b"use GET or HEAD" in answer.body


@pytest.mark.parametrize("shown", [f"Bearer {TOKEN}", f"bearer  {TOKEN} "])
def test_the_token_opens(monitor, shown):
    answer = Scrapes(monitor, token=TOKEN).answer("GET", {"authorization": shown})
    assert answer.status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer"},
        {"authorization": f"Bearer {TOKEN}x"},
        {"authorization": f"Bearer {TOKEN[:-1]}"},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": TOKEN},
        {"authorization": "Bearer é\ud800"},
    ],
    ids=str,
)
def test_without_the_token_nothing_is_told_but_how_to_show_it(monitor, headers):
    for method in ("GET", "POST"):
        answer = Scrapes(monitor, token=TOKEN).answer(method, headers)
        assert answer.status == 401
        assert b"Authorization: Bearer <token>" in answer.body
        assert b"steps_total" not in answer.body
        assert TOKEN.encode() not in answer.body
        assert dict(answer.headers)["WWW-Authenticate"].startswith("Bearer")


@given(st.text(st.characters(codec="latin-1")).filter(lambda shown: shown.strip() != TOKEN))
def test_only_the_token_opens(shown):
    scrapes = Scrapes(Monitor(isolated=True), token=TOKEN)
    assert scrapes.answer("GET", {"authorization": f"Bearer {shown}"}).status == 401


@pytest.mark.parametrize("token", ["", "  "])
def test_an_empty_token_is_refused_for_it_protects_nothing(monitor, token):
    with pytest.raises(ValueError, match="token for the metrics is empty"):
        Scrapes(monitor, token=token)


def test_a_scrape_that_fails_is_answered_with_the_reason_and_logged(monitor, monkeypatch, caplog):
    def broken(_):
        raise OSError(5, "the disk is gone")

    monkeypatch.setattr(monitor, "expose", broken)
    with caplog.at_level(logging.ERROR, logger="vedette"):
        answer = Scrapes(monitor).answer("GET", {})
    assert answer.status == 500
    assert b"could not be written: [Errno 5] the disk is gone" in answer.body
    assert "could not answer a scrape" in caplog.text
