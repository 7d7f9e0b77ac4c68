import copy
import gc
import importlib
import math
import runpy
import subprocess
import sys
from weakref import WeakSet

import pytest

from vedette.integrations import pytorch
from vedette.packs.training.record import Training
from vedette.sdk.monitor import Monitor


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch")


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def net(torch):
    torch.manual_seed(0)
    return torch.nn.Linear(4, 1)


@pytest.fixture
def optimizer(torch, net):
    return torch.optim.SGD(net.parameters(), lr=0.05)


@pytest.fixture
def everything(monkeypatch, torch):
    """The automatic form, undone after the test."""
    assert torch
    hooks = importlib.import_module("torch.optim.optimizer")._global_optimizer_post_hooks
    before = dict(hooks)
    monkeypatch.setattr(pytorch._Everything, "loop", None)
    # Runs that other tests left open may not have been collected yet.
    monkeypatch.setattr("vedette.packs.training.life._under_way", WeakSet())
    yield pytorch.instrument
    if pytorch._Everything.loop is not None:
        pytorch._Everything.loop.ended()
    hooks.clear()
    hooks.update(before)


def value(monitor, name, **labels):
    """The value of the one series with these labels; None where there is none."""
    wanted = {f'{key}="{value}"' for key, value in labels.items()}
    lines = monitor.expose().body.decode().splitlines()
    found = [line for line in lines if line.startswith(name) and all(w in line for w in wanted)]
    assert len(found) <= 1, found
    return float(found[0].split()[-1]) if found else None


def train(net, optimizer, batches):
    """Do a few real steps, as any loop does, and yield each loss."""
    for batch in batches:
        optimizer.zero_grad()
        loss = (net(batch) - 1).square().mean()
        loss.backward()
        optimizer.step()
        yield loss


def batches(torch, count=5):
    return [torch.randn(8, 4) for _ in range(count)]


_LIGHT = """
import sys
from vedette.integrations import keras, lightning, pytorch, sklearn, transformers
print([name for name in ("keras", "lightning", "torch", "sklearn", "transformers", "numpy")
       if name in sys.modules])
"""


