"""Alertmanager's HTTP API (version 2), typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from vedette.clients.http import Access, Server


@dataclass(frozen=True, kw_only=True)
class HeldAlert:
    """One alert that Alertmanager holds.

    Args:
        name: Its `alertname`.
        state: `active`, `suppressed` or `unprocessed`.
        labels: All its labels.
        receivers: Who is told.
        starts_at: Since when it fires, as Alertmanager writes it.
        silenced_by: Ids of the silences that hold it back.
        inhibited_by: Fingerprints of the alerts that hold it back.
    """

    name: str
    state: str
    labels: Mapping[str, str]
    receivers: tuple[str, ...]
    starts_at: str
    silenced_by: tuple[str, ...] = ()
    inhibited_by: tuple[str, ...] = ()


class Alertmanager:
    """An Alertmanager.

    Every method raises `UnanswerableError` where the server cannot be asked.

    Args:
        url: Its base address.
        access: How to reach it.
    """

    def __init__(self, url: str, access: Access | None = None) -> None:
        self._server = Server("Alertmanager", url, access or Access())

    def close(self) -> None:
        """Close its connections."""
        self._server.close()

    def ready(self) -> bool:
        """Say whether it takes alerts."""
        return self._server.fine("/-/ready")

    def alerts(self) -> list[HeldAlert]:
        """Return every alert that it holds."""
        return [
            HeldAlert(
                name=row["labels"].get("alertname", ""),
                state=row["status"]["state"],
                labels=row["labels"],
                receivers=tuple(receiver["name"] for receiver in row["receivers"]),
                starts_at=row["startsAt"],
                silenced_by=tuple(row["status"]["silencedBy"]),
                inhibited_by=tuple(row["status"]["inhibitedBy"]),
            )
            for row in self._server.json("/api/v2/alerts")
        ]

    def version(self) -> str:
        """Return its version, as it says itself."""
        return str(self._server.json("/api/v2/status")["versionInfo"]["version"])
