"""OpenAI's real client, asked to talk to a server on loopback."""

import asyncio
import re
import subprocess
import sys
from typing import Any

import openai
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.integrations.model_server import model_server
from vedette.integrations.openai import instrument
from vedette.sdk.monitor import Monitor

QUESTION: Any = [{"role": "user", "content": "What do you do?"}]


@pytest.fixture(scope="module")
def address():
    with model_server() as address:
        yield address


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def client(address, monitor):
    with openai.OpenAI(api_key="k", base_url=f"{address}/v1", max_retries=0) as client:
        instrument(client, provider="openai", monitor=monitor)
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
    answer = client.chat.completions.create(model="small", messages=QUESTION)

    assert answer.choices[0].message.content == "monitoring"
    assert total(monitor, "hf_inference_latency_ms_count", model="small") == 1
    assert total(monitor, "tokens_generated_total", model="small") == 30
    assert total(monitor, "llm_requests_total", model="small", status="ok") == 1
    used = "gen_ai_client_token_usage_sum"
    read, written = ({"gen_ai_token_type": kind} for kind in ("input", "output"))
    assert total(monitor, used, **read) == 12
    assert total(monitor, used, **written) == 30
    seconds = "gen_ai_client_operation_duration_seconds_count"
    assert total(monitor, seconds, gen_ai_provider_name="openai") == 1


def test_a_stream_is_recorded_once_its_last_part_has_come(client, monitor):
    stream = client.chat.completions.create(
        model="small", messages=QUESTION, stream=True, stream_options={"include_usage": True}
    )
    assert isinstance(stream, openai.Stream)
    assert total(monitor, "llm_requests_total", status="ok") == 0
    words = [part.choices[0].delta.content for part in stream if part.choices]

    assert words == ["", "mo", "nitor", "ing"]
    assert total(monitor, "llm_requests_total", status="ok") == 1
    assert total(monitor, "tokens_generated_total") == 30
    assert total(monitor, "llm_time_to_first_token_seconds_count") == 1
    assert total(monitor, "llm_time_per_output_token_seconds_count") == 1
    first = "gen_ai_client_operation_time_to_first_chunk_seconds_sum"
    assert total(monitor, first) == total(monitor, "llm_time_to_first_token_seconds_sum")
    tokens = {"prompt": 4, "cached": 8, "completion": 20, "reasoning": 10}
    for kind, used in tokens.items():
        assert total(monitor, "llm_tokens_total", token_type=kind) == used


def test_the_helper_for_streams_is_watched_too(client, monitor):
    with client.chat.completions.stream(model="small", messages=QUESTION) as stream:
        assert stream.get_final_completion().choices[0].message.content == "monitoring"

    assert total(monitor, "llm_requests_total", status="ok") == 1


def test_a_stream_that_is_left_early_is_an_answer_that_did_not_come_whole(client, monitor):
    stream = client.chat.completions.create(model="small", messages=QUESTION, stream=True)
    next(stream)
    stream._iterator.close()

    assert total(monitor, "llm_requests_total", status="error") == 1


def test_responses_completions_and_embeddings_are_counted_by_what_they_are(client, monitor):
    client.responses.create(model="small", input="What do you do?")
    list(client.responses.create(model="small", input="What do you do?", stream=True))
    client.completions.create(model="small", prompt="We do")
    client.embeddings.create(model="small", input="We do")

    name = "gen_ai_client_operation_duration_seconds_count"
    assert total(monitor, name, gen_ai_operation_name="chat") == 2
    assert total(monitor, name, gen_ai_operation_name="text_completion") == 1
    assert total(monitor, name, gen_ai_operation_name="embeddings") == 1
    assert total(monitor, "tokens_generated_total") == 90


def test_an_error_is_counted_by_its_kind_and_still_raises(client, monitor):
    with pytest.raises(openai.InternalServerError):
        client.chat.completions.create(model="broken", messages=QUESTION)

    assert total(monitor, "llm_requests_total", model="broken", status="error") == 1
    name = "gen_ai_client_operation_duration_seconds_count"
    assert total(monitor, name, error_type="InternalServerError") == 1


def test_a_raw_response_is_counted_and_given_as_it_is(client, monitor):
    raw = client.chat.completions.with_raw_response.create(model="small", messages=QUESTION)

    assert raw.parse().choices[0].message.content == "monitoring"
    assert total(monitor, "llm_requests_total", status="ok") == 1


def test_an_asynchronous_client_is_watched_like_any_other(address, monitor):
    async def ask():
        async with openai.AsyncOpenAI(api_key="k", base_url=f"{address}/v1") as client:
            instrument(client, monitor=monitor)
            await client.chat.completions.create(model="small", messages=QUESTION)
            stream: Any = await client.chat.completions.create(
                model="small", messages=QUESTION, stream=True
            )
            return [part.choices[0].delta.content async for part in stream]

    assert asyncio.run(ask()) == ["", "mo", "nitor", "ing"]
    assert total(monitor, "llm_requests_total", status="ok") == 2
    assert total(monitor, "llm_time_to_first_token_seconds_count") == 1


def test_without_a_client_all_of_the_process_are_watched(address):
    program = f"""
import openai
from vedette.integrations.openai import instrument
from vedette.sdk.monitor import default_monitor
with openai.OpenAI(api_key="k", base_url="{address}/v1") as early:
    instrument(); instrument()
    early.chat.completions.create(model="small", messages=[])
with openai.OpenAI(api_key="k", base_url="{address}/v1") as late:
    late.chat.completions.create(model="small", messages=[])
print(default_monitor().expose().body.decode())
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert re.findall(r'^llm_requests_total\{.*status="ok"\} (\S+)', done.stdout, re.MULTILINE) == [
        "2.0"
    ]
    assert 'gen_ai_provider_name="127.0.0.1"' in done.stdout
