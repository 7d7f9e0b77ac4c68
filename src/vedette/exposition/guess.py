"""What a body is, where it is no exposition."""

import re

_TAG = re.compile(r"<\s*(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_EVENTS = re.compile(r"(?:event|data|id):", re.IGNORECASE)
_BYTE_ORDER_MARK = "\ufeff"
_LOOKED_AT = 4096
_COMPRESSED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"PK\x03\x04": "a ZIP archive"}


def instead(body: bytes, content_type: str = "") -> str:
    """Say what a body is instead of an exposition; empty where it may be one.

    Args:
        body: The beginning is enough.
        content_type: As the server told it.
    """
    for mark, word in _COMPRESSED.items():
        if body.startswith(mark):
            return f"compressed bytes ({word}) that nothing announced"
    if "application/vnd.google.protobuf" in content_type:
        return "Prometheus' binary format, which nobody asked for"
    text = body[:_LOOKED_AT].decode("utf-8", errors="replace")
    if "\0" in text:
        return "binary data"
    return _words(text.removeprefix(_BYTE_ORDER_MARK).lstrip(), content_type.lower())


def _words(start: str, content_type: str) -> str:
    if "html" in content_type or _TAG.match(start):
        return "a web page (HTML)"
    # Quoted metric names start with a brace, too: {"my.name"} 1
    if (
        "json" in content_type
        or start.startswith("[")
        or re.match(r'\{\s*("[^"]*"\s*:|\}|$)', start)
    ):
        return "JSON"
    if "xml" in content_type or start.startswith("<"):
        return "XML"
    if "event-stream" in content_type or _EVENTS.match(start):
        return "a stream of events"
    return ""
