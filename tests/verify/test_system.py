import pytest

from vedette.verify.outcome import BrokenPromiseError


def test_places_in_an_address_are_filled(system, service):
    assert system.fill("{serving}/break/none") == f"{service.url}/break/none"
    assert system.fill("http://example.org/") == "http://example.org/"


def test_a_place_that_does_not_run_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="nothing called 'grafana' runs; there are prom"):
        system.fill("{grafana}/")


def test_a_system_without_a_supervisor_is_broken(system):
    with pytest.raises(BrokenPromiseError, match="no stack runs in"):
        system.programs()


def test_programs_are_told_by_name(programs, system):
    programs["serving"] = {"state": "ready", "pid": 7}
    assert system.programs() == {"serving": {"name": "serving", "state": "ready", "pid": 7}}
    assert system.program("serving")["pid"] == 7
