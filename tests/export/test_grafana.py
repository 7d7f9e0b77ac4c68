import json
from dataclasses import replace

from ruamel.yaml import YAML

from vedette.dashboards.load import load
from vedette.export.grafana import TARGET

GIVEN = {"folder_in_grafana": "/dashboards", "prometheus": ""}


def test_the_dashboards_and_what_provisions_them(small, compare):
    files = TARGET.render({}, small, **GIVEN)
    assert sorted(files) == [
        "README.md",
        "dashboards/vedette-kettles.json",
        "provisioning/dashboards/vedette.yml",
        "provisioning/datasources/vedette.yml",
    ]
    for name, text in files.items():
        compare(name, text)


def test_the_one_reader_of_dashboards_reads_every_page_back(plan):
    files = TARGET.render({}, plan, **GIVEN)
    pages = [page for pack in plan.packs.values() for page in pack.dashboards]
    for page in pages:
        name = f"dashboards/{page.uid}.json"
        read = load(files[name], name)
        assert (read.uid, read.title) == (page.uid, page.title)
        drawn = [panel.title for section in read.sections for panel in section.panels]
        assert drawn == [panel.title for row in page.rows for panel in row.panels]
    assert len([name for name in files if name.startswith("dashboards/")]) == len(pages)


def test_grafana_asks_the_prometheus_that_is_named_or_that_of_the_plan(small):
    def address(plan, **given):
        files = TARGET.render({}, plan, **{**GIVEN, **given})
        [source] = YAML(typ="safe").load(files["provisioning/datasources/vedette.yml"])[
            "datasources"
        ]
        assert "isDefault" not in source
        return source["url"]

    assert address(small, prometheus="https://prom.example") == "https://prom.example"
    assert address(small) == "http://127.0.0.1:19090"
    assert address(replace(small, ports={})) == "http://localhost:9090"


def test_a_dashboard_finds_the_data_source_that_is_provisioned(small):
    files = TARGET.render({}, small, **GIVEN)
    page = json.loads(files["dashboards/vedette-kettles.json"])
    [source] = YAML(typ="safe").load(files["provisioning/datasources/vedette.yml"])["datasources"]
    assert page["templating"]["list"][0]["current"]["value"] == source["uid"]
