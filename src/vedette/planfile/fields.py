"""The kinds of values in a plan file: each checks one value and says what to write."""

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

_DURATION = re.compile(
    r"(?=.)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?\Z"  # in this order, as Prometheus
)
_SIZE = re.compile(r"(\d+)\s*(B|KB|MB|GB|TB|PB|EB)\Z")
_BINARY_SIZE = re.compile(r"(\d+)\s*([KMGTPE])iB\Z")
_LABEL = re.compile(r"(?!__)[a-zA-Z_][a-zA-Z0-9_]*\Z")
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+(%\w+)?\]|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?)\Z")
_LAST_PORT = 65535


def refuse(message: str, hint: str, rule: str = "plan-type") -> PydanticCustomError:
    """Return the error that a validator raises.

    Args:
        message: What is wrong, with the value.
        hint: What to write instead.
        rule: The rule id of the finding that it becomes.
    """
    values = {"problem": message, "hint": hint}
    return PydanticCustomError(rule, "{problem}", values)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str | int) and not isinstance(value, bool) else value


def _duration(value: Any) -> Any:
    hint = "write it as Prometheus does: 500ms, 15s, 5m, 1h30m, 15d"
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value == "0":
        return "0s"
    if isinstance(value, str) and value.isascii() and value.isdigit():
        message = f"{value} has no unit"
        raise refuse(message, f"did you mean {value}s? {hint}")
    if not isinstance(value, str) or not _DURATION.match(value):
        message = f"{value!r} is not a duration"
        raise refuse(message, hint)
    return value


def _above_zero(value: str) -> str:
    if not seconds(value):
        message = f"{value} is no time at all"
        raise refuse(message, "write at least 1s, or leave the key out", "plan-range")
    return value


def _size(value: str) -> str:
    if binary := _BINARY_SIZE.match(value):
        return f"{binary[1]}{binary[2]}B"  # Prometheus' KB are 1024 bytes
    match = _SIZE.match(value)
    if not match:
        message = f"{value!r} is not a size"
        raise refuse(message, "write it as Prometheus does: 512MB, 10GB")
    return f"{match[1]}{match[2]}"


def _target(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdigit():
        value = f"127.0.0.1:{value}"
    if "://" in value or "/" in value:
        raise _address_refused(value)
    host, colon, port = value.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit():
        message = f"{value!r} has no port"
        raise refuse(message, f"write host:port, for instance {value or 'host'}:8000")
    if not _HOST.match(host):
        message = f"{value!r} is not host:port"
        raise refuse(message, "write it as api.internal:8000 or [::1]:8000")
    if not 1 <= int(port) <= _LAST_PORT:
        message = f"the port of {value!r} is out of range"
        raise refuse(message, f"ports are 1 to {_LAST_PORT}", "plan-range")
    return f"{host}:{int(port)}"


def _address_refused(value: str) -> PydanticCustomError:
    message = f"{value!r} is an address, not host:port"
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return refuse(message, "write host:port, for instance localhost:8000")
    hint = f"write the target {parts.hostname}:{port}"
    if parts.path not in {"", "/", "/metrics"}:
        hint += f" and path: {parts.path}"
    if parts.scheme == "https":
        hint += " and scheme: https"
    return refuse(message, hint)


def _address(value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        sound = False
    if not sound or any(sign.isspace() for sign in value):
        # The value may hold a key, so it is not repeated.
        message = "this is not an address that starts with http:// or https://"
        raise refuse(message, "write it in full: https://host/path")
    return value


def _path(value: str) -> str:
    if not value.startswith("/") or any(sign.isspace() for sign in value):
        message = f"{value!r} is not a path on a server"
        raise refuse(message, f"start it with a slash: /{value.strip().lstrip('/')}")
    return value


def _text(value: str) -> str:
    if not value.strip():
        message = "this is empty"
        raise refuse(message, "write something, or leave the key out")
    if any(ord(sign) < ord(" ") for sign in value):
        message = "this holds a control character"  # and may be a secret: not repeated
        raise refuse(message, "write it on one line")
    return value


def _labels(value: dict[str, str]) -> dict[str, str]:
    for name in value:
        if not _LABEL.match(name):
            message = f"{name!r} is not a label name"
            hint = "letters, digits and _; not starting with a digit or __"
            raise refuse(message, hint)
    return value


def _quantity(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        message = f"{value!r} is not a number"
        raise refuse(message, "write a number, with a unit where it has one: 500ms")
    if not isinstance(value, str) and not abs(value) < float("inf"):
        message = "this is not a finite number"
        raise refuse(message, "write one that can be reached")
    return value


def seconds(duration: str) -> float:
    """Return the length of a duration in Prometheus' form.

    Args:
        duration: `1h30m`; days have 24 hours, weeks 7 days, years 365 days.
    """
    sizes = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
    return sum(int(n) * sizes[unit] for n, unit in re.findall(r"(\d+)(ms|[smhdwy])", duration))


def is_label(text: str) -> bool:
    """True for a name that a Prometheus label may have."""
    return bool(_LABEL.match(text))


Text = Annotated[str, AfterValidator(_text)]
Duration = Annotated[str, BeforeValidator(_duration, json_schema_input_type=str)]
Interval = Annotated[Duration, AfterValidator(_above_zero)]
Size = Annotated[str, AfterValidator(_size)]
Quantity = Annotated[float | str, BeforeValidator(_quantity)]
Port = Annotated[int, Field(ge=1, le=_LAST_PORT)]
Target = Annotated[str, BeforeValidator(_target, json_schema_input_type=str | int)]
Targets = Annotated[
    list[Target],
    BeforeValidator(_as_list, json_schema_input_type=list[str | int] | str | int),
    Field(min_length=1),
]
Words = Annotated[list[Text], BeforeValidator(_as_list, json_schema_input_type=list[str] | str)]
Address = Annotated[str, AfterValidator(_address)]
UrlPath = Annotated[str, AfterValidator(_path)]
Labels = Annotated[dict[str, str], AfterValidator(_labels)]
