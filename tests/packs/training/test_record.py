import math

import pytest

from vedette.packs.training.record import Training
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


def text(monitor):
    return monitor.expose().body.decode()


def test_a_run_is_under_way_inside_its_block_and_not_after_it(monitor):
    with Training("lm", monitor=monitor):
        assert 'training_active{model="lm"} 1.0' in text(monitor)
    assert 'training_active{model="lm"} 0.0' in text(monitor)


def test_a_run_that_fails_is_not_under_way_any_more(monitor):
    with pytest.raises(ZeroDivisionError), Training("lm", monitor=monitor):
        _ = 1 / 0
    assert 'training_active{model="lm"} 0.0' in text(monitor)


def test_steps_are_counted_and_the_latest_loss_is_shown(monitor):
    run = Training("lm", monitor=monitor)
    run.step(loss=2.5, epoch_progress=0.25)
    run.step(loss=2.0, steps=10)
    run.validated(loss=2.25)
    found = text(monitor)
    assert 'training_steps_total{model="lm"} 11.0' in found
    assert 'training_loss{model="lm"} 2.0' in found
    assert 'epoch_progress{model="lm"} 0.25' in found
    assert 'validation_loss{model="lm"} 2.25' in found


def test_a_loss_that_is_not_a_number_is_shown_as_it_is(monitor):
    Training("lm", monitor=monitor).step(loss=math.nan)
    assert 'training_loss{model="lm"} NaN' in text(monitor)


def test_a_loss_that_nobody_measured_has_no_series(monitor):
    Training("lm", monitor=monitor)
    assert "training_loss{" not in text(monitor)