def test_no_integration_imports_its_library_before_it_is_asked_to():
    done = subprocess.run(
        [sys.executable, "-c", _LIGHT], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_a_person_pastes_runs(torch, monitor, monkeypatch, tmp_path):
    assert torch
    monkeypatch.setattr("vedette.packs.training.record.default_monitor", lambda: monitor)
    (tmp_path / "pasted.py").write_text(pytorch.INTEGRATION.example)
    runpy.run_path(str(tmp_path / "pasted.py"))
    assert value(monitor, "training_steps_total", model="line") == 3
    assert value(monitor, "training_loss", model="line") > 0


def test_a_loop_is_followed_from_its_first_step_to_its_end(torch, monitor, net, optimizer):
    with pytorch.watch(optimizer, model="line", gradients_every=2, monitor=monitor) as loop:
        loader = torch.utils.data.DataLoader(torch.randn(24, 4), batch_size=8)
        timed = loop.data(loader)
        assert len(timed) == 3
        assert timed.batch_size == 8
        losses = []
        for _ in range(2):
            for loss in train(net, optimizer, timed):
                loop.loss(loss)
                losses.append(loss.item())
        assert value(monitor, "training_run_state", state="running") == 1
    assert value(monitor, "training_run_state", state="finished") == 1
    assert value(monitor, "training_steps_total", model="line") == 6
    assert value(monitor, "training_loss", model="line") == pytest.approx(losses[-1])
    assert value(monitor, "training_learning_rate") == 0.05
    assert value(monitor, "training_epoch") == 2
    assert value(monitor, "epoch_progress") == 1
    assert value(monitor, "training_data_wait_seconds_total") > 0
    assert value(monitor, "training_step_duration_seconds_count") == 5
    norm = torch.linalg.vector_norm(torch.cat([p.grad.flatten() for p in net.parameters()]))
    assert value(monitor, "training_gradient_norm") == pytest.approx(norm.item(), rel=1e-5)


def test_no_gradient_norm_is_measured_unless_it_is_asked_for(torch, monitor, net, optimizer):
    with pytorch.watch(optimizer, monitor=monitor):
        list(train(net, optimizer, batches(torch)))
    assert value(monitor, "training_gradient_norm") is None


def test_counting_steps_never_waits_for_the_device(torch, monitor, net, optimizer, monkeypatch):
    asked: list[object] = []
    monkeypatch.setattr(torch.Tensor, "item", asked.append)
    monkeypatch.setattr(torch.Tensor, "__float__", asked.append)
    with pytorch.watch(optimizer, monitor=monitor):
        list(train(net, optimizer, batches(torch)))
    assert asked == []
    assert value(monitor, "training_steps_total") == 5


def test_a_rate_that_lies_in_a_tensor_is_not_asked_for(torch, monitor, net):
    optimizer = torch.optim.Adam(net.parameters(), lr=torch.tensor(0.01), capturable=False)
    with pytorch.watch(optimizer, monitor=monitor):
        list(train(net, optimizer, batches(torch)))
    assert value(monitor, "training_steps_total") == 5
    assert value(monitor, "training_learning_rate") is None


class Far:
    """A loss on another device: it tells how often it was waited for."""

    class device:  # noqa: N801 - as torch spells it
        """Where it is."""

        type = "cuda"

    def __init__(self) -> None:
        self.waits = 0

    def detach(self):
        """Leave the graph."""
        return self

    def __float__(self) -> float:
        self.waits += 1
        return 0.5


def test_of_losses_on_another_device_one_of_fifty_is_waited_for(monitor):
    loop, loss = pytorch.Loop("far", monitor=monitor), Far()
    for _ in range(120):
        loop.loss(loss)  # a tensor
    assert loss.waits == 3
    assert value(monitor, "training_loss") == 0.5


def test_a_loss_that_turns_nan_is_counted(torch, monitor, net, optimizer):
    with pytorch.watch(optimizer, monitor=monitor) as loop:
        for loss in train(net, optimizer, [torch.full((8, 4), math.inf)]):
            loop.loss(loss)
        loop.loss(torch.tensor(math.nan, requires_grad=True))
    assert math.isnan(value(monitor, "training_loss"))
    assert value(monitor, "training_not_finite_total", kind="loss") == 2


def test_watching_twice_counts_once(torch, monitor, net, optimizer):
    first = pytorch.watch(optimizer, model="line", monitor=monitor)
    assert pytorch.instrument(optimizer) is first
    with first:
        list(train(net, optimizer, batches(torch)))
    assert value(monitor, "training_steps_total", model="line") == 5


def test_every_optimiser_is_counted_without_being_named(torch, monitor, net, optimizer, everything):
    loop = everything(monitor=monitor)
    assert everything(monitor=Monitor(isolated=True)) is loop
    list(train(net, optimizer, batches(torch)))
    later = torch.optim.Adam(net.parameters())
    list(train(net, later, batches(torch, 2)))
    assert value(monitor, "training_steps_total") == 7
    assert value(monitor, "training_learning_rate") == 0.001
    assert value(monitor, "training_run_state", state="running") is None


def test_a_step_that_something_else_counts_is_not_counted_twice(
    torch, monitor, net, optimizer, everything
):
    everything(monitor=monitor)
    with Training("own", monitor=monitor) as run:
        for loss in train(net, optimizer, batches(torch)):
            run.step(loss=loss)
    with pytorch.watch(optimizer, model="line", monitor=monitor):
        list(train(net, optimizer, batches(torch)))
    assert value(monitor, "training_steps_total", model="own") == 5
    assert value(monitor, "training_steps_total", model="line") == 5
    assert 'training_steps_total{model="",model_version="",run=""} 0.0' in (
        monitor.expose().body.decode()
    )


def test_a_fault_of_the_monitor_does_not_reach_the_loop(torch, monitor, net, optimizer):
    loop = pytorch.watch(optimizer, monitor=monitor, gradients_every=1)
    net.weight.register_post_accumulate_grad_hook(lambda p: setattr(p, "grad", p.grad.to_sparse()))
    loop.loss("nothing")
    with loop:
        list(train(net, optimizer, batches(torch)))
    assert value(monitor, "training_steps_total") is not None


def test_a_watched_optimiser_is_copied_saved_and_let_go_as_any_other(torch, monitor, net):
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    pytorch.watch(optimizer, monitor=monitor)
    other = copy.deepcopy(optimizer)
    other.load_state_dict(optimizer.state_dict())
    before = len(pytorch._watched)
    del optimizer
    gc.collect()
    assert len(pytorch._watched) == before - 1
