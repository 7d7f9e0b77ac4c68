"""Feeds every metric of the pack through its recorders."""

from vedette.packs.process.record import watch_process


def feed(monitor):
    """Do what a service does."""
    watch_process(monitor=monitor)
    monitor.expose()
