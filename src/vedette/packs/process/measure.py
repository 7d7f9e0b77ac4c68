"""How long blocks of code take."""

from weakref import WeakKeyDictionary

from vedette.packs.process.metrics import OPERATION_SECONDS
from vedette.sdk.around import Around
from vedette.sdk.instruments import Histogram
from vedette.sdk.monitor import Monitor, default_monitor

_bound: "WeakKeyDictionary[Monitor, dict[str, Histogram]]" = WeakKeyDictionary()


def measure_time(operation: str, *, monitor: Monitor | None = None) -> Around:
    """Record how long a block, a function or a coroutine takes, also where it raises.

    Example:
        with measure_time("forward_pass"):
            output = model(batch)

        @measure_time("load_batch")
        def load_batch(): ...

    Args:
        operation: What is done; one of few names, for it is a label.
        monitor: Whose instruments; the process's own unless given.
    """
    bind = monitor or default_monitor()
    known = _bound.setdefault(bind, {})
    histogram = known.get(operation)
    if histogram is None:
        histogram = known[operation] = bind.histogram(OPERATION_SECONDS, operation=operation)
    return histogram.time()
