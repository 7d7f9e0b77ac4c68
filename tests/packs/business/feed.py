"""Feeds every metric of the pack through its recorder."""

from vedette.packs.business.record import Business


def feed(monitor):
    """Do what a product does."""
    business = Business(monitor=monitor)
    business.active_users(3)
    business.used("search")
    business.done("checkout", ok=False)
