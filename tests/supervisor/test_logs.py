import os

from hypothesis import given
from hypothesis import strategies as st

from vedette.supervisor.logs import Follower, numbered, rotate, size, tail


def test_a_log_that_is_too_large_is_moved_aside_and_three_are_kept(tmp_path):
    log = tmp_path / "a.log"
    for number in range(6):
        log.write_text(f"{number}" * 11)
        assert rotate(log, most_bytes=10)
    assert log.read_text() == ""
    assert [numbered(log, n).read_text()[0] for n in (1, 2, 3)] == ["5", "4", "3"]
    assert not numbered(log, 4).exists()
    assert numbered(log, 1).stat().st_mode & 0o077 == 0


def test_a_small_log_and_a_missing_one_are_left_alone(tmp_path):
    log = tmp_path / "a.log"
    assert not rotate(log)
    log.write_text("short")
    assert not rotate(log)
    assert log.read_text() == "short"


def test_a_program_goes_on_writing_to_a_rotated_log(tmp_path):
    log = tmp_path / "a.log"
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    try:
        os.write(descriptor, b"before\n" * 3)
        assert rotate(log, most_bytes=10)
        os.write(descriptor, b"after\n")
    finally:
        os.close(descriptor)
    assert log.read_text() == "after\n"


@given(st.lists(st.text(alphabet="abc é", max_size=5)), st.integers(0, 6))
def test_the_tail_is_the_last_lines(tmp_path_factory, lines, count):
    log = tmp_path_factory.mktemp("logs") / "a.log"
    log.write_text("".join(f"{line}\n" for line in lines))
    assert tail(log, count) == (lines[-count:] if count else [])


def test_the_tail_can_begin_at_a_life_of_the_program_and_be_filtered(tmp_path):
    log = tmp_path / "a.log"
    log.write_text("old error\n")
    offset = size(log)
    with log.open("a") as file:
        file.write("new error\nnew line\n")
    assert tail(log, 9, since=offset) == ["new error", "new line"]
    assert tail(log, 9, pattern="err.r") == ["old error", "new error"]
    assert tail(tmp_path / "none", 9) == []


def test_the_tail_reads_only_the_end_of_a_large_log_and_no_half_line(tmp_path):
    log = tmp_path / "a.log"
    log.write_text("".join(f"line {number:09}\n" for number in range(20_000)))
    lines = tail(log, 100_000)
    assert 1000 < len(lines) < 20_000
    assert lines[0].startswith("line ")
    assert lines[-1] == "line 000019999"


def test_a_follower_gives_whole_lines_across_a_rotation(tmp_path):
    log = tmp_path / "a.log"
    log.write_text("before\n")
    follower = Follower(log)
    assert follower.lines() == []
    with log.open("a") as file:
        file.write("one\ntw")
    assert follower.lines() == ["one"]
    with log.open("a") as file:
        file.write("o\n")
    assert follower.lines() == ["two"]
    rotate(log, most_bytes=1)
    log.write_text("three\n")
    assert follower.lines() == ["three"]


def test_what_a_follower_has_still_to_give_is_not_in_the_tail(tmp_path):
    log = tmp_path / "program.log"
    log.write_text("old\n")
    follower = Follower(log)
    with log.open("a") as file:
        file.write("new\n")
    assert tail(log, 10, until=follower.offset) == ["old"]
    assert follower.lines() == ["new"]
