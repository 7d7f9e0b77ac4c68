"""Feeds every metric of the pack through its recorders."""

from unittest import mock

from vedette.packs.process import _nvml
from vedette.packs.process.record import watch_process


def feed(monitor):
    """Do what a service does, on a machine with one GPU."""
    with mock.patch.multiple(_nvml, count=lambda: 1, used_bytes=lambda _: 1.0):
        watch_process(monitor=monitor)
        monitor.expose()
