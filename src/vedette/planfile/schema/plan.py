"""The keys of the plan itself, and of what it says beside modules and receivers."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from vedette.planfile.fields import (
    Address,
    Interval,
    Labels,
    Port,
    Quantity,
    Size,
    Text,
    Words,
    refuse,
)
from vedette.planfile.schema.keys import Keys, as_key, one_of
from vedette.planfile.schema.service import Module
from vedette.planfile.schema.telling import Notifier, Routes


class Retention(Keys):
    """How long samples are kept, and how much of them."""

    time: Interval = Field(default="15d", description="Older samples are deleted.")
    size: Size | None = Field(
        default=None,
        description="The oldest samples are deleted beyond this size; no limit if left out.",
        examples=["10GB"],
    )


class RemoteWrite(Keys):
    """Another store that gets every sample as well."""

    url: Address = Field(
        description="Its remote-write address.",
        examples=["https://metrics.example.org/api/v1/write"],
    )
    username: str = Field(default="", description="For basic authentication.")
    password: str | None = Field(default=None, description="For basic authentication.")
    password_file: Text | None = Field(
        default=None, description="The file that holds the password."
    )
    bearer_token: str | None = Field(default=None, description="For token authentication.")
    bearer_token_file: Text | None = Field(
        default=None, description="The file that holds the token."
    )

    @model_validator(mode="after")
    def _has_one_credential(self) -> Self:
        one_of(self, "password", "password_file", "bearer_token", "bearer_token_file", needed=False)
        return self


class Login(Keys):
    """Who may open the programs; needed where they listen beyond this machine."""

    username: Text = Field(description="The name.", examples=["admin"])
    password: Text | None = Field(
        default=None, description="The password.", examples=["${STACK_PASSWORD}"]
    )
    password_file: Text | None = Field(
        default=None, description="The file that holds the password."
    )
    tls_certificate: Text | None = Field(
        default=None, description="PEM file; plain HTTP if left out.", examples=["tls/stack.pem"]
    )
    tls_key: Text | None = Field(default=None, description="PEM file of its key.")

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        one_of(self, "password", "password_file")
        if (self.tls_certificate is None) != (self.tls_key is None):
            message = "tls_certificate and tls_key belong together"
            raise refuse(message, "give both, or neither", "plan-missing")
        return self


class OwnMetric(Keys):
    """A counter or gauge that the user's own code exposes."""

    kind: Literal["counter", "gauge"] = Field(description="What its samples mean.")
    help: Text = Field(
        description="One sentence, shown wherever it is.", examples=["Orders that were placed."]
    )
    labels: Words = Field(
        default_factory=list, description="Its label names.", examples=[["channel"]]
    )
    unit: str = Field(
        default="",
        description="Base unit of a sample; empty for plain counts.",
        examples=["seconds"],
    )


class LoadTest(Keys):
    """What Locust runs."""

    locustfile: Text = Field(description="The scenario.", examples=["locustfile.py"])
    host: Address = Field(
        description="Base address of the service under load.", examples=["http://127.0.0.1:8000"]
    )
    users: int = Field(default=5, ge=1, description="Simultaneous users.")
    spawn_rate: float = Field(default=1.0, gt=0, description="Users started per second.")
    interface: bool = Field(
        default=False, description="Serve Locust's own page instead of starting at once."
    )


class PlanFile(Keys):
    """Everything that vedette.yaml may say; every key may be left out."""

    name: Text | None = Field(
        default=None,
        max_length=63,
        description="The stack's name; the folder's, if left out.",
        examples=["shop"],
    )
    modules: dict[str, Module] = Field(
        default_factory=dict,
        description="The services to watch, by name.",
        examples=[{"api": {"targets": 8000, "packs": ["http"], "owner": "team-search"}}],
    )
    metrics: dict[str, OwnMetric] = Field(
        default_factory=dict,
        description="Business metrics that your services expose: shown, and missed when gone.",
        examples=[{"orders_total": {"kind": "counter", "help": "Orders that were placed."}}],
    )
    receivers: dict[str, list[Notifier]] = Field(
        default_factory=dict,
        description="Everybody who can be told, by name, with the ways in which they are.",
        examples=[{"team": [{"email": "team@example.org"}]}],
    )
    routes: Routes = Field(default_factory=Routes, description="Which alerts go to whom.")
    thresholds: dict[str, Quantity] = Field(
        default_factory=dict,
        description="Limits of the packs in use, by name; with a unit where it has one.",
        examples=[{"host_disk_free_ratio": "5%"}],
    )
    components: Words = Field(
        default_factory=list,
        description="Optional programs to run as well.",
        examples=[["mlflow", "grafana"]],
    )
    without: Words = Field(
        default_factory=list,
        description="Programs not to run that run unasked.",
        examples=[["node_exporter"]],
    )
    load_test: LoadTest | None = Field(
        default=None,
        description="What Locust runs; it runs where this is given.",
        examples=[{"locustfile": "locustfile.py", "host": "http://127.0.0.1:8000"}],
    )
    scrape_interval: Interval = Field(default="5s", description="How often targets are asked.")
    evaluation_interval: Interval = Field(
        default="5s", description="How often rules are evaluated."
    )
    retention: Annotated[Retention, as_key("time")] = Field(
        default_factory=Retention,
        description="How long samples are kept, and how much of them; a text is short for `time`.",
        examples=[{"time": "30d", "size": "10GB"}, "30d"],
    )
    listen: Text = Field(
        default="127.0.0.1",
        description="Where every program listens; beyond this machine only with `login`.",
        examples=["0.0.0.0"],  # noqa: S104 - an example, never bound
    )
    ports: dict[str, Port] = Field(
        default_factory=dict,
        description="Port per program, where not its own.",
        examples=[{"prometheus": 19090}],
    )
    login: Login | None = Field(
        default=None,
        description="Who may open the programs.",
        examples=[{"username": "admin", "password_file": "secrets/login"}],
    )
    remote_write: list[RemoteWrite] = Field(
        default_factory=list,
        description="Other stores that get every sample as well.",
        examples=[[{"url": "https://metrics.example.org/api/v1/write"}]],
    )
    external_labels: Labels = Field(
        default_factory=dict,
        description="Added to what leaves this Prometheus.",
        examples=[{"site": "berlin"}],
    )
    state: Text | None = Field(
        default=None,
        description="Folder for data, configuration, logs and locks; `.vedette` if left out.",
        examples=["/var/lib/vedette"],
    )
    programs: Words = Field(
        default_factory=list,
        description="Folders that are searched for programs before anything is downloaded.",
        examples=[["/opt/prometheus"]],
    )
