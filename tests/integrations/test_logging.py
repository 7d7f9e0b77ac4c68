import logging
import re
import threading

import pytest

from vedette.integrations.logging import instrument
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def every(monitor, monkeypatch):
    """Everything that is logged is counted, until the test is over."""
    monkeypatch.setattr(logging.Logger, "callHandlers", logging.Logger.callHandlers)
    instrument(monitor=monitor)


@pytest.fixture
def shop():
    """A logger of its own, as it was before."""
    logger = logging.getLogger("vedette-test-shop")
    logger.setLevel(logging.INFO)
    yield logger
    logger.handlers.clear()


def counted(monitor):
    text = monitor.expose().body.decode()
    found = re.findall(r'log_messages_total\{level="(\w+)",logger="(.*?)"\} (\d+)', text)
    return {(level, name): int(count) for level, name, count in found}


@pytest.mark.usefixtures("every")
def test_messages_are_counted_by_level_and_logger(shop, monitor):
    shop.info("started")
    shop.error("no such item")
    shop.error("no such item")
    shop.getChild("cart").critical("all is lost")
    assert counted(monitor) == {
        ("INFO", shop.name): 1,
        ("ERROR", shop.name): 2,
        ("CRITICAL", f"{shop.name}.cart"): 1,
    }


@pytest.mark.usefixtures("every")
def test_what_a_logger_does_not_let_through_is_not_counted(shop, monitor):
    shop.debug("below its level")
    shop.addFilter(lambda record: "secret" not in record.msg)
    shop.error("secret")
    shop.filters.clear()
    assert counted(monitor) == {}


@pytest.mark.usefixtures("every")
def test_messages_still_reach_their_handlers(shop, caplog):
    with caplog.at_level(logging.INFO, shop.name):
        shop.warning("careful")
    assert "careful" in caplog.text


@pytest.mark.usefixtures("every")
def test_an_exception_that_is_logged_is_an_error(shop, monitor):
    try:
        int("x")
    except ValueError:
        shop.exception("broken")
    assert counted(monitor) == {("ERROR", shop.name): 1}


@pytest.mark.usefixtures("every")
def test_messages_of_many_threads_are_all_counted(shop, monitor):
    shop.propagate = False
    shop.addHandler(logging.NullHandler())
    threads = [
        threading.Thread(target=lambda: [shop.info("x") for _ in range(500)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shop.propagate = True
    assert counted(monitor) == {("INFO", shop.name): 2000}


def test_instrumenting_twice_counts_once(shop, monitor, monkeypatch):
    monkeypatch.setattr(logging.Logger, "callHandlers", logging.Logger.callHandlers)
    instrument(monitor=monitor)
    instrument(monitor=monitor)
    shop.error("once")
    assert counted(monitor) == {("ERROR", shop.name): 1}


def test_one_logger_can_be_watched_alone(shop, monitor):
    instrument(shop, monitor)
    instrument(shop, monitor)
    shop.getChild("cart").error("counted")
    logging.getLogger("vedette-test-other").error("not counted")
    assert counted(monitor) == {("ERROR", f"{shop.name}.cart"): 1}


@pytest.mark.usefixtures("every")
def test_the_guard_against_too_many_loggers_does_not_count_its_own_warning(monitor):
    for number in range(1100):
        logging.getLogger(f"vedette-test-many-{number}").error("x")
    assert sum(counted(monitor).values()) == 1100
