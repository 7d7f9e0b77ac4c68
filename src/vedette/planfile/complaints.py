"""What the schema complains about, as findings with places and remedies."""

from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from vedette.planfile.document import Document, Path
from vedette.planfile.schema import Keys, PlanFile
from vedette.planfile.scope import did_you_mean, dotted

SECRETS = frozenset(
    {"password", "bearer_token", "routing_key", "webhook", "slack", "pagerduty", "environment"}
)
_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a mapping of names",
    "model_type": "a mapping of keys",
}
_RANGES = {
    "greater_than_equal": "at least {ge}",
    "greater_than": "more than {gt}",
    "less_than_equal": "at most {le}",
    "too_short": "not empty",
    "string_too_long": "at most {max_length} characters",
    "finite_number": "finite",
}
_SHOWN = 60


def report(error: ValidationError, document: Document) -> None:
    """Add a finding for every error of the schema.

    Args:
        error: What the schema says.
        document: Where the places are looked up, and the findings go.
    """
    for one in error.errors(include_url=False):
        _report_one(one, document)


def _report_one(error: ErrorDetails, document: Document) -> None:
    path: Path = tuple(error["loc"])
    kind = error["type"]
    values: dict[str, Any] = error.get("ctx") or {}
    rule, message, hint = "plan-type", error["msg"], _advice(path)
    if kind.startswith("plan-"):
        rule, message, hint = kind, values["problem"], values["hint"]
        message = f"{dotted(path)}: {message}" if path else message
    elif kind == "extra_forbidden":
        rule, message = "plan-unknown-key", f"{_parent(path)} has no key {str(path[-1])!r}"
        hint = did_you_mean(str(path[-1]), _keys(_model(path[:-1])))
    elif kind == "missing":
        rule, message = "plan-missing", f"{_parent(path)} has no {path[-1]}"
    elif kind == "literal_error":
        message = f"{dotted(path)} is {shown(path, document)}, not {values['expected']}"
        hint = did_you_mean(str(error["input"]), values["expected"].replace("'", "").split(" or "))
    elif kind in _RANGES:
        rule, wanted = "plan-range", _RANGES[kind].format(**values)
        message = f"{dotted(path)} is {shown(path, document)}; it must be {wanted}"
    elif kind in _WANTED:
        message = f"{dotted(path) or 'the plan'} is {shown(path, document)}, not {_WANTED[kind]}"
    place = document.find(path, key=kind == "extra_forbidden")
    document.report(rule, message, hint=hint, place=place)


def shown(path: Path, document: Document) -> str:
    """Write the value at a path as it stands in the file; never a secret."""
    if SECRETS.intersection(map(str, path)):
        return "<secret>"
    value = document.data
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return "something else"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else ("a list" if value else "an empty list")
    place = document.values.get(path)
    text = repr(place.raw if place and place.names else value)
    if value is None:
        text = "nothing"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _parent(path: Path) -> str:
    return dotted(path[:-1]) or "a plan"


def _advice(path: Path) -> str:
    field = _field(path)
    if field is None:
        return "see `vedette config schema`"
    advice = field.description or ""
    if field.examples:
        advice += f" For instance: {_written(field.examples[0])}"
    return advice


def _written(example: Any) -> str:
    if isinstance(example, dict):
        inner = ", ".join(f"{key}: {_written(value)}" for key, value in example.items())
        return f"{{{inner}}}"
    if isinstance(example, list):
        return f"[{', '.join(_written(value) for value in example)}]"
    return str(example)


def _field(path: Path) -> FieldInfo | None:
    for end in range(len(path), 0, -1):
        model = _model(path[: end - 1])
        field = _keys(model).get(str(path[end - 1]))
        if field is not None:
            return field
    return None


def _model(path: Path) -> type[Keys] | None:
    """Return the schema of the mapping at a path, None for one with names of the user's."""
    model: type[Keys] | None = PlanFile
    containers = 0
    for part in path:
        if containers:
            containers -= 1
            continue
        field = _keys(model).get(str(part))
        if field is None:
            return None
        model, containers = _inside(field.annotation)
    return None if containers else model


def _keys(model: type[Keys] | None) -> dict[str, FieldInfo]:
    if model is None:
        return {}
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _inside(annotation: Any) -> tuple[type[Keys] | None, int]:
    """Return the mapping of keys in an annotation, and in how many containers it is."""
    if isinstance(annotation, type) and issubclass(annotation, Keys):
        return annotation, 0
    deeper = int(get_origin(annotation) in {dict, list})
    for argument in get_args(annotation):
        model, depth = _inside(argument)
        if model:
            return model, depth + deeper
    return None, deeper
