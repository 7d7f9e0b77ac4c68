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
