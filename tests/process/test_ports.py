import os
import socket

import psutil
import pytest

from vedette.errors import InUseError
from vedette.process import ports


@pytest.fixture
def taken():
    """A port that this process listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        yield int(sock.getsockname()[1])


def test_a_port_that_somebody_listens_on_is_not_bindable(taken):
    assert not ports.bindable("127.0.0.1", taken)


def test_a_port_taken_on_every_address_is_taken_on_loopback_too():
    with socket.socket() as sock:
        sock.bind(("", 0))
        sock.listen()
        assert not ports.bindable("127.0.0.1", sock.getsockname()[1])


def test_a_free_port_is_bindable():
    assert ports.bindable("127.0.0.1", ports.free("127.0.0.1"))


def test_an_address_of_another_machine_is_refused_in_words():
    with pytest.raises(InUseError, match=r"cannot listen on 192\.0\.2\.1:") as caught:
        ports.bindable("192.0.2.1", 9090)
    assert "address of this machine" in caught.value.hint


def test_the_owner_of_a_port_is_named_by_process_and_command(taken):
    owner = ports.owner(taken)
    assert owner.pid == os.getpid()
    assert str(owner).startswith(f"process {os.getpid()} (")
    assert len(owner.command) <= 80


def test_an_owner_who_may_not_be_seen_is_another_user(monkeypatch, taken):
    def refuse(**_):
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "net_connections", refuse)
    assert str(ports.owner(taken)) == "another user's process"


def test_an_owner_whose_command_may_not_be_read_is_named_by_its_id(monkeypatch, taken):
    def refuse(_):
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil.Process, "cmdline", refuse)
    assert str(ports.owner(taken)) == f"process {os.getpid()}"
