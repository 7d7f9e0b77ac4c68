"""A machine with GPUs that were recorded, and a watch on it."""

import importlib.util
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from vedette.packs.gpu._nvml import Driver
from vedette.packs.gpu.watch import GpuWatch, Session
from vedette.sdk.monitor import Monitor


@pytest.fixture(scope="session")
def fake():
    """The recorded library."""
    path = Path(__file__).with_name("fake_nvml.py")
    spec = importlib.util.spec_from_file_location("fake_nvml", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Scrapes:
    """Scrapes of a monitor; time passes between them only when it is told to."""

    def __init__(self):
        self.monitor = Monitor(isolated=True)
        self.now = 100.0

    def watch(self, library, patience=30.0):
        """Begin to watch the machine with this library, and wait for the first look at it."""
        watch = GpuWatch(
            self.monitor,
            begin=lambda: Session(Driver(library)),
            clock=lambda: self.now,
            patience=patience,
        )
        watch._thread.join(patience)
        return watch

    def __call__(self, later=5.0):
        """Return every GPU sample of a scrape: name and label values to the value."""
        self.now += later
        text = self.monitor.expose().body.decode()
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name.startswith("gpu_")
        }


@pytest.fixture
def scrape():
    """Scrapes of one machine."""
    return Scrapes()
