import gc
import math
import subprocess
import sys
import threading
from weakref import WeakSet

import numpy as np
import pytest
from prometheus_client.parser import text_string_to_metric_families

from vedette.packs.training.metrics import STATES
from vedette.packs.training.record import Training
from vedette.sdk.jobs import Job
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def run(monitor):
    run = Training("lm", monitor=monitor)
    yield run
    run.ended()


def series(monitor):
    """Every sample by its name, those with labels that tell them apart by name and label."""
    found = {}
    for family in text_string_to_metric_families(monitor.expose().body.decode()):
        for sample in family.samples:
            told = {key: value for key, value in sample.labels.items() if key in {"kind", "state"}}
            found["/".join([sample.name, *told.values()])] = sample.value
    return found


def state(monitor):
    """The one state that a run is in."""
    seen = series(monitor)
    (now,) = (each for each in STATES if seen[f"training_run_state/{each}"] == 1)
    return now


def test_a_run_is_under_way_inside_its_block_and_finished_after_it(monitor):
    with Training("lm", monitor=monitor):
        assert state(monitor) == "running"
        assert "training_run_end_timestamp_seconds" not in series(monitor)
    assert state(monitor) == "finished"
    seen = series(monitor)
    assert (
        seen["training_run_end_timestamp_seconds"] >= seen["training_run_start_timestamp_seconds"]
    )


@pytest.mark.parametrize(
    "error,expected", [(ZeroDivisionError, "failed"), (KeyboardInterrupt, "stopped")]
)
def test_a_run_says_how_it_ended(monitor, error, expected):
    with pytest.raises(error), Training("lm", monitor=monitor):
        raise error
    assert state(monitor) == expected


def test_what_the_program_says_of_the_end_counts_more_than_the_end_of_the_block(monitor):
    with Training("lm", monitor=monitor) as run:
        run.ended("failed")
    assert state(monitor) == "failed"


def test_the_first_step_begins_a_run_and_one_after_the_end_begins_it_anew(monitor, run):
    assert "training_run_state/running" not in series(monitor)
    run.step(loss=1)
    assert state(monitor) == "running"
    run.ended()
    assert state(monitor) == "finished"
    run.step(loss=1)
    assert state(monitor) == "running"


def test_before_the_first_step_the_last_step_is_the_beginning(monitor):
    with Training("lm", monitor=monitor) as run:
        seen = series(monitor)
        began = seen["training_run_start_timestamp_seconds"]
        assert seen["training_last_step_timestamp_seconds"] == began
        run.step()
        assert series(monitor)["training_last_step_timestamp_seconds"] >= began


def test_a_clock_that_is_set_back_does_not_end_a_run_before_it_began(monitor, monkeypatch):
    clock = iter([1000.0, 400.0])
    monkeypatch.setattr("vedette.packs.training.life.time.time", lambda: next(clock))
    with Training("lm", monitor=monitor):
        pass
    assert series(monitor)["training_run_end_timestamp_seconds"] == 1000


def test_steps_are_counted_and_the_latest_values_are_shown(monitor, run):
    run.step(loss=2.5, epoch_progress=0.25)
    run.step(loss=2.0, steps=10, lr=1e-3, grad_norm=4, batch_size=32)
    run.epoch(2)
    run.validated(loss=2.25, accuracy=0.5, precision=0.25, recall=0.75, f1=0.375)
    seen = series(monitor)
    assert {
        "training_steps_total": 11.0,
        "training_loss": 2.0,
        "training_learning_rate": 1e-3,
        "training_gradient_norm": 4.0,
        "training_batch_size": 32.0,
        "training_samples_total": 320.0,
        "training_epoch": 2.0,
        "epoch_progress": 0.25,
        "validation_loss": 2.25,
        "validation_accuracy": 0.5,
        "validation_precision": 0.25,
        "validation_recall": 0.75,
        "validation_f1": 0.375,
    }.items() <= seen.items()


def test_values_of_steps_that_are_counted_already_count_none(monitor, run):
    run.step(steps=3)
    before = series(monitor)["training_last_step_timestamp_seconds"]
    run.step(steps=0, loss=1.5)
    seen = series(monitor)
    assert seen["training_steps_total"] == 3
    assert seen["training_loss"] == 1.5
    assert seen["training_last_step_timestamp_seconds"] == before


def test_a_step_is_timed_from_the_one_before_unless_its_time_is_given(monitor, run, monkeypatch):
    clock = iter([0.0, 2.0, 7.0, 100.0, 200.0])
    monkeypatch.setattr("vedette.packs.training.record.time.perf_counter", lambda: next(clock))
    run.step()
    run.step()
    run.step(seconds=0.5)
    assert series(monitor)["training_step_duration_seconds_sum"] == 2.5
    run.validated(loss=1)
    run.step()
    assert series(monitor)["training_step_duration_seconds_count"] == 2
    run.step(steps=50)
    assert series(monitor)["training_step_duration_seconds_sum"] == 4.5


def test_waiting_for_a_batch_is_counted_and_the_work_on_it_is_not(monitor, run, monkeypatch):
    clock = iter([0.0, 1.0, 10.0, 12.0, 20.0])
    monkeypatch.setattr("vedette.packs.training.record.time.perf_counter", lambda: next(clock))
    assert list(run.data(["a", "b"])) == ["a", "b"]
    assert series(monitor)["training_data_wait_seconds_total"] == 3


