import asyncio

import pytest

from vedette.supervisor.probe import Probe


def _ask(answer: bytes, **told):
    """Ask a server that says `answer` whatever it is asked; return that, and what it heard."""
    heard: list[bytes] = []

    async def serve(reader, writer):
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        if answer:
            writer.close()
        else:
            await reader.read()  # says nothing until the other side gives up
            writer.close()

    async def run():
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            method = told.pop("method", "GET")
            return await Probe(**told).ask(f"http://127.0.0.1:{port}/-/ready", method)

    return asyncio.run(run()), heard


def test_200_is_fine_and_the_path_is_asked():
    answer, heard = _ask(b"HTTP/1.1 200 OK\r\n\r\nready")
    assert answer.fine
    assert heard[0].startswith(b"GET /-/ready HTTP/1.1\r\n")
    assert b"Authorization" not in heard[0]


def test_an_error_is_quoted():
    answer, _ = _ask(b"HTTP/1.1 503 Busy\r\n\r\nloading\n the WAL")
    assert not answer.fine
    assert str(answer) == "it answered 503: loading the WAL"


def test_a_login_and_a_post_are_sent():
    _, heard = _ask(b"HTTP/1.1 200 OK\r\n\r\n", authorization="Basic abc", method="POST")
    assert heard[0].startswith(b"POST ")
    assert b"Authorization: Basic abc\r\n" in heard[0]
    assert b"Content-Length: 0\r\n" in heard[0]


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH\r\n", b"\r\n", b"\0\xff\n"])
def test_something_that_does_not_speak_http_is_told(answer):
    said, _ = _ask(answer)
    assert str(said) == "it does not speak HTTP"


def test_silence_is_an_answer_after_the_timeout():
    said, _ = _ask(b"", timeout=0.1)
    assert "within 0.1 s" in str(said)
    assert not said.fine


def test_nobody_is_an_answer(house):
    said = asyncio.run(Probe().ask(f"http://127.0.0.1:{house.free_port()}/"))
    assert str(said).startswith("nothing listens at")
