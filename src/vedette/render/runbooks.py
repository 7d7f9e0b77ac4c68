"""Runbooks as files, for places where no console shows them."""

from collections.abc import Mapping
from typing import Any

from vedette.model.component import Choice
from vedette.model.plan import Plan
from vedette.render import prometheus

ADDRESS = Choice(
    name="runbooks",
    help="Address at which you publish the folder runbooks/; alerts then link to their page.",
)


def files(plan: Plan) -> Mapping[str, str]:
    """Return the runbook of every alert: `runbooks/HighErrorRate.md` to its text."""
    return {
        f"runbooks/{alert.name}.md": alert.runbook
        for pack in plan.packs.values()
        for alert in pack.alerts
    }


def groups(plan: Plan, address: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the group of rules of each pack, with links to runbooks at another address.

    Args:
        plan: Whose packs and limits.
        address: Where the folder of the runbooks is published; empty for no links, for the
            console of this machine is not there where the rules go.
    """
    return {
        name: {**group, "rules": [_linked(rule, address) for rule in group["rules"]]}
        for name, group in prometheus.groups(plan).items()
    }


def _linked(rule: Mapping[str, Any], address: str) -> Mapping[str, Any]:
    if "alert" not in rule:
        return rule
    notes = {key: text for key, text in rule["annotations"].items() if key != "runbook_url"}
    if address:
        notes["runbook_url"] = f"{address.rstrip('/')}/{rule['alert']}.md"
    return {**rule, "annotations": notes}
