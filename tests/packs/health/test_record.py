import asyncio
import logging
import os
import re
import threading
from datetime import UTC, datetime

import pytest

from vedette.errors import DeclarationError
from vedette.packs.health.checks import gpu
from vedette.packs.health.record import Health
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def gate():
    """A thing that hangs until the test is over."""
    gate = threading.Event()
    yield gate
    gate.set()


def passing(monitor):
    text = monitor.expose().body.decode()
    return dict(re.findall(r'health_check_passing\{check="(\w+)"\} (\S+)', text))


def fails():
    message = "password=hunter2 at db.internal"
    raise OSError(message)


def test_a_check_passes_unless_it_raises_or_answers_false(monitor):
    health = Health(
        monitor=monitor,
        nothing=lambda: None,
        true=lambda: True,
        false=lambda: False,
        broken=fails,
    )
    report = health.run()
    assert not report.passing
    assert {name: result.passing for name, result in report.checks.items()} == {
        "nothing": True,
        "true": True,
        "false": False,
        "broken": False,
    }


def test_a_check_that_was_not_made_but_only_named_fails_and_says_what_to_write(monitor, caplog):
    assert not Health(monitor=monitor, gpu=gpu).run().passing
    assert "call what makes the check, as in gpu()" in caplog.text


def test_the_document_tells_status_time_version_and_the_time_of_each_check(monitor):
    document = Health(version="1.4.2", monitor=monitor, fine=lambda: True).run().document()
    assert document["status"] == "ok"
    assert document["version"] == "1.4.2"
    told = datetime.fromisoformat(document["timestamp"])
    assert abs((datetime.now(UTC) - told).total_seconds()) < 60
    assert document["checks"]["fine"]["status"] == "ok"
    assert 0 <= document["checks"]["fine"]["seconds"] < 1


def test_why_a_check_failed_is_for_the_log_and_not_for_strangers(monitor, caplog):
    with caplog.at_level(logging.WARNING, "vedette"):
        document = Health(monitor=monitor, database=fails).run().document()
    assert "hunter2" not in str(document)
    assert document["checks"]["database"]["reason"] == "failed"
    assert "database failed OSError: password=hunter2 at db.internal" in caplog.text


def test_a_failure_is_logged_once_not_at_every_look(monitor, caplog):
    health = Health(monitor=monitor, database=fails)
    with caplog.at_level(logging.WARNING, "vedette"):
        for _ in range(3):
            health.run()
    assert len(caplog.records) == 1


def test_checks_run_at_the_same_time(monitor):
    together = threading.Barrier(3, timeout=10)
    health = Health(monitor=monitor, timeout=10, a=together.wait, b=together.wait, c=together.wait)
    assert health.run().passing


def test_a_check_that_hangs_holds_nobody_and_has_one_thread_for_ever(monitor, gate):
    health = Health(monitor=monitor, fine=lambda: True)
    health.check("hangs", gate.wait, timeout=0.05)
    before = threading.active_count()
    reports = [health.run() for _ in range(20)]
    assert threading.active_count() <= before + 1
    assert all(report.checks["hangs"].reason == "timed out" for report in reports)
    assert all(report.checks["fine"].passing for report in reports)
    assert reports[-1].checks["hangs"].seconds >= 0.05
    assert passing(monitor) == {"fine": "1.0", "hangs": "0.0"}


def test_a_check_that_hung_and_came_back_passes_again(monitor, gate):
    health = Health(monitor=monitor)
    health.check("slow", gate.wait, timeout=0.05)
    assert not health.run().passing
    gate.set()
    for _ in range(1000):
        if health.run().passing:
            break
    assert health.run().passing


def test_a_check_that_ends_too_late_has_failed(monitor):
    health = Health(monitor=monitor)
    late = threading.Event()
    health.check("late", lambda: late.wait(0.05) or True, timeout=0.01)
    result = health.run().checks["late"]
    assert result.reason == "timed out"


def test_each_check_has_a_time_of_its_own(monitor, gate):
    health = Health(monitor=monitor, timeout=30)
    health.check("hangs", gate.wait, timeout=0.02)
    health.check("fine", lambda: True)
    report = health.run()
    assert report.checks["hangs"].seconds < 10
    assert report.checks["fine"].passing


def test_an_asynchronous_check_runs_in_the_loop_that_asks(monitor):
    loops = []

    async def ask():
        loops.append(asyncio.get_running_loop())
        await asyncio.sleep(0)
        return True

    async def probe():
        report = await Health(monitor=monitor, cache=ask).run_async()
        return report.passing, asyncio.get_running_loop()

    good, loop = asyncio.run(probe())
    assert good
    assert loops == [loop]


def test_an_asynchronous_check_can_be_asked_without_a_loop(monitor):
    async def ask():
        await asyncio.sleep(0)
        return False

    assert not Health(monitor=monitor, cache=ask).run().passing


def test_an_asynchronous_check_that_hangs_does_not_hold_the_loop(monitor):
    async def scenario():
        release = asyncio.Event()
        health = Health(monitor=monitor, timeout=0.05, cache=release.wait)
        reports = [await health.run_async() for _ in range(5)]
        release.set()
        await asyncio.sleep(0.01)
        return reports

    reports = asyncio.run(scenario())
    assert {report.checks["cache"].reason for report in reports} == {"timed out"}


def test_a_scrape_runs_the_checks_too_so_that_the_metric_is_alive_without_a_probe(monitor):
    answers = [True]
    Health(monitor=monitor, disk=lambda: answers[0])
    assert passing(monitor) == {"disk": "1.0"}
    answers[0] = False
    for _ in range(1000):
        if passing(monitor) == {"disk": "0.0"}:
            break
    assert passing(monitor) == {"disk": "0.0"}


def test_a_scrape_is_not_held_by_a_check_that_hangs(monitor, gate):
    health = Health(monitor=monitor)
    health.check("hangs", gate.wait, timeout=0.01)
    monitor.expose()
    assert passing(monitor) == {"hangs": "0.0"}


def test_after_a_fork_the_child_runs_checks_of_its_own(monitor, gate):
    health = Health(monitor=monitor)
    parent = os.getpid()
    health.check("hangs", lambda: os.getpid() != parent or gate.wait(), timeout=0.05)
    assert not health.run().passing
    pid = os.fork()
    if pid == 0:
        os._exit(0 if health.run().passing else 1)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_two_checks_of_one_name_and_a_check_without_time_are_refused(monitor):
    health = Health(monitor=monitor, disk=lambda: True)
    with pytest.raises(DeclarationError, match="already"):
        health.check("disk", lambda: True)
    with pytest.raises(DeclarationError, match="above 0"):
        health.check("other", lambda: True, timeout=0)
