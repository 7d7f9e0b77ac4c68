"""What a product records."""

import pytest

from vedette.errors import DeclarationError
from vedette.packs.business.record import Business
from vedette.sdk.monitor import Monitor


def test_what_users_do_is_counted(value):
    monitor = Monitor(isolated=True)
    business = Business(monitor=monitor)
    business.active_users(12)
    business.used("search")
    business.used("search")
    business.done("checkout")

    assert value(monitor, "active_users_total") == 12
    assert value(monitor, "feature_usage_total", feature="search") == 2
    done = "business_operations_total"
    assert value(monitor, done, operation="checkout", status="success") == 1
    assert value(monitor, done, operation="checkout", status="failure") == 0


def test_counters_and_gauges_of_ones_own_are_declared_in_a_line(value):
    monitor = Monitor(isolated=True)
    business = Business(monitor=monitor)
    orders = business.counter("orders_total", "Orders.", labels=("channel",))
    orders.labels("web").inc()
    orders.labels(channel="web").inc(2)
    business.gauge("baskets", "Baskets that are open.").set(4)

    assert value(monitor, "orders_total", channel="web") == 3
    assert value(monitor, "baskets") == 4


def test_a_counter_that_is_named_like_none_is_refused_at_its_declaration():
    with pytest.raises(DeclarationError, match="_total"):
        Business(monitor=Monitor(isolated=True)).counter("orders", "Orders.")
