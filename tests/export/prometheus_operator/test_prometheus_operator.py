import copy
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from vedette.errors import UsageError
from vedette.export._write import write
from vedette.export.prometheus_operator import TARGET
from vedette.render._yaml import dump

SCHEMAS = Path(__file__).parents[2] / "data" / "prometheus-operator-schema"
GIVEN = {choice.key: () if choice.many else choice.default for choice in TARGET.choices}


def rendered(plan, **given):
    return TARGET.render({}, plan, **{**GIVEN, **given})


def documents(files):
    """The manifests by their file's name."""
    return {
        name: YAML(typ="safe").load(text)
        for name, text in files.items()
        if name.endswith(".yaml") and name != "kustomization.yaml"
    }


def strict(schema):
    """Refuse keys that a schema does not know, as a cluster does when it is asked to."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if closed.get("type") == "object" and closed.get("properties"):
        closed.setdefault("additionalProperties", False)
    return closed


def validate(document):
    text = (SCHEMAS / f"{document['kind']}.json").read_text(encoding="utf-8")
    # Not checked itself: one of its patterns is written for Go.
    jsonschema.Draft202012Validator(strict(json.loads(text))).validate(document)


def test_the_manifests_of_services(small, compare):
    for name, text in rendered(
        small, namespace="monitoring", label=("release=prom",), runbooks="https://docs.example"
    ).items():
        compare(name, text)


def test_the_monitors_of_pods_elsewhere(small, compare):
    files = rendered(small, monitor="pod", watch_namespace=("shops", "far"), port="http")
    compare("pods/tea-shop-monitor.yaml", files["tea-shop-monitor.yaml"])
    validate(documents(files)["tea-shop-monitor.yaml"])


def test_the_published_schemas_accept_the_manifests_of_every_pack_and_module(plan):
    for monitor in ("service", "pod"):
        manifests = documents(rendered(plan, monitor=monitor, label=("team=a",), namespace="x"))
        kinds = {document["kind"] for document in manifests.values()}
        assert kinds == {"PrometheusRule", f"{monitor.title()}Monitor"}
        for document in manifests.values():
            validate(document)


def test_the_schemas_would_refuse_a_misspelt_key_and_a_wrong_duration(small):
    rule = documents(rendered(small))["kettle-heat-rules.yaml"]
    for spoilt in ({"forr": "1m"}, {"for": "soon"}, {"labels": {"severity": 1}}):
        wrong = copy.deepcopy(rule)
        wrong["spec"]["groups"][0]["rules"][1] |= spoilt
        with pytest.raises(jsonschema.ValidationError):
            validate(wrong)


@pytest.mark.stack
def test_promtool_accepts_the_rules_inside(plan, judges, tmp_path):
    files = {
        name: dump(document["spec"], comment="From a manifest.")
        for name, document in documents(rendered(plan)).items()
        if document["kind"] == "PrometheusRule"
    }
    write(files, tmp_path / "out")
    done = subprocess.run(
        [judges["promtool"].path, "check", "rules", *(tmp_path / "out").iterdir()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_names_are_unique_and_such_as_kubernetes_takes(plan):
    seen = [(d["kind"], d["metadata"]["name"]) for d in documents(rendered(plan)).values()]
    assert len(set(seen)) == len(seen)
    assert all(name.replace("-", "").isalnum() and name == name.lower() for _, name in seen)


def test_kustomize_is_told_of_every_manifest(plan):
    files = rendered(plan)
    told = YAML(typ="safe").load(files["kustomization.yaml"])["resources"]
    assert told == sorted(documents(files))


def test_a_module_that_no_plan_has_gets_a_monitor_and_one_of_the_plan_keeps_its_own(small):
    manifests = documents(rendered(small, module=("new", "far")))
    [new] = manifests["new-monitor.yaml"]["spec"]["endpoints"]
    assert new["path"] == "/metrics"
    [far] = manifests["far-monitor.yaml"]["spec"]["endpoints"]
    assert (far["path"], far["interval"]) == ("/in/metrics", "30s")


def test_where_there_is_no_module_the_readme_says_how_to_get_a_monitor(small):
    files = rendered(replace(small, modules=()))
    assert [d["kind"] for d in documents(files).values()] == ["PrometheusRule"]
    assert "`--module NAME`" in files["README.md"]


@pytest.mark.parametrize("name", ["Bad Name", "Upper", "-a", "a" * 64])
def test_what_is_no_namespace_is_refused_before_a_cluster_does(small, name):
    with pytest.raises(UsageError, match="not the name of a namespace"):
        rendered(small, namespace=name)
    with pytest.raises(UsageError, match="not the name of a namespace"):
        rendered(small, watch_namespace=("fine", name))


@pytest.mark.parametrize("label", ["release", "a b=c", "=x", "a=b c", "a=" + "x" * 64, "A/b=c"])
def test_what_is_no_label_is_refused_before_a_cluster_does(small, label):
    with pytest.raises(UsageError, match="not a label of Kubernetes") as caught:
        rendered(small, label=(label,))
    assert "key=value" in caught.value.hint


@pytest.mark.parametrize("label", ["release=prom", "app.kubernetes.io/part-of=shop", "empty="])
def test_labels_of_kubernetes_are_taken(small, label):
    key, _, value = label.partition("=")
    rule = documents(rendered(small, label=(label,)))["kettle-heat-rules.yaml"]
    assert rule["metadata"]["labels"][key] == value
