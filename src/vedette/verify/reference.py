"""The reference page of ledgers, generated from the kinds of lines."""

from pydantic_core import PydanticUndefined

from vedette.verify.ledger import known
from vedette.verify.promise import AnyKind, Phase, Promise

_HEAD = """# Ledgers

Generated from the kinds of lines themselves by `make docs`; a test compares the two.

A system is a folder with a `vedette.yaml` and a `ledger.yaml`, the list of what it promises:

    system: A model service under load
    promises:
      - metric: model_inference_latency_seconds
        kind: histogram
        labels: [model]
      - alert: ModelNotLoaded
        cause: POST {serving}/break/unload-model

`vedette verify FOLDER` starts the system in a copy of its folder, on free ports, with a real HTTP
server and a real mail server as its only receivers, and checks every line. The first key of a
line is its kind. `{name}` stands for the base address of a program or module.

Lines that only look are checked first, all at once; then those that break something or take
their time, all at once; then those that take whole programs away, one after the other.
"""
_WHEN = {
    Phase.STEADY: "first, while all is well",
    Phase.FAULTS: "second, while parts are broken",
    Phase.OUTAGES: "last and alone",
}
# Every kind has these; they stand at the end of each table.
_COMMON = ("within", "long", "alone", "needs", "says")


def pages() -> dict[str, str]:
    """Return the page: file name to text."""
    sections = [_section(name, kind) for name, kind in known().items()]
    return {"ledger.md": "\n".join([_HEAD, *sections]).rstrip() + "\n"}


def _section(name: str, kind: AnyKind) -> str:
    fields = [field for field in kind.promise.model_fields if field not in _COMMON]
    first = [name, *(field for field in fields if field != name)]
    rows = [_row(field, kind.promise) for field in (*first, *_COMMON)]
    table = "\n".join(["| key | default | meaning |", "|---|---|---|", *rows])
    return f"## `{name}`\n\n{kind.summary} Checked {_WHEN[kind.phase]}.\n\n{table}\n"


def _row(field: str, promise: type[Promise]) -> str:
    information = promise.model_fields[field]
    default = information.get_default(call_default_factory=True, validated_data={})
    if default is PydanticUndefined:
        shown = "required"
    elif default is False or default in ("", (), {}, None):
        shown = ""
    else:
        shown = f"`{default}`"
    return (
        f"| `{field}` | {shown} | {(information.description or '').replace('|', chr(92) + '|')} |"
    )
