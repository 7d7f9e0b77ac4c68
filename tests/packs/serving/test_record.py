from typing import Any

import pytest

from vedette.packs.serving.record import Api, Inference, Predictions
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def read(monitor, value):
    """One sample of the monitor."""
    return lambda name, **labels: value(monitor, name, **labels)


def test_an_inference_is_recorded_with_everything_that_is_known_of_it(monitor, read):
    model = {"model": "faces", "model_version": "7"}
    Inference("faces", model_version="7", monitor=monitor).record(seconds=0.2, confidence=0.85)
    assert read("model_requests_total", status="ok", **model) == 1
    assert read("model_inference_latency_seconds_bucket", le="0.15", **model) == 0
    assert read("model_inference_latency_seconds_bucket", le="0.2", **model) == 1
    assert read("model_confidence_score_bucket", le="0.8", **model) == 0
    assert read("model_confidence_score_bucket", le="0.9", **model) == 1


def test_what_a_model_never_tells_has_no_series(monitor, read):
    Inference("digits", monitor=monitor).record(seconds=0.2)
    assert read("model_confidence_score_count") is None
    assert read("model_loaded") is None


def test_both_outcomes_are_there_from_the_beginning_so_that_a_first_error_shows(monitor, read):
    Inference("lm", monitor=monitor)
    assert read("model_requests_total", status="error") == 0


def test_a_timed_block_that_raises_is_a_failed_inference(monitor, read):
    inference = Inference("lm", monitor=monitor)
    with pytest.raises(ZeroDivisionError), inference.time():
        _ = 1 / 0
    with inference.time(confidence=0.5):
        pass
    assert read("model_requests_total", status="error") == 1
    assert read("model_requests_total", status="ok") == 1
    assert read("model_confidence_score_count") == 1


def test_a_model_says_whether_it_is_loaded(monitor, read):
    inference = Inference("lm", monitor=monitor)
    inference.loaded()
    assert read("model_loaded", model="lm") == 1
    inference.loaded(False)
    assert read("model_loaded", model="lm") == 0


def test_predictions_are_counted_by_value_and_their_confidence_is_kept(monitor, read):
    predictions = Predictions("faces", monitor=monitor)
    for value, confidence in ((True, 0.9), (True, 0.7), (False, None)):
        predictions.record("smiling", value, confidence)
    where = {"model": "faces", "attribute": "smiling"}
    assert read("model_predictions_total", value="True", **where) == 2
    assert read("model_predictions_total", value="False", **where) == 1
    assert read("model_confidence_score_count", model="faces") == 2
    assert read("model_confidence_score_sum", model="faces") == pytest.approx(1.6)


def test_accuracy_and_drift_stand_for_each_attribute(monitor, read):
    predictions = Predictions("faces", monitor=monitor)
    predictions.accuracy("smiling", 0.91)
    predictions.accuracy("hat", 0.6)
    predictions.drift("smiling", 0.05)
    predictions.drift("smiling", 0.25)
    assert read("model_accuracy", attribute="smiling") == 0.91
    assert read("model_accuracy", attribute="hat") == 0.6
    assert read("drift_score", attribute="smiling") == 0.25


def test_predictions_of_which_nothing_more_is_known_have_no_confidence(monitor, read):
    Predictions("faces", monitor=monitor).record("smiling", True)
    for name in ("model_confidence_score_count", "model_accuracy", "drift_score"):
        assert read(name) is None


def test_an_api_counts_requests_images_and_cached_answers(monitor, read):
    api = Api(monitor=monitor)
    for status in (200, 200, 503):
        api.record(endpoint="/predict", status=status, seconds=0.02)
    api.images()
    api.images(32)
    api.cache_size(12)
    assert read("api_requests_total", endpoint="/predict", status="200") == 2
    assert read("api_requests_total", endpoint="/predict", status="503") == 1
    assert read("api_request_latency_seconds_count", endpoint="/predict") == 3
    assert read("images_processed_total") == 33
    assert read("cache_size") == 12


def test_what_is_no_number_is_lost_and_counted_and_never_raises(monitor, read):
    soon: Any = "soon"
    somewhere: Any = ["/a"]
    Inference("lm", monitor=monitor).record(seconds=soon, confidence=float("nan"))
    Predictions("lm", monitor=monitor).accuracy("digit", soon)
    api = Api(monitor=monitor)
    api.record(endpoint=somewhere, status=200, seconds=soon)
    api.images(-1)
    lost = {
        metric: read("vedette_lost_records_total", metric=metric)
        for metric in (
            "model_inference_latency_seconds",
            "model_confidence_score",
            "model_accuracy",
            "api_request_latency_seconds",
            "images_processed_total",
        )
    }
    assert set(lost.values()) == {1}
    assert read("model_requests_total", status="ok") == 1
    assert read("api_requests_total", endpoint="['/a']") == 1
