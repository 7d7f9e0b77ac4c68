"""What to run: settings, modules and packs, resolved and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from vedette.model.module import Module
from vedette.model.pack import Pack
from vedette.model.routing import Routing
from vedette.model.secret import Secret
from vedette.model.version import Version


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long, and how much of it, Prometheus keeps; a size of 0 sets no limit."""

    time: str = "15d"
    size: str = ""


@dataclass(frozen=True, kw_only=True)
class RemoteWrite:
    """Send every sample to another store as well."""

    url: str
    username: str = ""
    password: Secret = field(default_factory=Secret)
    bearer_token: Secret = field(default_factory=Secret)


@dataclass(frozen=True, kw_only=True)
class Login:
    """Who may open the programs from outside; demanded where they listen beyond loopback.

    Args:
        username: The name.
        password: The password, or the file that holds it.
        tls_certificate: PEM file; empty for plain HTTP.
        tls_key: PEM file of its key.
    """

    username: str
    password: Secret
    tls_certificate: Path | None = None
    tls_key: Path | None = None


@dataclass(frozen=True, kw_only=True)
class LoadTest:
    """What Locust runs.

    Args:
        locustfile: The scenario.
        host: Base address of the service under load.
        users: Simultaneous users.
        spawn_rate: Users started per second.
        interface: True serves Locust's own page instead of starting at once.
    """

    locustfile: Path
    host: str
    users: int = 5
    spawn_rate: float = 1.0
    interface: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that the stack needs to know.

    Args:
        name: The stack's name; the label `stack` of what it sends elsewhere.
        home: The folder of vedette.yaml.
        state: Where data, configuration, logs and locks are kept.
        listen: Address on which every program listens.
        ports: Port per component.
        components: Names of the components to run, without those of the modules.
        modules: The user's services.
        packs: The packs in use, by name.
        thresholds: Value per threshold name: the packs' defaults, overridden.
        scrape_interval: How often targets are asked.
        evaluation_interval: How often rules are evaluated.
        retention: How long samples are kept.
        routing: Who is told.
        remote_write: Other stores.
        login: Who may open the programs.
        load_test: What Locust runs, if it does.
        external_labels: Added to what leaves this Prometheus.
        program_folders: Searched for programs before anything is downloaded.
        versions: Version per program, once it is known.
        metrics: Path of its own metrics per component that has some; where it is empty,
            every component is taken to answer at `/metrics`.
        addresses: `host:port` per component that this machine's ports do not tell, as in
            an export where each program has a host of its own.
        open_components: Components that ask nobody for a password; where the plan has a
            login they stay on loopback, without TLS.
    """

    name: str
    home: Path
    state: Path
    listen: str = "127.0.0.1"
    ports: Mapping[str, int]
    components: tuple[str, ...]
    modules: tuple[Module, ...] = ()
    packs: Mapping[str, Pack]
    thresholds: Mapping[str, float]
    scrape_interval: str = "5s"
    evaluation_interval: str = "5s"
    retention: Retention = field(default_factory=Retention)
    routing: Routing = field(default_factory=Routing)
    remote_write: tuple[RemoteWrite, ...] = ()
    login: Login | None = None
    load_test: LoadTest | None = None
    external_labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    program_folders: tuple[Path, ...] = ()
    versions: Mapping[str, Version] = field(default_factory=lambda: MappingProxyType({}))
    metrics: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    addresses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    open_components: tuple[str, ...] = ()

    def address(self, component: str) -> str:
        """Return `host:port` at which the other programs reach a component.

        Args:
            component: Its name; it must have a port or an address in this plan.
        """
        if component in self.addresses:
            return self.addresses[component]
        return f"{self._host(component)}:{self.ports[component]}"

    def url(self, component: str) -> str:
        """Return the base address of a component, without a slash at its end."""
        login = self.login_of(component)
        secure = login is not None and login.tls_certificate is not None
        return f"{'https' if secure else 'http'}://{self.address(component)}"

    def login_of(self, component: str) -> Login | None:
        """Return what a component asks for; None where it asks for nothing."""
        return None if component in self.open_components else self.login

    def _host(self, component: str) -> str:
        everywhere = self.listen in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
        inside = self.login is not None and component in self.open_components
        return "127.0.0.1" if everywhere or inside else self.listen