@pytest.mark.parametrize("loss", [math.nan, math.inf, -math.inf])
def test_a_loss_that_is_not_a_number_is_shown_as_it_is_and_counted(monitor, run, loss):
    run.step(loss=1.0)
    assert series(monitor)["training_not_finite_total/loss"] == 0
    run.step(loss=loss, grad_norm=loss)
    run.validated(loss=loss)
    seen = series(monitor)
    for name in ("training_loss", "training_gradient_norm", "validation_loss"):
        assert seen[name] == loss or math.isnan(seen[name]) == math.isnan(loss)
    for kind in ("loss", "gradient_norm", "validation_loss"):
        assert seen[f"training_not_finite_total/{kind}"] == 1


def test_a_second_loss_of_exactly_nothing_is_counted_as_a_hidden_fault(monitor, run):
    run.step(loss=0.0)
    run.step(loss=0.5)
    run.step(loss=0.0)
    assert series(monitor)["training_not_finite_total/zero_loss"] == 0
    run.step(loss=0.0)
    run.step(loss=0.0)
    assert series(monitor)["training_not_finite_total/zero_loss"] == 2


def test_a_loss_that_nobody_measured_has_no_series(monitor, run):
    run.step()
    run.validated()
    assert {name.split("/")[0] for name in series(monitor)} - {"vedette_lost_records_total"} == {
        "training_steps_total",
        "training_last_step_timestamp_seconds",
        "training_run_state",
        "training_run_start_timestamp_seconds",
    }


@pytest.mark.parametrize(
    "loss", [np.float32(1.5), np.array(1.5), np.float64(1.5)], ids=["f32", "array", "f64"]
)
def test_numbers_of_other_libraries_are_numbers(monitor, run, loss):
    run.step(loss=loss, lr=loss, grad_norm=loss, batch_size=loss, epoch_progress=loss / 2)
    run.validated(loss=loss, accuracy=loss)
    seen = series(monitor)
    assert seen["training_loss"] == seen["training_learning_rate"] == 1.5
    assert seen["validation_loss"] == seen["validation_accuracy"] == 1.5


@pytest.mark.parametrize(
    "told",
    [
        {"loss": "low"},
        {"loss": np.zeros(3)},
        {"lr": object()},
        {"steps": "many"},
        {"steps": -1},
        {"seconds": math.nan},
        {"seconds": "x", "steps": 2},
        {"samples": []},
        {"batch_size": "x"},
        {"grad_norm": {}},
        {"epoch_progress": b"x"},
    ],
)
def test_nonsense_is_counted_as_lost_and_never_raised(monitor, run, told):
    run.step(**told)
    run.validated(loss=told, accuracy="x")
    run.epoch("first")
    lost = [value for name, value in series(monitor).items() if name.startswith("vedette_lost")]
    assert sum(lost) >= 1


def test_a_run_that_waits_on_purpose_is_idle(monitor, run):
    with run.idle():
        assert "training_run_state/idle" not in series(monitor)
    run.step()
    with run.idle():
        assert state(monitor) == "idle"
    assert state(monitor) == "running"
    with pytest.raises(ZeroDivisionError), run.idle():
        raise ZeroDivisionError
    assert state(monitor) == "running"
    with run.idle():
        run.ended()
    assert state(monitor) == "finished"


def test_runs_of_one_model_are_told_apart(monitor):
    for name in ("a", "b"):
        with Training("lm", model_version="2", run=name, monitor=monitor) as run:
            run.step(loss=1)
    text = monitor.expose().body.decode()
    for name in ("a", "b"):
        assert f'training_steps_total{{model="lm",model_version="2",run="{name}"}} 1.0' in text


def test_a_run_knows_of_others_that_are_under_way(monitor, run, monkeypatch):
    # Runs that other tests left open may not have been collected yet.
    monkeypatch.setattr("vedette.packs.training.life._under_way", WeakSet())
    run.step()
    other = Training("other", monitor=monitor)
    assert other.life.others()
    assert not run.life.others()
    other.step()
    assert run.life.others()
    other.ended()
    del other
    gc.collect()
    assert not run.life.others()


def test_threads_do_not_lose_steps(monitor, run):
    run.step()
    workers = [
        threading.Thread(target=lambda: [run.step(loss=1.0) for _ in range(500)]) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert series(monitor)["training_steps_total"] == 2001


@pytest.mark.parametrize("status,expected", [("success", "finished"), ("failed", "failed")])
def test_a_run_that_nobody_ended_ends_with_its_job(
    monitor, status, expected, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    job = Job("nightly", monitor=monitor).start()
    run = Training("lm", monitor=monitor)
    run.step(loss=1)
    job.close(status)
    assert state(monitor) == expected


def test_a_run_whose_block_goes_on_does_not_end_with_a_job_inside_it(
    monitor, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with Training("lm", monitor=monitor) as run, Job("part", monitor=monitor):
        run.step(loss=1)
    with Training("lm", monitor=monitor) as run:
        with Job("part", monitor=monitor):
            run.step(loss=1)
        assert state(monitor) == "running"


def test_a_run_on_another_monitor_does_not_end_with_a_job(monitor, run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    run.step(loss=1)
    Job("other", monitor=Monitor(isolated=True)).start().close()
    assert state(monitor) == "running"


_PROGRAM = """
import atexit
from vedette.packs.training.record import Training
from vedette.sdk.jobs import Job
from vedette.sdk.monitor import Monitor
monitor = Monitor(isolated=True)
def show():
    text = monitor.expose().body.decode()
    print([line for line in text.splitlines() if line.endswith(" 1.0") and "state=" in line])
atexit.register(show)  # as what hands the values of a job over does
run = Training("lm", monitor=monitor)
run.step(loss=1)
{end}
"""


@pytest.mark.parametrize(
    "end,expected", [("", "finished"), ("1 / 0", "failed"), ("raise SystemExit(3)", "finished")]
)
def test_a_program_that_ends_in_order_says_so_for_a_run_that_it_left_open(end, expected):
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM.format(end=end)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert f'state="{expected}"' in done.stdout, done.stderr
