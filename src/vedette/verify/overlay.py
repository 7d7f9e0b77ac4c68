"""A system's plan, changed just enough to be verified beside others: ports and receivers."""

from collections.abc import Callable, Mapping
from typing import Any

RECEIVER = "verify"
# Short, because a ledger waits for each of them; the alerts' own times stay as they are.
_ROUTES = {
    "default": RECEIVER,
    "group_wait": "1s",
    "group_interval": "5s",
    "repeat_interval": "1h",
    # Nobody is told of the Watchdog unless a rule asks for it.
    "rules": [{"receiver": RECEIVER, "match": {"alertname": "Watchdog"}}],
}


def overlay(
    plan: Mapping[str, Any], *, webhook: str, smarthost: str, free_port: Callable[[], int]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a plan that tells the sinks alone and whose services listen on free ports.

    Args:
        plan: What vedette.yaml says.
        webhook: Address of the HTTP sink.
        smarthost: `host:port` of the mail sink.
        free_port: Picks a port.

    Returns:
        The changed plan, and the base address of each module by its name.
    """
    moved: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for name, module in (plan.get("modules") or {}).items():
        target = _first_target(module)
        if module.get("run") and target not in moved:
            moved[target] = f"127.0.0.1:{free_port()}"
        addresses[name] = f"{module.get('scheme', 'http')}://{moved.get(target, target)}"
    changed = _replace(plan, moved)
    changed["receivers"] = {
        RECEIVER: [
            {"webhook": {"url": webhook}},
            {
                "email": {
                    "to": "oncall@example.org",
                    "from": "vedette@example.org",
                    "smarthost": smarthost,
                    "require_tls": False,
                }
            },
        ]
    }
    changed["routes"] = dict(_ROUTES)
    return changed, addresses


def _first_target(module: Mapping[str, Any]) -> str:
    targets = module.get("targets")
    first = targets[0] if isinstance(targets, list) else targets
    text = str(first)
    return text if ":" in text else f"127.0.0.1:{text}"


def _replace(value: Any, moved: Mapping[str, str]) -> Any:
    """Write every address that moved anew, wherever the plan names it."""
    if isinstance(value, Mapping):
        return {key: _replace(inner, moved) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replace(inner, moved) for inner in value]
    if isinstance(value, str):
        for old, new in moved.items():
            value = value.replace(old, new)
    return value
