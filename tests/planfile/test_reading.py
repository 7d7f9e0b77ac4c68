import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from vedette import planfile
from vedette.model.plan import Plan


def test_an_empty_file_gives_the_defaults(read, folder):
    plan = read("")
    assert plan.name == "shop"
    assert plan.state == folder / ".vedette"
    assert plan.listen == "127.0.0.1"
    assert plan.components == ("alertmanager", "console", "node_exporter", "prometheus")
    assert plan.ports["prometheus"] == 9090
    assert plan.metrics["prometheus"] == "/metrics"
    assert {"host", "stack"} <= set(plan.packs)


def test_a_file_with_only_comments_gives_the_defaults(read):
    assert read("# nothing yet\nmodules:\nthresholds:\n").modules == ()


def test_without_a_file_the_state_lies_outside_of_the_folder(folder, registry):
    plan = planfile.read(registry=registry)
    assert plan.name == "shop"
    assert folder not in plan.state.parents


def test_the_file_of_a_folder_above_is_found(read, folder, registry, monkeypatch):
    read("name: above")
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert planfile.read(registry=registry).name == "above"
    assert planfile.read(registry=registry).home == folder


def test_a_folder_with_spaces_and_umlauts_serves(tmp_path, registry):
    home = tmp_path / "my plän ü"
    home.mkdir()
    (home / "vedette.yaml").write_text("modules: {api: {targets: 8000}}", encoding="utf-8")
    plan = planfile.read(home, registry=registry)
    assert plan.name == "my plän ü"
    assert plan.modules[0].targets == ("127.0.0.1:8000",)


def test_the_environment_names_file_and_state(read, folder, registry, monkeypatch, tmp_path):
    read("name: named\nstate: elsewhere")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VEDETTE_FILE", str(folder / "vedette.yaml"))
    assert planfile.read(registry=registry).state == folder / "elsewhere"
    monkeypatch.setenv("VEDETTE_STATE", "mine")
    assert planfile.read(registry=registry).state == tmp_path / "mine"


def test_a_file_that_is_not_there_is_refused(registry, tmp_path):
    with pytest.raises(planfile.PlanFileError, match="no such file") as caught:
        planfile.read(tmp_path / "gone.yaml", registry=registry)
    assert caught.value.exit_code == 2
    assert "vedette init" in caught.value.hint


def test_a_folder_without_a_plan_is_refused(registry, tmp_path):
    with pytest.raises(planfile.PlanFileError, match=r"folder without vedette\.yaml"):
        planfile.read(tmp_path, registry=registry)


def test_a_folder_in_place_of_the_file_is_refused(registry, folder):
    (folder / "vedette.yaml").mkdir()
    with pytest.raises(planfile.PlanFileError, match="it is a folder"):
        planfile.read(registry=registry)


def test_a_file_that_may_not_be_read_is_refused(read, folder, registry, monkeypatch):
    read("")

    def forbidden(*_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", forbidden)  # root could read it all the same
    with pytest.raises(planfile.PlanFileError, match="cannot be read"):
        planfile.read(folder, registry=registry)


def test_a_misspelt_file_name_is_noticed(folder, registry):
    (folder / "vedette.yml").touch()
    with pytest.raises(planfile.PlanFileError, match=r"called vedette\.yaml, not vedette\.yml"):
        planfile.read(registry=registry)


@pytest.mark.parametrize(
    "content, said",
    [
        (bytes(range(256)), "binary"),
        ("name: x".encode("utf-16"), "binary"),
        (b"a: 1\nname: caf\xe9\n", "not UTF-8"),
        (b"a: b\n" * 200_000, "larger than 512 KiB"),
    ],
)
def test_what_is_no_text_of_ours_is_refused(refuse, content, said):
    (finding,) = refuse(content)
    assert said in finding.message
    assert finding.hint


def test_the_line_of_a_wrong_byte_is_named(refuse):
    (finding,) = refuse(b"a: 1\nname: caf\xe9\n")
    assert finding.line == 2


def test_a_byte_order_mark_and_windows_line_ends_are_read(read):
    assert read(b"\xef\xbb\xbfname: x\r\nscrape_interval: 7s\r\n").scrape_interval == "7s"


def test_everything_that_is_wrong_is_said_at_once(refuse):
    findings = refuse(
        "moduls: {}\nname: 5\nscrape_interval: 15\nmodules:\n  api:\n    target: 8000\n"
    )
    places = [(one.line, one.column, one.rule) for one in findings]
    assert places == [
        (1, 1, "plan-unknown-key"),
        (2, 7, "plan-type"),
        (3, 18, "plan-type"),
        (5, 3, "plan-missing"),
        (6, 5, "plan-unknown-key"),
    ]
    assert findings[0].hint == "did you mean modules?"
    assert all(one.hint for one in findings)


def test_the_error_prints_every_finding(read):
    with pytest.raises(planfile.PlanFileError) as caught:
        read("listn: x\nprots: {}\n")
    text = str(caught.value)
    assert "2 findings" in text
    assert "vedette.yaml:1:1" in text
    assert "vedette.yaml:2:1" in text


def test_warnings_do_not_stop_a_plan(read, folder, registry):
    read("login: {username: a, password_file: gone}")
    reading = planfile.examine(folder, registry=registry)
    assert reading.plan is not None
    assert [one.level for one in reading.findings] == ["warning"]


def _hold_to_the_contract(read, content):
    try:
        result = read(content)
    except planfile.PlanFileError as error:
        result = error
    if isinstance(result, planfile.PlanFileError):
        assert result.findings
        assert all(one.message and one.hint and one.rule for one in result.findings)
    else:
        assert isinstance(result, Plan)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_give_a_plan_or_a_plan_file_error(read, content):
    _hold_to_the_contract(read, content)


_KEYS = st.sampled_from(
    ["name", "modules", "api", "targets", "packs", "ports", "prometheus", "receivers", "email",
     "thresholds", "host_cpu_ratio", "retention", "time", "login", "routes", "run", "<<", ""]
)  # fmt: skip
_SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["${HOME}", "${", "$$", "5%", "1h", "127.0.0.1:1", "serving", "::"]),
)  # fmt: skip
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(_KEYS, _TREES, max_size=5))
def test_any_yaml_gives_a_plan_or_a_plan_file_error(read, folder, tree):
    file = folder / "tree.yaml"
    YAML(typ="safe").dump(tree, file)
    _hold_to_the_contract(read, file.read_bytes())


def test_the_example_is_read_without_a_finding(repository, registry):
    reading = planfile.examine(repository / "examples" / "serving", registry=registry)
    assert reading.findings == ()
    assert reading.plan is not None
    assert reading.plan.thresholds["model_confidence_minimum"] == 0.2
    assert reading.plan.load_test is not None
    assert reading.plan.load_test.locustfile.is_file()


def test_a_plan_file_path_may_start_with_a_tilde(read, folder, registry, monkeypatch):
    read("name: home")
    monkeypatch.setenv("HOME", str(folder))
    assert planfile.read(Path("~/vedette.yaml"), registry=registry).name == "home"
