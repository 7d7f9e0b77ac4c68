import json
import subprocess
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from vedette.export._write import write
from vedette.export.compose import TARGET
from vedette.model.plan import Login
from vedette.model.secret import Secret
from vedette.model.version import has

SCHEMA = Path(__file__).parents[2] / "data" / "compose-schema" / "compose-spec.json"


@pytest.fixture(scope="module")
def files(components, plan):
    return TARGET.render(components, plan)


@pytest.fixture(scope="module")
def compose(files):
    return YAML(typ="safe").load(files["compose.yaml"])


@pytest.fixture(scope="module")
def services(compose):
    return compose["services"]


def test_the_files_that_only_this_target_writes_are_the_golden_ones(files, compare):
    for name in ("compose.yaml", "README.md", ".env.example", "prometheus/prometheus.yml"):
        compare(name, files[name])


def test_the_published_schema_of_compose_accepts_it(compose):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(compose)


def test_the_schema_would_refuse_a_misspelt_key(compose):
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    broken = {**compose, "services": {"a": {"image": "i", "restartt": "always"}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


@pytest.mark.stack
def test_promtool_and_amtool_accept_the_configuration_inside(files, judges, tmp_path):
    if not has("prometheus", "fallback_scrape_protocol", judges["promtool"].version):
        pytest.skip("only a Prometheus that is older than the image is in reach")
    write(files, tmp_path / "out")
    config = tmp_path / "out" / "prometheus" / "prometheus.yml"
    routes = tmp_path / "out" / "alertmanager" / "alertmanager.yml"
    for program, arguments in (
        ("promtool", ["check", "config", config]),
        ("amtool", ["check-config", routes]),
    ):
        done = subprocess.run(
            [judges[program].path, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_service_is_in_the_profile_and_comes_back_after_a_failure(services):
    for service in services.values():
        assert service["profiles"] == ["monitoring"]
        assert service["restart"] == "unless-stopped"


def test_every_image_is_pinned(services):
    for service in services.values():
        _, _, tag = service["image"].rpartition(":")
        assert any(letter.isdigit() for letter in tag)


def test_every_port_is_open_on_this_machine_only(services):
    assert services["prometheus"]["ports"] == ["127.0.0.1:19090:9090"]
    for service in services.values():
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_every_service_that_can_tell_is_asked_whether_it_is_well(services, components):
    for name, service in services.items():
        assert components[name].ready in service["healthcheck"]["test"][-1]


def test_what_must_outlive_a_container_is_in_a_named_volume(compose, services):
    assert set(compose["volumes"]) == {"alertmanager-data", "grafana-data", "prometheus-data"}
    assert "prometheus-data:/prometheus" in services["prometheus"]["volumes"]
    assert "--storage.tsdb.path=/prometheus" in services["prometheus"]["command"]


def test_grafana_demands_a_password_and_there_is_no_default_one(files, services):
    grafana = services["grafana"]["environment"]
    assert grafana["GF_SECURITY_ADMIN_PASSWORD"].startswith("${GRAFANA_PASSWORD:?")
    assert grafana["GF_AUTH_ANONYMOUS_ENABLED"] == "false"
    assert files[".env.example"].endswith("GRAFANA_PASSWORD=\n")


def test_grafana_gets_the_datasource_by_its_name_and_every_dashboard(files, plan):
    assert "http://prometheus:9090" in files["grafana/provisioning/datasources/vedette.yml"]
    packs = [pack for name, pack in plan.packs.items() if name not in {"load", "jobs"}]
    pages = [page.uid for pack in packs for page in pack.dashboards]
    assert all(f"grafana/dashboards/{uid}.json" in files for uid in pages)


def test_programs_find_each_other_by_name_and_services_on_the_machine(files, services):
    config = files["prometheus/prometheus.yml"]
    for address in ("alertmanager:9093", "node_exporter:9100", "host.docker.internal:8000"):
        assert f'"{address}"' in config
    assert "far.example:8000" in config
    assert "127.0.0.1" not in config
    assert services["prometheus"]["extra_hosts"] == ["host.docker.internal:host-gateway"]
    assert "extra_hosts" not in services["node_exporter"]


def test_receivers_on_the_machine_are_reached_as_well(files):
    routes = files["alertmanager/alertmanager.yml"]
    assert "http://host.docker.internal:8080/alerts" in routes
    assert "host.docker.internal:25" in routes


def test_a_file_with_a_secret_is_mounted_where_it_is_needed_and_nowhere_else(
    compose, services, files
):
    assert compose["secrets"] == {"secret-1": {"file": "/home/me/mail-password"}}
    assert services["alertmanager"]["secrets"] == ["secret-1"]
    assert "secrets" not in services["prometheus"]
    assert "auth_password_file: /run/secrets/secret-1" in files["alertmanager/alertmanager.yml"]


def test_what_is_part_of_vedette_and_what_is_no_watch_are_left_out_with_a_word(files, services):
    assert not {"console", "locust"} & set(services)
    assert not {"prometheus/rules/load.yml", "prometheus/rules/jobs.yml"} & set(files)
    readme = files["README.md"]
    assert "Grafana takes the place of the console" in readme
    assert "only a console takes what jobs hand over" in readme
    assert "The load test is left out" in readme
    assert "Start these yourself, they are not part of it: serving." in readme


def test_runbooks_are_there_to_read_for_there_is_no_console(files):
    assert files["runbooks/HighErrorRate.md"].startswith("## What it means")
    assert "runbook_url" not in files["prometheus/rules/serving.yml"]


def test_a_login_is_left_out_and_said_so(components, plan):
    login = Login(username="admin", password=Secret(text="top-secret"))
    files = TARGET.render(components, replace(plan, login=login))
    assert not [name for name, text in files.items() if "top-secret" in text]
    assert "The login of the plan is left out" in files["README.md"]


def test_a_dollar_sign_is_no_variable_of_compose(components, plan):
    files = TARGET.render(components, replace(plan, retention=replace(plan.retention, time="$1d")))
    command = YAML(typ="safe").load(files["compose.yaml"])["services"]["prometheus"]["command"]
    assert "--storage.tsdb.retention.time=$$1d" in command


def test_programs_start_after_those_that_they_need(services):
    assert services["prometheus"]["depends_on"] == {
        "alertmanager": {"condition": "service_healthy"}
    }


def test_an_optional_program_comes_along_when_the_plan_has_it(components, plan):
    wanted = replace(plan, components=(*plan.components, "mlflow", "cadvisor"))
    files = TARGET.render(components, wanted)
    services = YAML(typ="safe").load(files["compose.yaml"])["services"]
    assert services["mlflow"]["healthcheck"]["test"][:2] == ["CMD", "python"]
    assert "/:/rootfs:ro" in services["cadvisor"]["volumes"]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(YAML(typ="safe").load(files["compose.yaml"]), schema)


@pytest.mark.parametrize(
    "name,project",
    [("My Model's Stack", "my-model-s-stack"), ("übung", "bung"), ("***", "vedette")],
)
def test_a_project_has_a_name_that_compose_takes(components, plan, name, project):
    files = TARGET.render(components, replace(plan, name=name))
    assert YAML(typ="safe").load(files["compose.yaml"])["name"] == project
