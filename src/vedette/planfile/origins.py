"""Where each value of a plan came from: a line of the file, the environment, a default."""

from collections.abc import Mapping
from dataclasses import fields

from vedette.model.plan import Plan
from vedette.planfile.document import Document
from vedette.planfile.document import Path as KeyPath
from vedette.planfile.reading import Reading
from vedette.settings import PREFIX, Settings

DEFAULT = "default"
# What the plan calls otherwise than the file does.
_KEYS = {
    "components": ("components", "without", "load_test"),
    "routing": ("receivers", "routes"),
    "program_folders": ("programs",),
}
_SETTINGS = {"state": "state", "program_folders": "programs"}
# Mappings of which each entry has an origin of its own.
_BY_NAME = ("ports", "thresholds")


def origins(reading: Reading, known: Settings) -> dict[str, str]:
    """Return the origin of every value that `config show` prints.

    Args:
        reading: What became of the plan file.
        known: What the environment says.

    Returns:
        By the dotted name of the value: `vedette.yaml:3`, `vedette.yaml:3, from ${PORT}`,
        `VEDETTE_STATE`, `default`, `the pack host`.
    """
    if reading.plan is None:
        return {}
    document, plan = reading.document, reading.plan
    derived = {
        "home": "the folder of the plan file" if reading.path else "the current folder",
        "packs": "the modules, the programs that run, and those for every plan",
    }
    found: dict[str, str] = {}
    for field in fields(plan):
        if field.name in derived:
            found[field.name] = derived[field.name]
        else:
            keys = _KEYS.get(field.name, (field.name,))
            found[field.name] = _environment(field.name, known) or _first(document, keys)
    for name in _BY_NAME:
        for key in getattr(plan, name):
            usual = _pack_of(key, plan) if name == "thresholds" else DEFAULT
            found[f"{name}.{key}"] = _of(document, (name, key)) or usual
    for at, module in enumerate(plan.modules):
        found[f"modules[{at}]"] = _of(document, ("modules", module.name)) or DEFAULT
    return found


def _environment(name: str, known: Settings) -> str:
    setting = _SETTINGS.get(name, "")
    return f"{PREFIX}{setting.upper()}" if setting and getattr(known, setting) else ""


def _first(document: Document, keys: tuple[str, ...]) -> str:
    places = [origin for key in keys if (origin := _of(document, (key,)))]
    return " and ".join(places) or DEFAULT


def _of(document: Document, path: KeyPath) -> str:
    place = document.keys.get(path)
    if place is None or _value(document, path) is None:
        return ""  # a key with nothing below it counts as left out
    value = document.values.get(path)
    names = "".join(f", from ${{{name}}}" for name in (value.names if value else ()))
    return f"{document.file}:{place.line}{names}"


def _value(document: Document, path: KeyPath) -> object:
    value = document.data
    for part in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _pack_of(threshold: str, plan: Plan) -> str:
    for name, pack in plan.packs.items():
        if any(limit.name == threshold for limit in pack.thresholds):
            return f"the pack {name}"
    return DEFAULT
