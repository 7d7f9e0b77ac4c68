"""A real classifier behind a real API feeds every metric of the pack with what is true."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

from vedette.packs.serving.record import Api, Inference, Predictions
from vedette.sdk.monitor import Monitor

ATTRIBUTES = {"even": lambda digits: digits % 2 == 0, "round": lambda digits: digits % 10 == 8}


class Classifier:
    """Tells two attributes of a digit's image, and remembers what it has seen."""

    def __init__(self, monitor):
        self.inference = Inference("digits", model_version="1", monitor=monitor)
        self.predictions = Predictions("digits", model_version="1", monitor=monitor)
        self.api = Api(monitor=monitor)
        self.cache = {}
        images, digits = load_digits(return_X_y=True)
        self.images, self.held = images[900:1200], digits[900:1200]
        self.models = {
            name: LogisticRegression(max_iter=200).fit(images[:900] / 16, of(digits[:900]))
            for name, of in ATTRIBUTES.items()
        }
        self.inference.loaded()

    def answer(self, body):
        """Classify an image, or remember what was said of it."""
        image = json.loads(body)
        key = tuple(image)
        if key not in self.cache:
            with self.inference.time():
                self.cache[key] = {
                    name: self._predicted(name, np.array([image]) / 16) for name in self.models
                }
            self.api.images()
            self.api.cache_size(len(self.cache))
        return self.cache[key]

    def _predicted(self, name, image):
        (chances,) = self.models[name].predict_proba(image)
        value = bool(chances[1] > chances[0])
        self.predictions.record(name, value, chances.max())
        return value

    def judge(self):
        """Record the accuracy of each attribute, and how far recent answers are from the truth."""
        for name, of in ATTRIBUTES.items():
            truth = of(self.held)
            self.predictions.accuracy(name, self.models[name].score(self.images / 16, truth))
            recent = np.mean([answer[name] for answer in self.cache.values()])
            self.predictions.drift(name, abs(recent - truth.mean()))


def handler(classifier):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            began = time.perf_counter()
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                status, answer = 200, classifier.answer(body)
            except ValueError as error:
                status, answer = 422, {"problem": str(error)}
            classifier.api.record(
                endpoint=self.path, status=status, seconds=time.perf_counter() - began
            )
            sent = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_):
            pass

    return Handler


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def classifier(monitor):
    return Classifier(monitor)


@pytest.fixture
def ask(classifier):
    """Post an image to the running API; return the answer's status and body."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(classifier))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def post(image):
        url = f"http://127.0.0.1:{server.server_port}/predict"
        try:
            with urllib.request.urlopen(url, json.dumps(image).encode()) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code, {}

    yield post
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_the_metrics_say_is_what_happened(monitor, classifier, ask, value):
    images = classifier.images[:12].tolist()
    answers = [ask(image)[1] for image in images]
    assert ask(images[0])[0] == 200
    assert ask([1, 2, 3])[0] == 422
    classifier.judge()

    def read(name, **labels):
        return value(monitor, name, **labels)

    assert read("api_requests_total", endpoint="/predict", status="200") == 13
    assert read("api_requests_total", endpoint="/predict", status="422") == 1
    assert read("api_request_latency_seconds_count", endpoint="/predict") == 14
    assert read("images_processed_total") == read("cache_size") == 12
    of_model = {"model": "digits", "model_version": "1"}
    assert read("model_requests_total", status="ok", **of_model) == 12
    assert read("model_requests_total", status="error", **of_model) == 1
    assert read("model_inference_latency_seconds_count", **of_model) == 13
    assert read("model_loaded", **of_model) == 1
    for name in ATTRIBUTES:
        for answer, times in Counter(str(each[name]) for each in answers).items():
            where = {"attribute": name, "value": answer, **of_model}
            assert read("model_predictions_total", **where) == times
        assert 0.8 < read("model_accuracy", attribute=name, **of_model) <= 1
        assert 0 <= read("drift_score", attribute=name, **of_model) < 0.4
    assert read("model_confidence_score_count", **of_model) == 24
    assert 12 < read("model_confidence_score_sum", **of_model) <= 24
