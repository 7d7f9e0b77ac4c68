"""scikit-learn: time what an estimator learns and what it predicts.

from vedette.integrations.sklearn import instrument

instrument()
"""

import functools
import threading
import time
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from vedette.model.integration import Integration
from vedette.packs.serving.record import Inference
from vedette.packs.training.record import Training
from vedette.sdk.monitor import Monitor

INTEGRATION = Integration(
    title="scikit-learn",
    library="sklearn",
    summary="Each fit and partial_fit as training, each predict as an inference of the model.",
    packs=("training", "serving"),
    example="""\
from sklearn.linear_model import SGDClassifier

from vedette.integrations.sklearn import instrument

instrument()
SGDClassifier().fit([[0.0], [1.0]], [0, 1]).predict([[0.5]])
""",
)

_LEARNING = ("fit", "partial_fit")
_ANSWERING = ("predict", "predict_proba", "decision_function")
_named: "WeakKeyDictionary[Any, _Estimator]" = WeakKeyDictionary()
_lock = threading.Lock()
_inside = threading.local()


class _Estimator:
    """The recorders of one model."""

    def __init__(self, model: str, monitor: Monitor | None) -> None:
        self.training = Training(model, monitor=monitor)
        self.inference = functools.cache(lambda: Inference(model, monitor=monitor))


class _Everyone:
    """The recorders of estimators that nobody named, by the name of their class."""

    patched = False
    follow = False
    monitor: Monitor | None = None
    of: dict[str, _Estimator] = {}  # noqa: RUF012 - one for the process, on purpose


def instrument(estimator: Any = None, *, model: str = "", monitor: Monitor | None = None) -> None:
    """Record what one estimator learns and predicts, or what every one of this process does.

    Of estimators inside others (a pipeline, a search) only the outermost call is recorded. A
    second call changes nothing.

    Args:
        estimator: Which; every one, those of classes defined later too, unless given.
        model: The label `model`; the name of its class unless given.
        monitor: Whose instruments; the process's own unless given.
    """
    with _lock:
        _patch()
        if estimator is None:
            if not _Everyone.follow:
                _Everyone.follow, _Everyone.monitor = True, monitor
        elif estimator not in _named:
            _named[estimator] = _Estimator(model or type(estimator).__name__, monitor)


def _of(estimator: Any) -> _Estimator | None:
    found = _named.get(estimator)
    if found is not None or not _Everyone.follow:
        return found
    name = type(estimator).__name__
    if name not in _Everyone.of:
        _Everyone.of[name] = _Estimator(name, _Everyone.monitor)
    return _Everyone.of[name]


def _patch() -> None:
    from sklearn.base import BaseEstimator

    if _Everyone.patched:
        return
    _Everyone.patched = True
    known = [BaseEstimator]
    while known:
        kind = known.pop()
        known += kind.__subclasses__()
        _wrap(kind)
    original = BaseEstimator.__init_subclass__.__func__

    def init_subclass(kind: type, /, **named: Any) -> None:
        original(kind, **named)
        _wrap(kind)

    BaseEstimator.__init_subclass__ = classmethod(init_subclass)


def _wrap(kind: type) -> None:
    """Stand around the methods of a class, where they are defined: often in a mixin."""
    for owner in kind.__mro__:
        for names, around in ((_LEARNING, _learning), (_ANSWERING, _answering)):
            for name in names:
                original = vars(owner).get(name)
                if original is not None and not hasattr(original, "vedette"):
                    setattr(owner, name, _around(original, around))


def _around(original: Any, around: Callable[[Any], Any]) -> Any:
    if not callable(original):
        return _Sometimes(original, around)
    wrapped = around(original)
    wrapped.vedette = True  # the mark of what is done already
    return wrapped


class _Sometimes:
    """A method that some estimators of a class have, and others do not: it depends on a setting.

    Args:
        original: scikit-learn's descriptor, which says whether.
        around: What stands around the method.
    """

    vedette = True

    def __init__(self, original: Any, around: Callable[[Any], Any]) -> None:
        self._original = original
        self._around = around

    def __get__(self, estimator: Any, kind: type | None = None) -> Any:
        method = self._original.__get__(estimator, kind)
        if estimator is None:
            return method

        @functools.wraps(method)
        def call(_: Any, *args: Any, **named: Any) -> Any:
            return method(*args, **named)

        return functools.partial(self._around(call), estimator)


def _learning(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def learn(self: Any, *args: Any, **named: Any) -> Any:
        estimator = _outermost(self)
        if estimator is None:
            return original(self, *args, **named)
        _inside.busy = True
        start = time.perf_counter()
        try:
            with estimator.training as run:
                answer = original(self, *args, **named)
                data = args[0] if args else named.get("X")
                _learnt(run, self, data=data, seconds=time.perf_counter() - start)
        finally:
            _inside.busy = False
        return answer

    return learn


def _answering(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def answer(self: Any, *args: Any, **named: Any) -> Any:
        estimator = _outermost(self)
        if estimator is None:
            return original(self, *args, **named)
        _inside.busy = True
        try:
            with estimator.inference().time():
                return original(self, *args, **named)
        finally:
            _inside.busy = False

    return answer


def _outermost(estimator: Any) -> _Estimator | None:
    """Return the recorders of a call that stands in no other; None for one inside."""
    if getattr(_inside, "busy", False):
        return None
    try:
        return _of(estimator)
    except Exception:  # noqa: BLE001 - a broken monitor never breaks the program
        return None


def _learnt(run: Training, estimator: Any, *, data: Any, seconds: float) -> None:
    """Record one fit as one step, with the loss that some estimators keep."""
    try:
        shape = getattr(data, "shape", None)
        samples = shape[0] if shape else len(data)
        run.step(seconds=seconds, samples=samples, loss=getattr(estimator, "loss_", None))
    except Exception as fault:  # noqa: BLE001 - a broken monitor never breaks the program
        run.lose(fault)
