import os

import pytest

from vedette.supervisor import logs


@pytest.fixture
def log(tmp_path):
    """The name of a log that does not exist yet."""
    return tmp_path / "prometheus.log"


def append(log, text):
    with log.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_large_log_is_moved_aside_and_its_writer_goes_on(log):
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, b"old\n" * 10)
    assert logs.rotate(log, most_bytes=10)
    os.write(descriptor, b"new\n")
    os.close(descriptor)
    assert log.read_bytes() == b"new\n"
    assert logs.numbered(log, 1).read_bytes() == b"old\n" * 10


def test_a_small_or_missing_log_is_left_alone(log):
    assert not logs.rotate(log, most_bytes=10)
    append(log, "short\n")
    assert not logs.rotate(log, most_bytes=10)


def test_only_so_many_older_logs_are_kept(log):
    for number in range(6):
        append(log, f"{number}" * 20)
        logs.rotate(log, most_bytes=10, kept=3)
    kept = {path.name: path.read_text(encoding="utf-8")[:1] for path in log.parent.iterdir()}
    assert kept == {log.name: "", f"{log.name}.1": "5", f"{log.name}.2": "4", f"{log.name}.3": "3"}


def test_the_tail_is_the_last_lines(log):
    append(log, "".join(f"line {n}\n" for n in range(100)))
    assert logs.tail(log, 2) == ["line 98", "line 99"]
    assert logs.tail(log, 0) == []
    assert logs.tail(log.with_name("none.log"), 5) == []


def test_the_tail_can_be_filtered_and_starts_where_it_is_told(log):
    append(log, "error one\nfine\n")
    since = logs.size(log)
    append(log, "error two\nfine\n")
    assert logs.tail(log, 5, pattern="^err") == ["error one", "error two"]
    assert logs.tail(log, 5, since=since) == ["error two", "fine"]


def test_the_tail_of_a_huge_log_has_only_whole_lines(log):
    append(log, "".join(f"{n:09d}\n" for n in range(50_000)))
    lines = logs.tail(log, 100_000)
    assert lines[-1] == "000049999"
    assert {len(line) for line in lines} == {9}


def test_the_tail_survives_bytes_that_are_no_text(log):
    log.write_bytes(b"\xff\xfe broken\nfine\n")
    assert logs.tail(log, 2)[1] == "fine"


def test_a_follower_gives_whole_lines_as_they_come(log):
    append(log, "before\n")
    follower = logs.Follower(log)
    append(log, "one\ntw")
    assert follower.lines() == ["one"]
    append(log, "o\n")
    assert follower.lines() == ["two"]
    assert follower.lines() == []


def test_a_follower_goes_on_after_a_rotation(log):
    append(log, "x" * 100 + "\n")
    follower = logs.Follower(log)
    logs.rotate(log, most_bytes=10)
    append(log, "fresh\n")
    assert follower.lines() == ["fresh"]
