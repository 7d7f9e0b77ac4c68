"""Feeds every metric of the pack through its recorders."""

import subprocess
import sys
import time

from vedette.packs.process.measure import measure_time
from vedette.packs.process.record import watch_process, watch_system


def feed(monitor):
    """Do what a service does that has a child, on a machine that is busy for a moment."""
    with measure_time("forward_pass", monitor=monitor):
        watch_process(monitor=monitor)
        watch_system(monitor=monitor)
    end = time.monotonic() + 0.05  # the kernel counts hundredths of a second
    while time.monotonic() < end:
        sum(range(1000))
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        monitor.expose()
    finally:
        child.communicate(b"\n")
