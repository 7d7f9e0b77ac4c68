"""One object for everything: what the packs offer, and the three calls of its own."""

import ast
import inspect
import threading
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

import vedette
from vedette import continuous
from vedette.continuous import ContinuousMonitor
from vedette.errors import InUseError
from vedette.packs.llm.record import Generations
from vedette.sdk.monitor import Monitor


@pytest.fixture
def instruments():
    return Monitor(isolated=True)


@pytest.fixture
def monitor(instruments):
    return ContinuousMonitor("llama", "3.1", monitor=instruments)


def samples(instruments):
    """Every sample without labels that are empty, by name and labels."""
    text = instruments.expose().body.decode()
    return {
        (sample.name, *(f"{k}={v}" for k, v in sorted(sample.labels.items()) if v)): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


OF_MODEL = ("model=llama", "model_version=3.1")


def test_an_inference_is_its_time_its_tokens_and_a_verdict(monitor, instruments):
    monitor.record_inference(latency_ms=75.0, tokens=100, passed_safety=True)
    monitor.record_inference(latency_ms=125.0, tokens=50, passed_safety=False)
    found = samples(instruments)
    assert found["hf_inference_latency_ms_sum", *OF_MODEL] == 200
    assert found["hf_inference_latency_ms_bucket", "le=100.0", *OF_MODEL] == 1
    assert found["tokens_generated_total", *OF_MODEL] == 150
    assert found["safety_checks_total", *OF_MODEL] == 2
    assert found["safety_failures_total", *OF_MODEL] == 1


def test_the_calls_that_programs_already_make_need_no_names(monitor, instruments):
    monitor.record_inference(75.0, 100, True)
    monitor.record_gpu_memory(45.0)
    monitor.record_cost(1.50, 3.33)
    found = samples(instruments)
    assert found["tokens_generated_total", *OF_MODEL] == 100
    assert found["gpu_memory_percent",] == 45
    assert found["cost_daily_budget_pounds", *OF_MODEL] == 3.33


def test_what_is_not_known_of_an_inference_has_no_series(monitor, instruments):
    monitor.record_inference(latency_ms=75.0)
    names = {name for name, *_ in samples(instruments)}
    assert not names & {"tokens_generated_total", "safety_checks_total"}


def test_memory_and_costs_are_what_was_told_last(monitor, instruments):
    monitor.record_gpu_memory(percent=45.0)
    monitor.record_cost(daily_cost=1.50, budget=3.33)
    found = samples(instruments)
    assert found["gpu_memory_percent",] == 45
    assert found["cost_daily_pounds", *OF_MODEL] == 1.5
    assert found["cost_daily_budget_pounds", *OF_MODEL] == 3.33


def test_without_a_name_the_model_has_none(instruments):
    monitor = ContinuousMonitor(monitor=instruments)
    monitor.record_inference(latency_ms=75.0)
    assert samples(instruments)["hf_inference_latency_ms_count",] == 1


def test_each_subject_has_its_recorder_with_the_same_model(monitor, instruments):
    monitor.training.step(loss=0.5)
    monitor.predictions.record("smiling", True, 0.9)
    found = samples(instruments)
    assert found["training_steps_total", *OF_MODEL] == 1
    smiles = ("attribute=smiling", *OF_MODEL, "value=True")
    assert found["model_predictions_total", *smiles] == 1


def test_a_recorder_is_made_once_even_when_threads_ask_together(monitor):
    start = threading.Barrier(4)
    made = []

    def ask():
        start.wait()
        made.append(monitor.inference)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, made))) == 1
    assert monitor.inference is made[0]


def test_what_no_pack_offers_is_an_attribute_error(monitor):
    with pytest.raises(AttributeError, match="'ContinuousMonitor' has no 'weather'"):
        _ = monitor.weather
    assert not hasattr(monitor, "_private")


def offered():
    return {name: kind for pack in continuous._offers() for name, kind in pack.items()}


def test_editors_complete_what_the_packs_offer_and_nothing_else(monitor):
    tree = ast.parse(Path(inspect.getfile(continuous)).read_text(encoding="utf-8"))
    told = {
        node.target.id: node.annotation.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(node.annotation, ast.Name)
    }
    assert told == {name: kind.__name__ for name, kind in offered().items()}
    assert set(told) <= set(dir(monitor))


@pytest.mark.parametrize("name", sorted(offered()))
def test_every_recorder_that_is_offered_can_be_made(monitor, name):
    assert isinstance(getattr(monitor, name), offered()[name])


def test_no_two_packs_offer_one_name():
    every = [name for pack in continuous._offers() for name in pack]
    assert len(every) == len(set(every))


def test_what_is_no_number_is_lost_and_counted_and_never_raises(monitor, instruments):
    monitor.record_inference(latency_ms="soon", tokens="many", passed_safety=True)
    monitor.record_cost(daily_cost="much", budget=None)
    monitor.record_gpu_memory(percent="full")
    lost = {key[1] for key in samples(instruments) if key[0] == "vedette_lost_records_total"}
    for metric in ("hf_inference_latency_ms", "tokens_generated_total", "cost_daily_pounds"):
        assert f"metric={metric}" in lost


def test_with_a_port_the_metrics_are_served(instruments):
    monitor = ContinuousMonitor(monitor=instruments, port=0)
    monitor.record_inference(latency_ms=75.0)
    assert monitor.server is not None
    try:
        with urllib.request.urlopen(monitor.server.url) as answer:
            assert b"hf_inference_latency_ms_count" in answer.read()
        with pytest.raises(InUseError, match="is taken"):
            ContinuousMonitor(monitor=instruments, port=monitor.server.port)
    finally:
        monitor.server.close()


def test_it_is_handed_out_where_people_look_for_it():
    assert vedette.ContinuousMonitor is ContinuousMonitor


def test_recorders_share_the_series_of_those_that_are_made_by_hand(monitor, instruments):
    by_hand = Generations("llama", model_version="3.1", monitor=instruments)
    by_hand.record(seconds=0.075)
    monitor.record_inference(latency_ms=75.0)
    assert samples(instruments)["hf_inference_latency_ms_count", *OF_MODEL] == 2
