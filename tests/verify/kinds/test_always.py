import time

import pytest

from vedette.verify.kinds.always import AlwaysPromise, check
from vedette.verify.outcome import BrokenPromiseError

PROMISE = AlwaysPromise(always="Watchdog", within=0.3)


def test_an_alert_that_fires_and_was_told_of_is_kept(prometheus, system):
    prometheus.states = [({"alertname": "Watchdog"}, "firing")]
    for sink in ("webhook", "email"):
        system.inbox.put(sink, "Watchdog", "firing")
    assert [step.name for step in check(PROMISE, system).steps] == [
        "firing",
        "firing by webhook",
        "firing by email",
    ]


@pytest.mark.usefixtures("prometheus")
def test_silence_is_broken(system):
    started = time.monotonic()
    with pytest.raises(BrokenPromiseError, match="Watchdog is quiet"):
        check(PROMISE, system)
    assert time.monotonic() - started < 5


def test_an_alert_that_nobody_was_told_of_is_broken(prometheus, system):
    prometheus.states = [({"alertname": "Watchdog"}, "firing")]
    with pytest.raises(BrokenPromiseError, match="no webhook said that Watchdog is firing"):
        check(PROMISE, system)
