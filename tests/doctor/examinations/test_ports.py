import os
import socket

import pytest

from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations.ports import EXAMINATION
from vedette.doctor.patient import Running
from vedette.model.module import Run


def look(patient):
    return list(EXAMINATION.examine(patient))


@pytest.fixture
def taken():
    """A port that this very process listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_named_with_its_owner(patient, taken):
    plan = {"ports": {"prometheus": taken}}
    (finding,) = look(patient(components=("prometheus",), plan=plan))
    assert finding.rule == "port-taken"
    assert str(taken) in finding.message
    assert str(os.getpid()) in finding.message
    assert "--port auto" in finding.hint


def test_a_port_that_a_service_needs_is_looked_at_too(patient, taken, tmp_path):
    run = Run(command=("x",), folder=tmp_path)
    (finding,) = look(patient(f"127.0.0.1:{taken}", module={"run": run}))
    assert finding.rule == "port-taken"
    assert "targets:" in finding.hint


def test_a_free_port_is_fine(patient, closed):
    plan = {"ports": {"prometheus": int(closed.rpartition(":")[2])}}
    (fine,) = look(patient(components=("prometheus",), plan=plan))
    assert isinstance(fine, Fine)


def test_the_ports_of_programs_that_run_are_their_own(patient, taken):
    row = Running(state="ready", title="Prometheus")
    plan = {"ports": {"prometheus": taken}}
    assert look(patient(components=("prometheus",), plan=plan, running={"prometheus": row})) == []


def test_an_address_of_another_machine_is_refused(patient):
    plan = {"listen": "192.0.2.1"}
    (finding,) = look(patient(components=("prometheus",), plan=plan))
    assert finding.rule == "port-refused"
