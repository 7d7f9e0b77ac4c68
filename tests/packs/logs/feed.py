"""Feeds every metric of the pack through its recorders."""

from vedette.packs.logs.record import LogMessages


def feed(monitor):
    """Do what a program does that logs."""
    LogMessages(monitor=monitor).record(level=40, logger="shop")
