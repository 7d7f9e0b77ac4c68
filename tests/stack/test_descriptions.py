"""The components: what each description promises."""

from dataclasses import replace
from pathlib import Path

import pytest

from vedette import stack
from vedette.discover import discover
from vedette.errors import UsageError
from vedette.model.component import Component, Launch
from vedette.model.plan import LoadTest, Login, Plan, Retention
from vedette.model.program import Installed
from vedette.model.secret import Secret
from vedette.model.version import Version
from vedette.supervisor.get.pins import address, member
from vedette.supervisor.get.platforms import PLATFORMS

COMPONENTS = discover(stack, "COMPONENT", Component)
OURS = {name: each for name, each in COMPONENTS.items() if each.programs}
EVERYWHERE = "0.0.0.0"  # noqa: S104 - looked for, not bound
LOGIN = Login(username="admin", password=Secret(text="geheim"))


def _plan(**given: object) -> Plan:
    rest: dict[str, object] = {
        "name": "test",
        "home": Path("/home"),
        "state": Path("/state"),
        "ports": {name: each.port for name, each in COMPONENTS.items()},
        "components": tuple(COMPONENTS),
        "packs": {},
        "thresholds": {},
        "load_test": LoadTest(locustfile=Path("/l.py"), host="http://h"),
    }
    return Plan(**{**rest, **given})  # type: ignore[arg-type]


def _launch(component: str, plan: Plan, version: str = "", root: Path | None = None) -> Launch:
    found = Version.find(version)
    names = [program.name for program in COMPONENTS[component].programs]
    programs = {
        name: Installed(
            name=name, path=Path("/x/bin") / name, version=found, source="path", root=root
        )
        for name in names
        if found
    }
    config, data = Path("/state/config") / component, Path("/state/data") / component
    return Launch(plan=plan, config=config, data=data, listen="127.0.0.1:9", programs=programs)


def _arguments(component: str, plan: Plan | None = None, **given: object) -> tuple[str, ...]:
    launch = _launch(component, plan or _plan(), **given)  # type: ignore[arg-type]
    return COMPONENTS[component].arguments(launch)


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_component_listens_where_it_is_told_and_nowhere_else(name):
    launch = _launch(name, _plan(), "9.9.9")
    component = COMPONENTS[name]
    words = " ".join(component.arguments(launch)) + " ".join(component.environment(launch).values())
    assert "127.0.0.1" in words
    assert EVERYWHERE not in words


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_path_is_absolute_because_a_program_may_start_elsewhere(name):
    for word in _arguments(name, version="9.9.9"):
        value = word.partition("=")[2]
        assert "/" not in value or value.startswith(("/", "http://", "sqlite:////"))


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_release_has_an_address_per_platform_and_sums_of_full_length(name):
    for program in COMPONENTS[name].programs:
        if program.release:
            addresses = {address(program.release, platform) for platform in PLATFORMS}
            assert len(addresses) == len(PLATFORMS)
            assert all(program.release.version in each for each in addresses)
            assert "{" not in member(program.release, PLATFORMS[0]) + "".join(addresses)
            assert set(program.release.sums) <= set(PLATFORMS)
            assert all(len(value) == 64 for value in program.release.sums.values())
            assert len(set(program.release.sums.values())) == len(program.release.sums)


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_check_is_run_by_a_program_that_is_got_with_it(name):
    component = COMPONENTS[name]
    names = {program.name for program in component.programs}
    for plan in (_plan(), _plan(login=LOGIN)):
        assert {words[0] for words in component.checks(_launch(name, plan, "9.9.9"))} <= names


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_patch_keeps_the_length(name):
    for program in COMPONENTS[name].programs:
        if program.debian and program.debian.patch:
            assert len(program.debian.patch.old) == len(program.debian.patch.new)


def test_prometheus_keeps_what_the_plan_says():
    plan = _plan(retention=Retention(time="30d", size="10GB"))
    arguments = _arguments("prometheus", plan)
    assert "--storage.tsdb.retention.time=30d" in arguments
    assert "--storage.tsdb.retention.size=10GB" in arguments
    assert not any("retention.size" in word for word in _arguments("prometheus"))


@pytest.mark.parametrize("version, asked", [("2.42.0", True), ("2.53.3", True), ("3.5.3", False)])
def test_prometheus_2_is_told_to_lock_its_data_and_3_does_so_by_itself(version, asked):
    arguments = _arguments("prometheus", version=version)
    assert ("--storage.tsdb.use-lockfile" in arguments) is asked


