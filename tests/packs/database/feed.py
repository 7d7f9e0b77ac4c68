"""Feeds every metric of the pack through its recorders."""

from vedette.packs.database.record import Pool, Queries


def feed(monitor):
    """Do what code that talks to a database does."""
    Queries("orders", monitor=monitor).record(operation="select", seconds=0.1, ok=False)
    pool = Pool("orders", size=lambda: 5, in_use=lambda: 1, monitor=monitor)
    with pool.waiting():
        pass
