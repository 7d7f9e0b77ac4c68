import logging

import pytest

from vedette.packs.logs.record import LogMessages
from vedette.sdk.monitor import Monitor


@pytest.mark.parametrize(
    "level,told",
    [
        (logging.DEBUG, "DEBUG"),
        (logging.WARNING, "WARNING"),
        (25, "INFO"),
        (logging.CRITICAL, "CRITICAL"),
        (99, "CRITICAL"),
        (5, "DEBUG"),
        (-3, "DEBUG"),
    ],
)
def test_a_message_is_counted_under_one_of_the_known_levels(level, told):
    monitor = Monitor(isolated=True)
    LogMessages(monitor=monitor).record(level=level, logger="shop.cart")
    expected = f'log_messages_total{{level="{told}",logger="shop.cart"}} 1.0'
    assert expected in monitor.expose().body.decode()
