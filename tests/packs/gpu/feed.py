"""Feeds every metric of the pack through its recorders."""

import importlib.util
from pathlib import Path

from vedette.packs.gpu._nvml import Driver
from vedette.packs.gpu.record import GpuMemory
from vedette.packs.gpu.watch import GpuWatch, Session


def _fake_nvml():
    path = Path(__file__).with_name("fake_nvml.py")
    spec = importlib.util.spec_from_file_location("fake_nvml", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def feed(monitor):
    """Watch a machine with one whole card and one that was cut, and record what a program knows."""
    fake = _fake_nvml()
    active = {name: answer for name, answer in fake.H200.items() if "Gpm" in name}
    cut = {**fake.A100_MIG, **active, "nvmlGpmMigSampleGet": None}
    instance = fake.instance("MIG-1", "3g.20gb", fake.GIB, 20 * fake.GIB)
    library = fake.FakeNvml(fake.H200, cut, instances={0: instance})
    library.events.append((0, 13))
    now = iter(range(0, 1_000_000, 1000))
    GpuWatch(
        monitor,
        begin=lambda: Session(Driver(library)),
        clock=lambda: float(next(now)),
        patience=30,
    )
    GpuMemory(monitor=monitor).record(percent=45.0)
    for _ in range(3):
        monitor.expose()
