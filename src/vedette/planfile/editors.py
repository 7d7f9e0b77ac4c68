"""The schema of vedette.yaml for editors."""

from typing import Any

from vedette.planfile.registry import Registry
from vedette.planfile.schema import PlanFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(registry: Registry) -> dict[str, Any]:
    """Return the JSON schema, with the names of packs, programs and thresholds as choices.

    Args:
        registry: What a plan can refer to.
    """
    schema = PlanFile.model_json_schema(by_alias=True)
    keys = schema["properties"]
    components = sorted(registry.components)
    limits = {
        limit.name: {"description": f"{limit.help} Default: {limit.default:g} {limit.unit}".strip()}
        for pack in registry.packs.values()
        for limit in pack.thresholds
    }
    for key in ("components", "without"):
        keys[key]["examples"] = [components]
    keys["ports"]["propertyNames"] = {"enum": components}
    keys["thresholds"]["properties"] = limits
    schema["$defs"]["Module"]["properties"]["packs"]["examples"] = [sorted(registry.packs)]
    return {"$schema": _DIALECT, **schema, "title": "vedette.yaml"}
