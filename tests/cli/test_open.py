import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import click
import pytest
from click.testing import CliRunner

from vedette.cli import open as opening
from vedette.errors import UsageError
from vedette.supervisor import control


@pytest.fixture
def _running(monkeypatch):
    programs = [{"name": "console", "url": "http://127.0.0.1:4711"}, {"name": "serving", "url": ""}]
    monkeypatch.setattr(control, "call", lambda *_, **__: {"programs": programs})


@pytest.mark.usefixtures("_running")
def test_the_page_of_the_running_stack_is_printed(tmp_path):
    words = ["alerts", "--print", "--state", str(tmp_path)]
    result = CliRunner().invoke(opening.command, words)
    assert result.output == "http://127.0.0.1:4711/#/alerts\n"


@pytest.mark.usefixtures("_running")
def test_a_program_that_is_not_in_the_stack_is_explained(tmp_path):
    result = CliRunner().invoke(opening.command, ["grafana", "--state", str(tmp_path)])
    assert isinstance(result.exception, UsageError)
    assert "--with grafana" in result.exception.hint


@pytest.fixture
def answering(monkeypatch):
    """A Prometheus whose start page answers with a code; gives what was opened."""
    servers: list[ThreadingHTTPServer] = []
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)

    def serve(code):
        class Page(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(code)
                self.end_headers()

            def log_message(self, *_):
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        programs = [{"name": "prometheus", "url": url}]
        monkeypatch.setattr(control, "call", lambda *_, **__: {"programs": programs})
        return opened

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("code", [404, 500])
def test_a_build_without_pages_is_said_so_and_not_opened(code, answering, tmp_path):
    opened = answering(code)
    result = CliRunner().invoke(opening.command, ["prometheus", "--state", str(tmp_path)])
    assert result.exit_code == 0
    assert "this build of prometheus has no pages" in result.stderr
    assert opened == []


@pytest.mark.parametrize("code", [200, 302, 401])
def test_a_page_is_opened(code, answering, tmp_path):
    opened = answering(code)
    result = CliRunner().invoke(opening.command, ["prometheus", "--state", str(tmp_path)])
    assert opened == [result.stdout.strip()]
    assert result.stderr == ""


@pytest.mark.usefixtures("_running")
def test_the_address_is_told_as_json_too(tmp_path):
    words = ["--print", "--format", "json", "--state", str(tmp_path)]
    result = CliRunner().invoke(opening.command, words)
    told = json.loads(result.output)
    assert told == {"page": "console", "component": "console", "url": "http://127.0.0.1:4711/"}
