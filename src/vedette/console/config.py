"""What the console's server is told when it starts."""

from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """The one name and password that may open the console."""

    username: str
    password: str

    def __repr__(self) -> str:
        """Hide the password in logs and tracebacks."""
        return f"Credentials(username={self.username!r})"


@dataclass(frozen=True, kw_only=True)
class Config:
    """Where the console reads from, and who may open it.

    Args:
        prometheus: Base address of the Prometheus that is shown.
        alertmanager: Base address of its Alertmanager; empty for none.
        dashboards: Folder of dashboard JSON, read again when it changes; None for none.
        runbooks: JSON file, alert name to Markdown; None for none.
        state: State folder of the stack whose programs are shown; None for none.
        login: Who may open the console; None for everybody who reaches it.
        upstream_login: Shown to Prometheus and Alertmanager; None for none.
        upstream_ca: PEM file that vouches for them; None for the system's.
        hosts: Names under which it may be asked for, besides loopback and addresses.
        static: Folder of the built page.
        connect_seconds: How long a connection to Prometheus may take.
        answer_seconds: How long its answer may take.
    """

    prometheus: str
    alertmanager: str = ""
    dashboards: Path | None = None
    runbooks: Path | None = None
    state: Path | None = None
    login: Credentials | None = None
    upstream_login: Credentials | None = None
    upstream_ca: Path | None = None
    hosts: tuple[str, ...] = ()
    static: Path = STATIC
    connect_seconds: float = 2.0
    answer_seconds: float = 20.0
