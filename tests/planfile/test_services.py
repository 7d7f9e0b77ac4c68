import pytest

from vedette.render import grafana, prometheus


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


def test_a_module_by_convention_adds_its_own_metrics_rules_and_page(read):
    plan = read("""
modules:
  prompt-manager: {targets: 8000, packs: modules}
  llm_provider: {targets: 8002, packs: [modules, process]}
""")
    assert plan.modules[0].packs == ("modules", "modules-prompt_manager")
    assert plan.modules[1].packs == ("modules", "process", "modules-llm_provider")
    assert {"modules", "modules-prompt_manager", "modules-llm_provider"} <= set(plan.packs)
    assert "prompt_manager_operations_total" in str(prometheus.rules(plan))
    assert "rules/modules-llm_provider.yml" in prometheus.rules(plan)
    assert "vedette-module-prompt-manager.json" in grafana.dashboards(plan)


def test_the_overview_leads_to_the_page_of_each_module(read):
    plan = read("modules: {prompt-manager: {targets: 1, packs: modules}}")
    (overview,) = plan.packs["modules"].dashboards
    assert ("Prompt manager", "vedette-module-prompt-manager") in {
        (link.title, link.uid) for link in overview.links
    }


def test_one_process_may_hold_several_modules_and_several_services_one(read):
    plan = read("""
modules:
  gateway: {targets: 1, packs: modules, prefixes: [prompt_manager, prompt-security]}
  canary: {targets: 2, packs: modules, prefixes: prompt_manager}
""")
    names = [name for name in plan.packs if name.startswith("modules-")]
    assert names == ["modules-prompt_manager", "modules-prompt_security"]


def test_what_modules_add_has_names_of_its_own(read):
    plan = read("""
modules:
  a: {targets: 1, packs: modules}
  b: {targets: 2, packs: modules}
""")
    metrics = [metric.name for pack in plan.packs.values() for metric in pack.metrics]
    pages = [page.uid for pack in plan.packs.values() for page in pack.dashboards]
    assert sorted(set(metrics)) == sorted(metrics)
    assert sorted(set(pages)) == sorted(pages)


@pytest.mark.parametrize(
    "module, said, hint, column",
    [
        ("http: {targets: 1, packs: modules}", "'http' cannot be", "prefixes:", 11),
        ("a__b: {targets: 1, packs: modules}", "'a__b' cannot be", "a_b would do", 11),
        ("a: {targets: 1, packs: modules, prefixes: [b, B]}", "'B' cannot", "b would do", 57),
        ("a: {targets: 1, prefixes: [b]}", "no pack of this module", "packs: [modules]", 27),
    ],
)
def test_metrics_by_convention_need_a_name_that_they_can_begin_with(
    refuse, module, said, hint, column
):
    (finding,) = refuse(f"modules: {{{module}}}")
    assert said in finding.message
    assert hint in finding.hint
    assert (finding.line, finding.column) == (1, column)


def test_what_a_pack_adds_cannot_be_asked_for_by_name(refuse):
    (finding,) = refuse("modules: {a: {targets: 1, packs: modules-a}}")
    assert "no pack 'modules-a'" in finding.message
