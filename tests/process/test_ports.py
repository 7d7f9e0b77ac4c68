import os
import socket

import pytest

from vedette.errors import InUseError
from vedette.process import ports


@pytest.fixture
def taken():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        yield sock.getsockname()[1]


def test_a_taken_port_is_told_from_a_free_one(taken):
    assert not ports.bindable("127.0.0.1", taken)
    assert ports.bindable("127.0.0.1", ports.free("127.0.0.1"))


def test_the_owner_is_named_with_its_command(taken):
    owner = ports.owner(taken)
    assert owner.pid == os.getpid()
    assert str(owner).startswith(f"process {os.getpid()} (")
    assert len(owner.command) <= 80


def test_an_owner_who_may_not_be_seen_is_called_another_user():
    assert str(ports.owner(1)) == "another user's process"


def test_an_address_of_another_machine_is_refused_in_words():
    with pytest.raises(InUseError, match=r"cannot listen on 192.0.2.1:0: ") as refused:
        ports.bindable("192.0.2.1", 0)
    assert "address of this machine" in refused.value.hint


def test_a_connection_that_is_winding_down_does_not_take_its_port():
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _ = server.accept()
            accepted.close()  # this side closes first, so its port is kept in TIME_WAIT
    assert ports.bindable("127.0.0.1", port)
