import pytest
from click.testing import CliRunner

from vedette.cli.console import command
from vedette.errors import UsageError


@pytest.fixture
def served(monkeypatch):
    """What would be served, in place of serving it."""
    calls = []
    monkeypatch.setattr(
        "vedette.console.serve.serve",
        lambda config, listen, **more: calls.append((config, listen, more)),
    )

    def _run(*arguments):
        calls.clear()
        CliRunner().invoke(command, list(arguments), catch_exceptions=False)
        return calls[0]

    return _run


def test_it_serves_the_local_prometheus_by_default(served):
    config, listen, _ = served()
    assert (config.prometheus, listen) == ("http://127.0.0.1:9090", "127.0.0.1:9321")
    assert config.login is None


def test_beyond_loopback_it_demands_a_login(served):
    with pytest.raises(UsageError, match=r"0\.0\.0\.0:1 can be reached from outside"):
        served("--listen", "0.0.0.0:1")


@pytest.mark.parametrize("listen", ["127.0.0.1:1", "127.8.8.8:1", "[::1]:1", "localhost:1"])
def test_on_loopback_it_demands_none(served, listen):
    assert served("--listen", listen)[1] == listen


def test_beyond_loopback_without_a_login_must_be_said(served):
    assert served("--listen", "0.0.0.0:1", "--without-login")[0].login is None


def test_the_password_is_read_from_its_file(served, tmp_path):
    file = tmp_path / "password"
    file.write_text("geheim\n")
    config, _, _ = served("--username", "u", "--password-file", str(file), "--upstream-login")
    assert (config.login.username, config.login.password) == ("u", "geheim")
    assert config.upstream_login == config.login


def test_half_a_login_is_refused(served):
    with pytest.raises(UsageError, match="both"):
        served("--username", "u")


def test_an_empty_password_is_refused(served, tmp_path):
    file = tmp_path / "password"
    file.write_text("\n")
    with pytest.raises(UsageError, match="no password"):
        served("--username", "u", "--password-file", str(file))
