"""The keys of receivers and routes: who is told, and of what."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from vedette.planfile.fields import Address, Duration, Interval, Labels, Target, Text, Words
from vedette.planfile.schema.keys import Keys, as_key, one_of


class Webhook(Keys):
    """POST every notification to an address, in Alertmanager's own format."""

    url: Address | None = Field(
        default=None, description="The address.", examples=["https://hooks.example.org/alerts"]
    )
    url_file: Text | None = Field(default=None, description="The file that holds the address.")
    send_resolved: bool = Field(default=True, description="Tell when it is over, too.")

    @model_validator(mode="after")
    def _has_one_address(self) -> Self:
        one_of(self, "url", "url_file")
        return self


class Email(Keys):
    """Send every notification by e-mail."""

    to: Text = Field(description="Comma-separated addresses.", examples=["oncall@example.org"])
    sender: Text = Field(
        default="vedette@localhost", alias="from", description="The address it comes from."
    )
    smarthost: Target = Field(
        default="localhost:25",
        description="`host:port` of the mail server.",
        examples=["smtp.example.org:587"],
    )
    username: str = Field(default="", description="For the mail server.")
    password: str | None = Field(
        default=None, description="For the mail server.", examples=["${SMTP_PASSWORD}"]
    )
    password_file: Text | None = Field(
        default=None, description="The file that holds the password."
    )
    require_tls: bool | None = Field(
        default=None,
        description="Refuse an unencrypted mail server; true unless it is on this machine.",
    )
    send_resolved: bool = Field(default=True, description="Tell when it is over, too.")

    @model_validator(mode="after")
    def _has_at_most_one_password(self) -> Self:
        one_of(self, "password", "password_file", needed=False)
        return self


class Slack(Keys):
    """Write every notification into a channel."""

    url: Address | None = Field(
        default=None, description="The address of an incoming webhook.", examples=["${SLACK_URL}"]
    )
    url_file: Text | None = Field(default=None, description="The file that holds the address.")
    channel: str = Field(
        default="", description="Another channel than the webhook's own.", examples=["#alerts"]
    )
    send_resolved: bool = Field(default=True, description="Tell when it is over, too.")

    @model_validator(mode="after")
    def _has_one_address(self) -> Self:
        one_of(self, "url", "url_file")
        return self


class PagerDuty(Keys):
    """Open and close an incident (Events API v2)."""

    routing_key: Text | None = Field(
        default=None, description="The integration key.", examples=["${PAGERDUTY_KEY}"]
    )
    routing_key_file: Text | None = Field(default=None, description="The file that holds the key.")
    send_resolved: bool = Field(default=True, description="Close it when it is over, too.")

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        one_of(self, "routing_key", "routing_key_file")
        return self


class Notifier(Keys):
    """One way to tell somebody: exactly one of these keys."""

    webhook: Annotated[Webhook, as_key("url")] | None = Field(
        default=None, description="An address that is POSTed to; a text is short for its `url`."
    )
    email: Annotated[Email, as_key("to")] | None = Field(
        default=None, description="An e-mail; a text is short for its `to`."
    )
    slack: Annotated[Slack, as_key("url")] | None = Field(
        default=None, description="A Slack channel; a text is short for its `url`."
    )
    pagerduty: Annotated[PagerDuty, as_key("routing_key")] | None = Field(
        default=None, description="A PagerDuty incident; a text is short for its `routing_key`."
    )

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        one_of(self, "webhook", "email", "slack", "pagerduty")
        return self


class Rule(Keys):
    """Alerts that carry these labels go to this receiver."""

    receiver: Text = Field(description="Name of the receiver.", examples=["oncall"])
    match: Labels = Field(
        default_factory=dict,
        description="Label values that must all be equal.",
        examples=[{"severity": "page"}],
    )
    carry_on: bool = Field(
        default=False, alias="continue", description="Let the following rules see the alert too."
    )


class Routes(Keys):
    """Which alerts go to whom."""

    default: Text | None = Field(
        default=None,
        description="Receiver of what no rule matches; the only receiver, where there is one.",
        examples=["team"],
    )
    group_by: Words = Field(
        default_factory=lambda: ["alertname", "module"],
        description="Labels that make one notification of many alerts; `alertname` and `module`"
        " if left out.",
    )
    group_wait: Duration = Field(
        default="10s", description="How long a new group waits for its fellows."
    )
    group_interval: Interval = Field(
        default="1m", description="How long until a group that changed is told again."
    )
    repeat_interval: Interval = Field(
        default="4h", description="How long until a group that did not change is told again."
    )
    rules: list[Rule] = Field(
        default_factory=list,
        description="Tried in order; the first that matches wins.",
        examples=[[{"receiver": "oncall", "match": {"severity": "page"}}]],
    )
