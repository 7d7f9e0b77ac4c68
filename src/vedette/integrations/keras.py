"""Keras: follow each fit through a callback.

from vedette.integrations.keras import callback

model.fit(x, y, callbacks=[callback(model="faces")])
"""

import functools
import threading
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from vedette.model.integration import Integration
from vedette.packs.training.follow import Follower, Names, harmless, quietly
from vedette.sdk.monitor import Monitor

INTEGRATION = Integration(
    title="Keras",
    library="keras",
    summary="Each fit: steps, loss, validation, epoch, learning rate, its end.",
    packs=("training",),
    example="""\
from vedette.integrations.keras import instrument

instrument()
""",
)

_lock = threading.Lock()
_named: "WeakKeyDictionary[Any, Monitor | None]" = WeakKeyDictionary()


class _Everyone:
    """Whether models that nobody named are followed."""

    follow = False
    monitor: Monitor | None = None


def callback(
    *, model: str = "", model_version: str = "", run: str = "", monitor: Monitor | None = None
) -> Any:
    """Return a callback for `model.fit(callbacks=[...])`.

    The loss is the one that Keras shows: the mean of the epoch so far.

    Args:
        model: The label `model`; the name of the Keras model unless given.
        model_version: The label `model_version`.
        run: The label `run`.
        monitor: Whose instruments; the process's own unless given.
    """
    _patch()
    return _kind()(Names(model=model, model_version=model_version, run=run), monitor)


def instrument(model: Any = None, *, monitor: Monitor | None = None) -> None:
    """Follow the fits of one model, or of every model of this process.

    A second call changes nothing.

    Args:
        model: Which; every one unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    _patch()
    if model is not None:
        _named.setdefault(model, monitor)
    elif not _Everyone.follow:
        _Everyone.follow, _Everyone.monitor = True, monitor


def _patch() -> None:
    """Stand around every fit: no hook of Keras tells that it failed."""
    import keras

    with _lock:
        original = keras.Model.fit
        if hasattr(original, "vedette"):
            return

        @functools.wraps(original)
        def fit(self: Any, *args: Any, **named: Any) -> Any:
            ours: list[_Watch] = []
            with harmless():
                named, ours = _joined(self, named)
            try:
                return original(self, *args, **named)
            except BaseException as error:
                for each in ours:
                    each.follower.ended_by(error)
                raise

        fit.vedette = True  # type: ignore[attr-defined]  # the mark of what is done already
        keras.Model.fit = fit


def _joined(model: Any, named: dict[str, Any]) -> "tuple[dict[str, Any], list[_Watch]]":
    """Return the arguments of a fit with our callback, where it is wanted, and our callbacks."""
    import keras

    given = named.get("callbacks")
    if isinstance(given, keras.callbacks.CallbackList):
        given = given.callbacks
        several = given
    else:
        several = list(given) if isinstance(given, list | tuple) else [given] if given else []
    ours = [each for each in several if isinstance(each, _Watch)]
    wanted = _Everyone.follow or model in _named
    if ours or not wanted or given is several:
        return named, ours
    made = _kind()(Names(), _named.get(model) or _Everyone.monitor)
    return {**named, "callbacks": [*several, made]}, [made]


@functools.cache
def _kind() -> Any:
    """Return the class of our callbacks: it cannot be made before Keras is imported."""
    import keras

    # It changes nothing of the training, so Keras may call it beside the next step.
    return type("VedetteCallback", (_Watch, keras.callbacks.Callback), {"async_safe": True})


class _Watch:
    """What our callbacks do, without the class of Keras that they are made from."""

    model: Any
    params: Mapping[str, Any]

    def __init__(self, names: Names, monitor: Monitor | None) -> None:
        super().__init__()
        self.follower = Follower(names, monitor)

    @quietly
    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        del logs
        self.follower.begin(self.model.name)

    @quietly
    def on_epoch_begin(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        del logs
        if self.follower.run is not None:
            self.follower.steps(0)
            self.follower.run.epoch(epoch + 1)

    @quietly
    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        del batch, logs
        self.follower.has_batch()

    @quietly
    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self.follower.run is not None:
            whole = self.params.get("steps")
            self.follower.run.step(
                # Several at once where Keras runs several between two calls.
                steps=self.follower.steps(batch + 1),
                loss=(logs or {}).get("loss"),
                epoch_progress=min((batch + 1) / whole, 1.0) if whole else None,
            )
            self.follower.wants_batch()

    @quietly
    def on_test_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        del logs
        if self.follower.run is not None:
            self.follower.run.pause()

    @quietly
    def on_test_end(self, logs: Mapping[str, Any] | None = None) -> None:
        del logs
        if self.follower.run is not None:
            self.follower.run.resume()

    @quietly
    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        del epoch
        if self.follower.run is not None:
            self.follower.run.step(steps=0, lr=_rate(self.model))
            self.follower.validated(logs or {})

    @quietly
    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        del logs
        self.follower.end()


def _rate(model: Any) -> Any:
    """Return the learning rate; the tensor inside, where Keras keeps it in a variable."""
    rate = getattr(getattr(model, "optimizer", None), "learning_rate", None)
    return getattr(rate, "value", rate)