def test_debians_node_exporter_leaves_out_what_it_would_complain_about_at_every_scrape():
    launch = _launch("node_exporter", _plan(), "1.9.0")
    assert not any("collector" in word for word in COMPONENTS["node_exporter"].arguments(launch))
    found = replace(launch.programs["node_exporter"], path=Path("/x/bin/prometheus-node-exporter"))
    debian = replace(launch, programs={"node_exporter": found})
    arguments = COMPONENTS["node_exporter"].arguments(debian)
    assert "--no-collector.systemd" in arguments
    assert f"--collector.textfile.directory={launch.data}" in arguments


def test_alertmanager_opens_no_cluster_port_and_writes_down_what_it_knows():
    arguments = _arguments("alertmanager")
    assert "--cluster.listen-address=" in arguments
    assert "--data.maintenance-interval=5s" in arguments


def test_alertmanager_from_an_unpacked_package_is_told_where_its_pages_are():
    root = Path("/cache/am")
    arguments = _arguments("alertmanager", version="0.33.1", root=root)
    assert f"--web.ui-path={root}/usr/share/prometheus/alertmanager/no-ui" in arguments
    assert not any("ui-path" in word for word in _arguments("alertmanager", version="0.33.1"))


@pytest.mark.parametrize(
    "name", ["prometheus", "alertmanager", "node_exporter", "blackbox_exporter"]
)
def test_a_login_guards_every_program_that_can_be_guarded(name):
    plan = _plan(login=LOGIN)
    assert f"--web.config.file=/state/config/{name}/web.yml" in _arguments(name, plan)
    text = COMPONENTS[name].files(plan)["web.yml"]
    assert "admin" in text
    assert "geheim" not in text


@pytest.mark.parametrize("name", ["mlflow", "locust", "cadvisor"])
def test_with_a_login_what_has_none_of_its_own_stays_on_this_machine(name):
    launch = _launch(name, _plan(login=LOGIN), "9.9.9")
    outside = Launch(
        plan=launch.plan,
        config=launch.config,
        data=launch.data,
        listen=f"{EVERYWHERE}:9",
        programs=launch.programs,
    )
    assert EVERYWHERE not in " ".join(COMPONENTS[name].arguments(outside))


def test_mlflow_runs_without_its_job_runner_in_one_process():
    launch = _launch("mlflow", _plan(), "3.17.2")
    environment = COMPONENTS["mlflow"].environment(launch)
    assert environment["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] == "false"
    assert environment["_MLFLOW_SERVER_FILE_STORE"] == "sqlite:////state/data/mlflow/mlflow.db"
    assert COMPONENTS["mlflow"].arguments(launch)[:2] == ("-m", "uvicorn")


def test_locust_starts_at_once_unless_its_page_is_wanted():
    assert "--headless" in _arguments("locust")
    test = LoadTest(locustfile=Path("/l.py"), host="http://h", users=7, interface=True)
    arguments = _arguments("locust", _plan(load_test=test))
    assert "--headless" not in arguments
    assert arguments[arguments.index("--users") + 1] == "7"


def test_locust_without_a_load_test_is_refused():
    with pytest.raises(UsageError, match="load test"):
        _arguments("locust", _plan(load_test=None))


def test_grafana_without_a_login_has_no_account_at_all():
    environment = COMPONENTS["grafana"].environment(_launch("grafana", _plan(), "13.2.3"))
    assert environment["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"] == "true"
    assert environment["GF_AUTH_ANONYMOUS_ORG_ROLE"] == "Viewer"
    assert environment["GF_AUTH_DISABLE_LOGIN_FORM"] == "true"
    assert "GF_SECURITY_ADMIN_PASSWORD" not in environment


def test_grafana_with_a_login_lets_nobody_else_in(tmp_path):
    (tmp_path / "password").write_text("geheim\n")
    login = Login(
        username="admin",
        password=Secret(file=tmp_path / "password"),
        tls_certificate=Path("/c.pem"),
        tls_key=Path("/k.pem"),
    )
    environment = COMPONENTS["grafana"].environment(_launch("grafana", _plan(login=login)))
    assert environment["GF_AUTH_ANONYMOUS_ENABLED"] == "false"
    assert "geheim" in environment["GF_SECURITY_ADMIN_PASSWORD"].splitlines()
    assert environment["GF_SERVER_PROTOCOL"] == "https"


@pytest.mark.parametrize(
    "binary, home",
    [
        ("/cache/grafana-1/bin/grafana", "/cache/grafana-1"),
        ("/usr/sbin/grafana", "/usr/share/grafana"),
    ],
)
def test_grafana_finds_its_pages(binary, home):
    launch = _launch("grafana", _plan())
    found = Installed(name="grafana", path=Path(binary), version=Version(13, 2), source="path")
    launch = Launch(
        plan=launch.plan,
        config=launch.config,
        data=launch.data,
        listen=launch.listen,
        programs={"grafana": found},
    )
    assert COMPONENTS["grafana"].arguments(launch) == ("server", f"--homepath={home}")
