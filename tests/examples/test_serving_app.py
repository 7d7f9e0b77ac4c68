import asyncio
import re
import socket
import threading

import httpx
import pytest
import uvicorn

from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def client(example, monitor, monkeypatch):
    """The service, trained far enough to answer, with its switches."""
    monkeypatch.setattr(example("training"), "STEPS_PER_EPOCH", 60)
    app = example("app").create_app(breakable=True, monitor=monitor)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    sock = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    try:
        assert app.state.service.trained.wait(60)
        with httpx.Client(base_url=f"http://127.0.0.1:{sock.getsockname()[1]}") as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(20)
        sock.close()


def ask(app, method, path, *, host="127.0.0.1", **params):
    """Ask an application that was never started."""

    async def send():
        transport = httpx.ASGITransport(app=app, client=(host, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            return await client.request(method, path, params=params)

    return asyncio.run(send())


def value(monitor, series):
    # An empty label is the same as none.
    text = re.sub(r',\w+=""', "", monitor.expose().body.decode())
    found = re.search(rf"^{re.escape(series)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


def test_a_prompt_is_answered_with_as_many_tokens_as_asked_for(client, monitor):
    answer = client.post("/infer", params={"prompt": "The assert statement", "length": 30})
    assert answer.status_code == 200
    told = answer.json()
    assert told["prompt"] == "The assert statement"
    assert len(told["output"]) == 30
    assert told["tokens"] == {"prompt": 20, "completion": 30}
    assert 0 < told["confidence"] <= 1
    assert value(monitor, 'tokens_generated_total{model="language"}') == 30
    assert value(monitor, 'model_inference_latency_seconds_count{model="language"}') == 1
    assert value(monitor, 'hf_inference_latency_ms_count{model="language"}') == 1
    read = 'llm_tokens_total{model="language",token_type="prompt"}'
    assert value(monitor, read) == 20
    first = value(monitor, 'llm_time_to_first_token_seconds_sum{model="language"}')
    whole = value(monitor, 'model_inference_latency_seconds_sum{model="language"}')
    assert 0 < first < whole


def test_the_length_may_be_left_out(client):
    assert len(client.post("/infer", params={"prompt": "The"}).json()["output"]) == 40


@pytest.mark.parametrize(
    "params, check, complaint",
    [
        ({"prompt": "  "}, "prompt_not_empty", "the prompt is empty"),
        ({"prompt": "x" * 501}, "prompt_length", "501 characters"),
        ({"prompt": "\u4f60\u597d"}, "prompt_characters", "knows 0 of the prompt's 2"),
        ({"prompt": "The", "length": 0}, "answer_length", "length=0"),
        ({"prompt": "The", "length": 401}, "answer_length", "length=401"),
    ],
)
def test_a_prompt_that_fails_a_check_is_refused_and_counted(
    client, monitor, params, check, complaint
):
    answer = client.post("/infer", params=params)
    assert answer.status_code == 422
    assert complaint in str(answer.json()["detail"])
    failed = f'data_validation_checks_total{{check_name="{check}",status="failure"}}'
    assert value(monitor, failed) == 1
    assert value(monitor, f'validation_checks{{check_name="{check}"}}') == 0
    assert value(monitor, 'model_requests_total{model="language",status="ok"}') == 0


def test_a_request_without_a_prompt_is_the_client_s_mistake(client):
    assert client.post("/infer").status_code == 422
    assert client.post("/infer", params={"prompt": "a", "length": "many"}).status_code == 422


def test_images_that_were_held_back_are_mostly_recognised(client, monitor):
    told = [client.post("/classify").json() for _ in range(40)]
    right = sum(answer["digit"] == answer["truth"] for answer in told)
    assert right >= 34
    assert value(monitor, 'model_requests_total{model="digits",status="ok"}') == 40
    assert value(monitor, 'model_confidence_score_count{model="digits"}') == 40
    assert value(monitor, 'images_processed_total{model="digits"}') == 40


def test_pixels_that_are_sent_are_classified(client, example, monitor):
    _, held = example("digits").samples()
    pixels = held.images[0].tolist()
    told = client.post("/classify", json={"pixels": pixels}).json()
    assert told["digit"] == held.digits[0]
    assert told["truth"] is None
    series = f'model_predictions_total{{attribute="digit",model="digits",value="{told["digit"]}"}}'
    assert value(monitor, series) == 1


@pytest.mark.parametrize(
    "pixels, complaint",
    [
        ([1.0, 2.0], "the image has 2 pixels"),
        ([17.0] * 64, "64 pixels are not between 0 and 16"),
        ([-1.0] + [3.0] * 63, "1 pixels are not between"),
        ([0.0] * 64, "the image is blank"),
        ([], "the image has 0 pixels"),
    ],
)
def test_an_image_that_fails_a_check_is_refused(client, pixels, complaint):
    answer = client.post("/classify", json={"pixels": pixels})
    assert answer.status_code == 422
    assert complaint in str(answer.json()["detail"])


def test_not_a_number_is_no_brightness(client):
    text = '{"pixels": [' + ", ".join(["NaN"] + ["1"] * 63) + "]}"
    answer = client.post("/classify", content=text, headers={"content-type": "application/json"})
    assert answer.status_code == 422


def test_health_judges_every_part(client):
    answer = client.get("/health")
    told = answer.json()
    assert answer.status_code == 200
    assert set(told) == {"status", "timestamp", "version", "checks"}
    assert told["checks"] == {"language_model": "ok", "classifier": "ok", "trainer": "ok"}
    assert client.get("/").json()["status"] == "ok"
    assert client.get("/ready").json() == {"ready": True}
    assert client.get("/live").json() == {"live": True}


def test_requests_are_counted_by_their_route(client, monitor):
    client.get("/live")
    client.post("/infer", params={"prompt": ""})
    series = 'http_requests_total{endpoint="%s",method="%s",status="%s"}'
    assert value(monitor, series % ("/live", "GET", 200)) == 1
    assert value(monitor, series % ("/infer", "POST", 422)) == 1


def test_the_metrics_show_the_training(client, monitor):
    assert client.get("/metrics").status_code == 200
    assert value(monitor, 'training_steps_total{model="language"}') >= 60
    assert 0 < value(monitor, 'validation_loss{model="language"}') < 4
    assert 0 < value(monitor, 'validation_accuracy{model="language"}') < 1
    assert value(monitor, 'training_learning_rate{model="language"}') == 0.004
    assert 0 < value(monitor, 'training_loss{model="language"}') < 5
    assert value(monitor, "cpu_usage_percent") >= 0
    assert value(monitor, "ram_usage_bytes") > 10_000_000


def test_an_unloaded_model_answers_503_and_says_so_everywhere(client, monitor):
    client.post("/break/unload-model")
    answer = client.post("/classify")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "the model 'digits' is not loaded"
    assert client.get("/health").status_code == 503
    assert client.get("/health").json()["checks"]["classifier"] == "not loaded"
    assert client.get("/").json()["status"] == "degraded"
    assert value(monitor, 'model_loaded{model="digits"}') == 0
    assert value(monitor, 'model_requests_total{model="digits",status="error"}') == 1
    assert client.post("/infer", params={"prompt": "The"}).status_code == 200

    client.delete("/break/unload-model")
    assert client.post("/classify").status_code == 200
    assert value(monitor, 'model_loaded{model="digits"}') == 1


def test_wrong_inputs_fail_the_checks_of_both_models(client, monitor):
    client.post("/break/wrong-inputs")
    prompts = [client.post("/infer", params={"prompt": "The"}).status_code for _ in range(2)]
    images = [client.post("/classify").status_code for _ in range(2)]
    assert prompts == images == [422, 200]
    failed = 'data_validation_checks_total{check_name="%s",status="failure"}'
    assert value(monitor, failed % "prompt_characters") == 1
    assert value(monitor, failed % "pixel_range") == 1
    client.post("/break/none")
    assert client.post("/infer", params={"prompt": "The"}).status_code == 200


def test_a_slow_model_is_really_slow(client, monitor, example, monkeypatch):
    monkeypatch.setattr(example("faults"), "SLOW_SECONDS", 0.3)
    client.post("/break/slow-model")
    assert client.post("/infer", params={"prompt": "The"}).elapsed.total_seconds() >= 0.3
    assert value(monitor, 'model_inference_latency_seconds_sum{model="language"}') >= 0.3
    client.delete("/break/slow-model")
    client.post("/infer", params={"prompt": "The"})
    assert value(monitor, 'model_inference_latency_seconds_sum{model="language"}') < 0.6


def test_what_is_broken_is_shown(client):
    client.post("/break/slow-model")
    client.post("/break/unload-model")
    told = client.get("/break").json()
    assert told["active"] == ["slow-model", "unload-model"]
    assert set(told["faults"]) >= set(told["active"])
    client.post("/break/none")
    assert client.get("/break").json()["active"] == []


def test_a_fault_that_does_not_exist_is_answered_with_those_that_do(client):
    answer = client.post("/break/everything")
    assert answer.status_code == 404
    assert "slow-model" in answer.json()["detail"]


def test_a_crash_ends_the_process_at_once(client, example, monkeypatch):
    codes: list[int] = []
    monkeypatch.setattr(example("faults").os, "_exit", codes.append)
    client.post("/break/crash")
    assert codes == [70]


def test_other_machines_cannot_break_it(example, monitor):
    app = example("app").create_app(breakable=True, monitor=monitor)
    assert ask(app, "POST", "/break/slow-model", host="192.0.2.7").status_code == 403
    assert ask(app, "POST", "/break/slow-model", host="::1").status_code == 200
    assert ask(app, "POST", "/break/none").json() == {"active": []}


def test_without_being_asked_there_are_no_switches(example, monitor):
    app = example("app").create_app(monitor=monitor)
    assert ask(app, "POST", "/break/slow-model").status_code == 404


def test_before_it_is_trained_it_is_alive_and_not_ready(example, monitor):
    app = example("app").create_app(monitor=monitor)
    assert ask(app, "GET", "/live").status_code == 200
    assert ask(app, "GET", "/ready").status_code == 503
    assert ask(app, "POST", "/infer", prompt="The").status_code == 503
