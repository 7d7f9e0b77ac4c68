"""A shop that people visit feeds every metric of the pack, and those that it declares itself."""

import sqlite3
from contextlib import closing
from wsgiref.util import setup_testing_defaults

import pytest

from vedette.packs.business.record import Business
from vedette.sdk.monitor import Monitor

STOCK = {"tea": 2, "cake": 1}


class Shop:
    """Sells what it has, over WSGI."""

    def __init__(self, database, monitor):
        self.database = database
        database.execute(
            "CREATE TABLE stock (thing TEXT PRIMARY KEY, left INTEGER CHECK (left >= 0))"
        )
        database.executemany("INSERT INTO stock VALUES (?, ?)", STOCK.items())
        self.here: set[str] = set()
        self.business = Business(monitor=monitor)
        self.sold = self.business.counter("things_sold_total", "Things sold.", labels=("thing",))
        self.stock = self.business.gauge("stock_things", "Things left.")

    def __call__(self, environ, start_response):
        """Answer a visitor: `/look`, `/buy/<thing>` or `/leave`."""
        who, (page, _, thing) = environ["REMOTE_USER"], environ["PATH_INFO"][1:].partition("/")
        status, self.here = "200 OK", self.here | {who}
        if page == "buy":
            bought = self._buy(thing)
            self.business.done("buy", ok=bought)
            status = status if bought else "409 Conflict"
        elif page == "leave":
            self.here -= {who}
        else:
            self.business.used(page)
        self.business.active_users(len(self.here))
        start_response(status, [("Content-Length", "0")])
        return []

    def _buy(self, thing):
        try:
            with self.database:
                self.database.execute("UPDATE stock SET left = left - 1 WHERE thing = ?", (thing,))
        except sqlite3.IntegrityError:
            return False
        self.sold.labels(thing).inc()
        (left,) = self.database.execute("SELECT sum(left) FROM stock").fetchone()
        self.stock.set(left)
        return True


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def visit(monitor):
    """Let somebody visit a page of the shop; return the answer's status."""
    with closing(sqlite3.connect(":memory:")) as database:
        shop = Shop(database, monitor)

        def ask(who, path):
            environ = {"PATH_INFO": path, "REMOTE_USER": who}
            setup_testing_defaults(environ)
            answered = []
            shop(environ, lambda status, _: answered.append(status))
            return answered[0]

        yield ask


def test_what_the_metrics_say_is_what_happened(visit, monitor, value):
    for who in ("ann", "ben", "eve"):
        visit(who, "/look")
    bought = [visit(who, "/buy/cake") for who in ("ann", "ben")]
    visit("ann", "/leave")
    visit("ben", "/buy/tea")

    assert bought == ["200 OK", "409 Conflict"]
    assert value(monitor, "active_users_total") == 2
    assert value(monitor, "feature_usage_total", feature="look") == 3
    done = "business_operations_total"
    assert value(monitor, done, operation="buy", status="success") == 2
    assert value(monitor, done, operation="buy", status="failure") == 1
    assert value(monitor, "things_sold_total", thing="cake") == 1
    assert value(monitor, "stock_things") == 1
