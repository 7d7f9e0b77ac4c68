"""A store on a real disk, and what a job would hand over."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from vedette.store import message
from vedette.store.database import NAME, Database
from vedette.store.message import Handover

NOW = 1_700_000_000.0


@pytest.fixture
def database(tmp_path) -> Iterator[Database]:
    opened = Database(tmp_path / NAME)
    yield opened
    opened.close()


class Say:
    """Makes what a job says, as it comes over the wire."""

    def __call__(self, *families: dict[str, Any], **changed: Any) -> Handover:
        """A run that succeeded, changed."""
        given = {
            "format": 1,
            "id": uuid.uuid4().hex,
            "number": 1,
            "job": "nightly",
            "labels": {},
            "status": "success",
            "seconds": 3.0,
            "sent": NOW,
            "families": list(families),
        }
        told = message.read(json.dumps({**given, **changed}))
        assert isinstance(told, Handover)
        return told

    def family(
        self, name: str, value: float | str, *, kind: str = "counter", **labels: str
    ) -> dict[str, Any]:
        """One family of one sample."""
        return {"name": name, "kind": kind, "help": "h", "samples": [[name, labels, value]]}

    def histogram(self, name: str, buckets: dict[str, float], *, total: float) -> dict[str, Any]:
        """One histogram without labels."""
        rows: list[list[Any]] = [[f"{name}_bucket", {"le": le}, n] for le, n in buckets.items()]
        rows += [[f"{name}_sum", {}, total], [f"{name}_count", {}, max(buckets.values())]]
        return {"name": name, "kind": "histogram", "help": "h", "samples": rows}


@pytest.fixture
def say() -> Say:
    return Say()
