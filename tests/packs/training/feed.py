"""Feeds every metric of the pack through its recorders."""

from vedette.packs.training.record import Training


def feed(monitor):
    """Do what a training loop does."""
    with Training("m", monitor=monitor) as run:
        for _ in run.data([1, 2]):
            run.step(loss=1, lr=1e-3, batch_size=8, grad_norm=1, epoch_progress=0.5)
        run.epoch(1)
        run.validated(loss=1, accuracy=0.9, precision=0.8, recall=0.7, f1=0.75)
