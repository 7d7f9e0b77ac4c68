"""Running one program to its end."""

import time

import pytest

from vedette.errors import ProgramFailedError, ProgramMissingError
from vedette.process.run import run


def test_what_a_program_says_and_how_it_ends_is_returned():
    done = run(["sh", "-c", "echo out; echo err >&2; exit 3"], timeout=10)

    assert (done.stdout, done.stderr, done.returncode) == ("out\n", "err\n", 3)


def test_environment_and_folder_reach_the_program(tmp_path):
    done = run(["sh", "-c", 'echo "$WORD"; pwd'], timeout=10, env={"WORD": "hä"}, cwd=tmp_path)

    assert done.stdout == f"hä\n{tmp_path}\n"


def test_bytes_that_are_no_text_do_no_harm():
    assert run(["printf", r"a\377b"], timeout=10).stdout == "a\N{REPLACEMENT CHARACTER}b"


def test_a_program_does_not_wait_for_a_person():
    assert run(["cat"], timeout=10).stdout == ""


@pytest.mark.parametrize("command", ["/no/such/program", "/", "/etc/passwd"])
def test_what_cannot_be_run_is_said_to_a_person(command):
    with pytest.raises(ProgramMissingError, match=f"{command} does not run here"):
        run([command], timeout=10)


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path):
    marker = tmp_path / "alive"
    begin = time.monotonic()

    with pytest.raises(ProgramFailedError, match=r"did not end within 0\.3 s"):
        run(["sh", "-c", f"(sleep 2; touch '{marker}') & sleep 60"], timeout=0.3)

    # The pipes are closed only once the child's child has gone too.
    assert time.monotonic() - begin < 1.9
    assert not marker.exists()


def test_whoever_watches_is_called_while_it_runs_and_may_end_it():
    calls: list[None] = []

    def watch() -> None:
        calls.append(None)
        raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(["sleep", "60"], timeout=60, watch=watch)

    assert calls == [None]
    assert time.monotonic() - begin < 10


def test_a_watched_program_still_ends_in_time():
    with pytest.raises(ProgramFailedError):
        run(["sleep", "60"], timeout=0.5, watch=lambda: None)
