import socket

import pytest

from vedette.supervisor import server


@pytest.fixture
def left_behind(tmp_path):
    """The socket of a supervisor that was killed, in a folder as ours are called."""
    folder = tmp_path / "vedette-x"
    folder.mkdir()
    address = folder / "control"
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(address))
    return address


def test_the_socket_of_a_killed_supervisor_is_removed_with_its_folder(left_behind):
    server.clear(str(left_behind))
    assert not left_behind.parent.exists()


def test_what_else_lies_in_that_folder_is_kept(left_behind):
    other = left_behind.with_name("other")
    other.write_text("mine", encoding="utf-8")
    server.clear(str(left_behind))
    assert list(left_behind.parent.iterdir()) == [other]


@pytest.mark.parametrize("name", ["precious", "vedette-y"])
def test_a_record_that_names_anything_but_a_socket_of_ours_removes_nothing(tmp_path, name):
    file = tmp_path / name / "control"
    file.parent.mkdir()
    file.write_text("mine", encoding="utf-8")
    server.clear(str(file))
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_run_without_a_record_has_nothing_to_clear():
    server.clear("")
