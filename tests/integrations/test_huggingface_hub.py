"""huggingface_hub's real clients, asked to talk to a server on loopback."""

import asyncio
import re
import subprocess
import sys

import pytest
from huggingface_hub import AsyncInferenceClient, InferenceClient
from huggingface_hub.errors import HfHubHTTPError
from prometheus_client.parser import text_string_to_metric_families

from tests.integrations.model_server import model_server
from vedette.integrations.huggingface_hub import instrument
from vedette.sdk.monitor import Monitor

QUESTION = [{"role": "user", "content": "What do you do?"}]


@pytest.fixture(scope="module")
def address():
    with model_server() as address:
        yield address


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def client(address, monitor):
    with InferenceClient(base_url=f"{address}/v1", api_key="k") as client:
        instrument(client, monitor=monitor)
        yield client


def total(monitor, name, **labels):
    """The sum of all samples of that name that have these labels; None where there is none."""
    found = [
        sample.value
        for family in text_string_to_metric_families(monitor.expose().body.decode())
        for sample in family.samples
        if sample.name == name
        and all(sample.labels.get(key) == text for key, text in labels.items())
    ]
    return sum(found) if found else None


def test_an_answer_is_counted_with_its_time_and_tokens(client, monitor):
    answer = client.chat_completion(QUESTION, model="small")

    assert answer.choices[0].message.content == "monitoring"
    assert total(monitor, "llm_requests_total", model="small", status="ok") == 1
    assert total(monitor, "hf_inference_latency_ms_count", model="small") == 1
    assert total(monitor, "tokens_generated_total", model="small") == 30
    name = "gen_ai_client_operation_duration_seconds_count"
    assert total(monitor, name, gen_ai_provider_name="hugging_face") == 1


def test_the_way_of_writing_it_that_openai_has_is_counted_once(client, monitor):
    client.chat.completions.create(QUESTION, model="small")

    assert total(monitor, "llm_requests_total", status="ok") == 1


def test_a_stream_is_recorded_once_its_last_part_has_come(client, monitor):
    stream = client.chat_completion(
        QUESTION, model="small", stream=True, stream_options={"include_usage": True}
    )
    assert total(monitor, "llm_requests_total", status="ok") == 0
    words = [part.choices[0].delta.content for part in stream if part.choices]

    assert words == ["", "mo", "nitor", "ing"]
    assert total(monitor, "llm_requests_total", status="ok") == 1
    assert total(monitor, "tokens_generated_total") == 30
    assert total(monitor, "llm_time_to_first_token_seconds_count") == 1


def test_text_generation_tells_its_tokens_where_it_is_asked_for_details(address, monitor):
    with InferenceClient(address) as client:
        instrument(client, monitor=monitor)
        assert client.text_generation("We do") == "monitoring"
        assert total(monitor, "tokens_generated_total") is None
        client.text_generation("We do", details=True)
        assert total(monitor, "tokens_generated_total") == 30
        assert list(client.text_generation("We do", stream=True)) == ["mo", "nitor", "ing"]

    name = "gen_ai_client_operation_duration_seconds_count"
    assert total(monitor, name, gen_ai_operation_name="text_completion") == 3


def test_an_error_is_counted_by_its_kind_and_still_raises(client, monitor):
    with pytest.raises(HfHubHTTPError):
        client.chat_completion(QUESTION, model="broken")

    assert total(monitor, "llm_requests_total", model="broken", status="error") == 1


def test_an_asynchronous_client_is_watched_like_any_other(address, monitor):
    async def ask():
        async with AsyncInferenceClient(base_url=f"{address}/v1", api_key="k") as client:
            instrument(client, monitor=monitor)
            await client.chat_completion(QUESTION, model="small")
            stream = await client.chat_completion(QUESTION, model="small", stream=True)
            return [part.choices[0].delta.content async for part in stream]

    assert asyncio.run(ask()) == ["", "mo", "nitor", "ing"]
    assert total(monitor, "llm_requests_total", status="ok") == 2
    assert total(monitor, "llm_time_to_first_token_seconds_count") == 1


def test_without_a_client_all_of_the_process_are_watched(address):
    program = f"""
from huggingface_hub import InferenceClient
from vedette.integrations.huggingface_hub import instrument
from vedette.sdk.monitor import default_monitor
with InferenceClient(base_url="{address}/v1", api_key="k") as early:
    instrument(); instrument()
    early.chat_completion([], model="small")
with InferenceClient(base_url="{address}/v1", api_key="k") as late:
    late.chat_completion([], model="small")
print(default_monitor().expose().body.decode())
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    found = re.findall(r'^llm_requests_total\{.*status="ok"\} (\S+)', done.stdout, re.MULTILINE)
    assert found == ["2.0"]
