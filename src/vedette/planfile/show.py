"""A plan as plain data for people and programs; no secret leaves it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from vedette.model.module import Run
from vedette.model.plan import Plan
from vedette.model.routing import Notifier
from vedette.model.secret import Secret

HIDDEN = "<secret>"
_LEFT_OUT = frozenset({"packs", "versions", "metrics", "addresses"})
_USER_INFO = re.compile(r"(?<=://)[^/@\s]+@")


def resolved(plan: Plan) -> dict[str, Any]:
    """Return what a plan came to: every default filled in, every secret hidden.

    Args:
        plan: The plan.

    Returns:
        Only dictionaries, lists, texts, numbers, booleans and None.
    """
    rows: dict[str, Any] = {}
    for field in fields(plan):
        if field.name == "packs":
            rows["packs"] = sorted(plan.packs)
        elif field.name not in _LEFT_OUT:
            rows[field.name] = _plain(getattr(plan, field.name))
    return rows


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _noun(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _USER_INFO.sub(f"{HIDDEN}@", str(value)) if isinstance(value, str | Path) else value


def _noun(value: Any) -> Any:
    if isinstance(value, Secret):
        return _secret(value)
    if isinstance(value, Run):  # a variable of a service is often a key or a password
        return {**_keys(value), "environment": dict.fromkeys(value.environment, HIDDEN)}
    if isinstance(value, Notifier):
        return {type(value).__name__.lower(): _keys(value)}
    return _keys(value)


def _keys(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _secret(value: Secret) -> Any:
    if value.file is not None:
        return {"file": str(value.file)}
    return HIDDEN if value else ""
