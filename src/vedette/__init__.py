"""Monitoring for machine-learning systems that can prove that it works."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vedette.continuous import ContinuousMonitor
    from vedette.model.metric import Metric
    from vedette.packs.modules.record import Module
    from vedette.packs.process.measure import measure_time
    from vedette.sdk.jobs import job
    from vedette.sdk.marks import mark
    from vedette.sdk.monitor import Monitor
    from vedette.sdk.server import start_monitoring_server

__version__ = "0.1.0"
__all__ = [
    "ContinuousMonitor",
    "Metric",
    "Module",
    "Monitor",
    "__version__",
    "job",
    "mark",
    "measure_time",
    "start_monitoring_server",
]

_PLACES = {
    "ContinuousMonitor": "vedette.continuous",
    "Metric": "vedette.model.metric",
    "Module": "vedette.packs.modules.record",
    "Monitor": "vedette.sdk.monitor",
    "job": "vedette.sdk.jobs",
    "mark": "vedette.sdk.marks",
    "measure_time": "vedette.packs.process.measure",
    "start_monitoring_server": "vedette.sdk.server",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for, so that `import vedette` costs nothing."""
    if name not in _PLACES:
        message = f"module 'vedette' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)
