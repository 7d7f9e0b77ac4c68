import pytest


def test_programs_are_added_and_left_out(read):
    plan = read("components: [grafana]\nwithout: node_exporter\nports: {grafana: 3001}")
    assert plan.components == ("alertmanager", "console", "grafana", "prometheus")
    assert plan.ports["grafana"] == 3001
    assert "host" not in plan.packs


def test_a_load_test_runs_locust(read, folder):
    (folder / "l.py").touch()
    plan = read("load_test: {locustfile: l.py, host: 'http://127.0.0.1:8000', users: 2}")
    assert "locust" in plan.components
    assert plan.load_test is not None
    assert plan.load_test.locustfile == folder / "l.py"


@pytest.mark.parametrize(
    "text, rule, said",
    [
        ("components: grafanna", "plan-reference", "did you mean grafana?"),
        ("ports: {promethues: 1}", "plan-reference", "did you mean prometheus?"),
        ("components: grafana\nwithout: grafana", "plan-reference", "keep one of them"),
        ("components: locust", "plan-reference", "load_test"),
        ("ports: {prometheus: 9093}", "plan-port", "another port"),
        ("ports: {prometheus: 0}", "plan-range", "prometheus: 19090"),
        ("ports: {prometheus: 65536}", "plan-range", ""),
        ("modules: {api: {targets: 9090}}", "plan-port", "move the service"),
        ("modules: {a: {targets: 1}, b: {targets: 'localhost:1'}}", "plan-port", "count twice"),
        ("modules: {a: {targets: [1, 1]}}", "plan-port", "count twice"),
        ("listen: 0.0.0.0", "plan-login", "add login"),
        ("listen: example.org", "plan-type", "127.0.0.1"),
    ],
)
def test_a_layout_that_cannot_work_is_refused(refuse, text, rule, said):
    (finding,) = refuse(text)
    assert finding.rule == rule
    assert said in finding.hint


def test_two_paths_of_one_address_are_two_targets(read):
    plan = read("modules: {a: {targets: 1}, b: {targets: 1, path: /other}}")
    assert len(plan.modules) == 2


def test_listening_everywhere_needs_a_login(read):
    plan = read("listen: 0.0.0.0\nlogin: {username: admin, password: secret}")
    assert plan.listen.startswith("0.0.")
    assert plan.login is not None
    assert plan.url("prometheus") == "http://127.0.0.1:9090"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_listening_on_this_machine_needs_no_login(read, address):
    assert read(f"listen: '{address}'").listen == address
