"""What code that talks to a database records; its operations are tried with SQLAlchemy."""

import pytest

from vedette.packs.database.record import Queries
from vedette.sdk.monitor import Monitor


def test_a_block_is_a_query_and_one_that_raises_has_failed(value):
    monitor = Monitor(isolated=True)
    queries = Queries("orders", monitor=monitor)
    with queries.time("select"):
        pass
    with pytest.raises(KeyError), queries.time("select"):
        raise KeyError

    labels = {"database": "orders", "operation": "select"}
    assert value(monitor, "database_query_duration_seconds_count", **labels) == 2
    assert value(monitor, "database_query_errors_total", **labels) == 1
