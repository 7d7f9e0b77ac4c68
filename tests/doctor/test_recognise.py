from pathlib import Path

import pytest

from vedette import packs
from vedette.discover import discover
from vedette.doctor.coverage import cover
from vedette.doctor.recognise import recognise
from vedette.exposition.read import read
from vedette.model.pack import Pack

DATA = Path(__file__).parent.parent / "data" / "expositions"
PACKS = discover(packs, "PACK", Pack)


def told(body, module="shop"):
    return recognise(read(body), module, PACKS)


@pytest.mark.parametrize(
    "file, title, followed",
    [
        ("fastapi_instrumentator", "FastAPI with prometheus-fastapi-instrumentator", ("http",)),
        ("starlette_exporter", "FastAPI or Starlette with starlette-exporter", ()),
        ("prometheus_client", "a Python process with prometheus_client", ()),
        ("node_exporter", "node exporter 1.11.1", ("host",)),
        ("prometheus", "Prometheus 3.5.3+ds1", ()),
        ("vllm", "vLLM", ("vllm",)),
        ("sglang", "SGLang", ("sglang",)),
        ("triton", "Triton Inference Server", ("triton",)),
        ("litellm", "LiteLLM", ("litellm",)),
        ("ray", "Ray", ("ray",)),
    ],
)
def test_well_known_programs_are_recognised(file, title, followed):
    seen = told((DATA / f"{file}.txt").read_bytes())
    assert (seen.title, seen.packs) == (title, followed)


@pytest.mark.parametrize("name", sorted(name for name, pack in PACKS.items() if pack.signature))
def test_each_pack_is_recognised_by_its_own_metrics(name):
    body = "".join(f"{series} 1\n" for each in PACKS[name].metrics for series in each.series)
    assert name in told(body.encode()).packs


def test_a_module_by_convention_is_recognised_by_its_operations():
    body = b"prompt_manager_operations_total 1\n"
    assert told(body, "prompt_manager").packs == ("modules",)
    assert told(body, "prompt_manager").prefixes == ()
    assert told(body, "prompts").prefixes == ("prompt_manager",)


def test_a_module_that_has_not_done_anything_yet_is_known_by_any_of_its_metrics():
    body = b"prompt_manager_cache_hits_total 0\n"
    assert told(body, "prompt_manager").packs == ("modules",)
    assert told(body, "vllm").packs == ()


def test_what_nobody_knows_is_told_as_unknown():
    seen = told(b"shop_orders 1\n")
    assert (seen.title, seen.packs) == ("something unknown", ())


@pytest.mark.parametrize("name", ["vllm", "sglang", "triton", "litellm", "ray", "host"])
def test_with_what_its_server_exposes_a_pack_applies(name):
    file = {"host": "node_exporter"}.get(name, name)
    told = cover({name: PACKS[name]}, read((DATA / f"{file}.txt").read_bytes()).names)
    empty = {panel.name for page in told.dashboards for panel in page.empty}
    assert not [one for one in empty if "container" not in one]
    assert not [one.name for one in told.alerts if one.missing and "Container" not in one.name]
