"""Feeds every metric of the pack through its recorders."""

from vedette.packs.serving.record import Api, Inference, Predictions


def feed(monitor):
    """Do what a service does."""
    inference = Inference("m", monitor=monitor)
    inference.record(seconds=1)
    inference.loaded()
    predictions = Predictions("m", monitor=monitor)
    predictions.record("digit", 7, 0.5)
    predictions.accuracy("digit", 0.9)
    predictions.drift("digit", 0.1)
    api = Api(monitor=monitor)
    api.record(endpoint="/predict", status=200, seconds=1)
    api.images(2)
    api.cache_size(3)
