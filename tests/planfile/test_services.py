import pytest


def test_every_key_of_a_module_is_read(read, folder):
    plan = read("""
modules:
  api:
    targets: [a.example:80, "[::1]:81", 82]
    packs: serving
    owner: ann
    labels: {tier: gold}
    path: /m
    scheme: https
    scrape_interval: 30s
    run: {command: "{python} -m app 'a b'", environment: {X: "1"}, ready: /ready}
""")
    (module,) = plan.modules
    assert module.targets == ("a.example:80", "[::1]:81", "127.0.0.1:82")
    assert module.packs == ("serving",)
    assert (module.owner, module.path, module.scheme) == ("ann", "/m", "https")
    assert module.labels == {"tier": "gold"}
    assert module.scrape_interval == "30s"
    assert module.run is not None
    assert module.run.command == ("{python}", "-m", "app", "a b")
    assert module.run.folder == folder
    assert module.run.ready == "/ready"
    assert "serving" in plan.packs


@pytest.mark.parametrize(
    "keys, said, hint",
    [
        ("{targets: []}", "not empty", "host:port"),
        ("{targets: 'http://a:8000/m'}", "not host:port", "a:8000 and path: /m"),
        ("{targets: 'https://a'}", "not host:port", "a:443 and scheme: https"),
        ("{targets: a}", "has no port", "a:8000"),
        ("{targets: 'a b:1'}", "is not host:port", "api.internal:8000"),
        ("{targets: 'a:70000'}", "out of range", "65535"),
        ("{targets: true}", "True", "host:port"),
        ("{targets: 1, packs: servign}", "no pack 'servign'", "did you mean serving?"),
        ("{targets: 1, path: m}", "not a path", "/m"),
        ("{targets: 1, scheme: ftp}", "'ftp'", "http"),
        ("{targets: 1, scrape_interval: 15}", "has no unit", "15s"),
        ("{targets: 1, scrape_interval: 0}", "no time", "1s"),
        ("{targets: 1, labels: {job: x}}", "set by the stack", "another name"),
        ("{targets: 1, labels: {owner: x}}", "set by the stack", "key owner"),
        ("{targets: 1, labels: {a-b: x}}", "not a label name", "letters"),
        ("{targets: 1, labels: {a: 1}}", "not text", "series"),
        ('{targets: 1, run: {command: "a \'b"}}', "not a command", "list"),
        ("{targets: 1, run: {command: a, folder: gone}}", "not there", "relative"),
        ("{targets: 1, run: {}}", "no command", "interpreter"),
    ],
)
def test_a_wrong_module_is_refused_with_a_remedy(refuse, keys, said, hint):
    finding = refuse(f"modules: {{api: {keys}}}")[0]
    assert said in finding.message
    assert hint in finding.hint


@pytest.mark.parametrize("name", ["Api", "a b", "1a", "prometheus", "-x"])
def test_a_module_name_must_serve_as_a_job(refuse, name):
    (finding,) = refuse(f"modules: {{'{name}': {{targets: 1}}}}")
    assert finding.rule == "plan-name"
    assert (finding.line, finding.column) == (1, 11)
