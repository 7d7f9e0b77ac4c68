"""Feeds every metric of the pack through its recorders."""

from vedette.packs.tasks.record import Tasks


def feed(monitor):
    """Do what a worker does."""
    tasks = Tasks(monitor=monitor)
    tasks.began("resize", waited=0.2)
    tasks.ended("resize", state="success", seconds=1.5)
