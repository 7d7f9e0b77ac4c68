import pytest

from vedette.packs.serving.record import Inference
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def text(monitor):
    return monitor.expose().body.decode()


def test_an_inference_is_recorded_with_everything_that_is_known_of_it(monitor):
    Inference("lm", monitor=monitor).record(seconds=0.2, tokens=40, confidence=0.85)
    found = text(monitor)
    assert 'model_requests_total{model="lm",status="ok"} 1.0' in found
    assert 'model_inference_latency_seconds_bucket{le="0.2",model="lm"} 1.0' in found
    assert 'tokens_generated_total{model="lm"} 40.0' in found
    assert 'model_time_per_output_token_seconds_sum{model="lm"} 0.005' in found
    assert 'model_confidence_score_bucket{le="0.8",model="lm"} 0.0' in found
    assert 'model_confidence_score_bucket{le="0.9",model="lm"} 1.0' in found


def test_what_a_model_never_tells_has_no_series(monitor):
    Inference("digits", monitor=monitor).record(seconds=0.2)
    found = text(monitor)
    for name in ("tokens_generated_total", "model_confidence_score_count", "model_loaded"):
        assert f"{name}{{" not in found


def test_both_outcomes_are_there_from_the_beginning_so_that_a_first_error_shows(monitor):
    Inference("lm", monitor=monitor)
    assert 'model_requests_total{model="lm",status="error"} 0.0' in text(monitor)


def test_a_timed_block_that_raises_is_a_failed_inference(monitor):
    inference = Inference("lm", monitor=monitor)
    with pytest.raises(ZeroDivisionError), inference.time():
        _ = 1 / 0
    with inference.time(confidence=0.5):
        pass
    found = text(monitor)
    assert 'model_requests_total{model="lm",status="error"} 1.0' in found
    assert 'model_requests_total{model="lm",status="ok"} 1.0' in found
    assert 'model_confidence_score_count{model="lm"} 1.0' in found


def test_a_model_says_whether_it_is_loaded(monitor):
    inference = Inference("lm", monitor=monitor)
    inference.loaded()
    assert 'model_loaded{model="lm"} 1.0' in text(monitor)
    inference.loaded(False)
    assert 'model_loaded{model="lm"} 0.0' in text(monitor)


def test_predictions_are_counted_by_value(monitor):
    inference = Inference("digits", monitor=monitor)
    for digit in (7, 7, 3):
        inference.predicted("digit", digit)
    found = text(monitor)
    assert 'model_predictions_total{attribute="digit",model="digits",value="7"} 2.0' in found
    assert 'model_predictions_total{attribute="digit",model="digits",value="3"} 1.0' in found
