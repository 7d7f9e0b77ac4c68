import gzip

import pytest

from vedette.exposition.guess import instead


@pytest.mark.parametrize(
    "body, kind, said",
    [
        (b"<!DOCTYPE html><html></html>", "text/plain", "web page"),
        (b"\xef\xbb\xbf \n<HTML>", "", "web page"),
        (b"a 1\n", "text/html; charset=utf-8", "web page"),
        (b'\n{"status": "ok"}', "text/plain", "JSON"),
        (b"{}", "", "JSON"),
        (b"[1]", "", "JSON"),
        (b"a 1\n", "application/problem+json", "JSON"),
        (b"<?xml version='1.0'?><a/>", "", "XML"),
        (b"data: 1\n\n", "text/event-stream", "stream of events"),
        (gzip.compress(b"a 1\n", mtime=0), "text/plain", "gzip"),
        (b"\0\1\2", "application/octet-stream", "binary"),
        (b"\n\x08up", "application/vnd.google.protobuf; proto=x", "binary format"),
    ],
)
def test_a_body_that_is_something_else_is_said_to_be_that(body, kind, said):
    assert said in instead(body, kind)


@pytest.mark.parametrize("body", [b"", b"a 1\n", b"# HELP a b\n", b'{"my.name"} 1\n', b'{a="b"} 1'])
def test_what_may_be_an_exposition_is_left_to_the_reader(body):
    assert instead(body, "text/plain; version=0.0.4") == ""
