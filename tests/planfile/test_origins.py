import pytest

from vedette import planfile, settings
from vedette.planfile.origins import DEFAULT, origins


@pytest.fixture
def found(read, folder, registry):
    """Write vedette.yaml and return the origin of each value."""

    def found(content):
        read(content)
        return origins(planfile.examine(folder, registry=registry), settings.read())

    return found


def test_a_value_of_the_file_names_its_line(found):
    where = found("name: x\n\nscrape_interval: 7s\n")
    assert where["scrape_interval"] == "vedette.yaml:3"
    assert where["evaluation_interval"] == DEFAULT


def test_a_value_from_a_variable_names_it_but_not_its_text(found, monkeypatch):
    monkeypatch.setenv("PACE", "9s")
    assert found("scrape_interval: ${PACE}")["scrape_interval"] == "vedette.yaml:1, from ${PACE}"


def test_each_port_and_each_threshold_has_an_origin_of_its_own(found):
    where = found("ports:\n  prometheus: 19090\nthresholds:\n  host_cpu_ratio: 80%\n")
    assert where["ports.prometheus"] == "vedette.yaml:2"
    assert where["ports.console"] == DEFAULT
    assert where["thresholds.host_cpu_ratio"] == "vedette.yaml:4"
    assert where["thresholds.host_disk_free_ratio"] == "the pack host"


def test_each_module_names_its_line(found):
    where = found("modules:\n  a: {targets: 1}\n  b: {targets: 2}\n")
    assert (where["modules[0]"], where["modules[1]"]) == ("vedette.yaml:2", "vedette.yaml:3")


def test_what_the_environment_says_names_the_variable(found, monkeypatch, tmp_path):
    monkeypatch.setenv("VEDETTE_STATE", str(tmp_path))
    assert found("state: elsewhere")["state"] == "VEDETTE_STATE"


def test_a_key_with_nothing_below_it_is_a_default(found):
    assert found("retention:\n")["retention"] == DEFAULT


def test_who_is_told_names_receivers_and_routes(found):
    where = found("receivers: {a: [{email: a@b.c}]}\nroutes: {default: a}\n")
    assert where["routing"] == "vedette.yaml:1 and vedette.yaml:2"


@pytest.mark.usefixtures("folder")
def test_without_a_file_everything_is_a_default(registry):
    where = origins(planfile.examine(registry=registry), settings.read())
    assert where["scrape_interval"] == where["modules"] == DEFAULT
