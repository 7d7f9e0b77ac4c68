import pytest
from click.testing import CliRunner

from vedette import planfile
from vedette.cli.init import command
from vedette.errors import UsageError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the current one, called `shop`."""
    path = tmp_path / "shop"
    path.mkdir()
    monkeypatch.chdir(path)
    return path


def run(*arguments, answers=""):
    result = CliRunner().invoke(command, arguments, input=answers)
    if isinstance(result.exception, UsageError):
        raise result.exception
    return result


def test_with_yes_it_asks_nothing_and_takes_the_folders_name(folder):
    result = run("--yes")
    assert result.exit_code == 0
    assert "?" not in result.stdout
    assert planfile.read(folder).name == "shop"


def test_what_is_answered_is_written(folder):
    run(answers="my shop\nlocalhost:8000\nann@example.org\n")
    plan = planfile.read(folder)
    assert plan.name == "my shop"
    assert plan.modules[0].targets == ("localhost:8000",)
    assert plan.routing.default == "team"


def test_what_is_written_has_no_finding(folder):
    run(answers="\n8000\nhttps://hooks.example.org/x\n")
    assert planfile.examine(folder).findings == ()


def test_empty_answers_leave_out_the_service_and_the_receiver(folder):
    run(answers="\n\n\n")
    plan = planfile.read(folder)
    assert (plan.name, plan.modules, plan.routing.receivers) == ("shop", (), ())


def test_options_are_not_asked_for_again(folder):
    result = run("--name", "a", "--target", "8000", "--tell", "ann@example.org")
    assert "?" not in result.stdout
    assert ":" not in result.stdout.replace("next: vedette up", "")
    assert planfile.read(folder).name == "a"


def test_a_file_that_is_there_is_not_written_over(folder):
    (folder / "vedette.yaml").write_text("name: mine\n")
    with pytest.raises(UsageError, match="is there already"):
        run("--yes")
    assert (folder / "vedette.yaml").read_text() == "name: mine\n"


def test_force_writes_over_it(folder):
    (folder / "vedette.yaml").write_text("name: mine\n")
    run("--yes", "--force")
    assert planfile.read(folder).name == "shop"


def test_a_wrong_answer_is_refused_and_nothing_is_written(folder):
    with pytest.raises(UsageError, match="is an address, not host:port") as caught:
        run("--yes", "--target", "http://api:8000/metrics")
    assert caught.value.hint == "write the target api:8000"
    assert list(folder.iterdir()) == []


def test_who_is_told_must_have_an_address(folder):
    with pytest.raises(UsageError, match="neither a webhook nor an e-mail address"):
        run("--yes", "--tell", "ann")
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_a_folder_that_is_not_there_is_refused():
    with pytest.raises(UsageError, match="is not there"):
        run("gone", "--yes")


def test_another_folder_can_be_named(folder):
    (folder / "more").mkdir()
    run("more", "--yes")
    assert planfile.read(folder / "more").name == "more"
