"""Feeds every metric of the pack through its recorders."""

from vedette.packs.serving.record import Inference


def feed(monitor):
    """Do what a service does."""
    inference = Inference("m", monitor=monitor)
    inference.record(seconds=1, tokens=2, confidence=0.5)
    inference.predicted("digit", 7)
    inference.loaded()
