"""A plan that uses everything, and the programs that judge what is rendered from it."""

import os
from pathlib import Path

import pytest

from vedette import packs
from vedette.discover import discover
from vedette.model.module import Module
from vedette.model.pack import Pack
from vedette.model.plan import Plan, RemoteWrite
from vedette.model.routing import Email, PagerDuty, Receiver, Route, Routing, Slack, Webhook
from vedette.model.secret import Secret
from vedette.model.version import Version
from vedette.stack.alertmanager import COMPONENT as ALERTMANAGER
from vedette.stack.prometheus import COMPONENT as PROMETHEUS

GOLDEN = Path(__file__).parent.parent / "golden" / "render"
REWRITE = os.environ.get("REWRITE_GOLDEN") == "1"


@pytest.fixture
def compare():
    """Compare a text with its golden file; REWRITE_GOLDEN=1 rewrites the file."""

    def check(name, text):
        path = GOLDEN / name
        if REWRITE:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden file {name}; run: make golden"
        assert text == path.read_text(encoding="utf-8"), "changed; if that is meant: make golden"

    return check


@pytest.fixture(scope="session")
def plan():
    """A plan with every pack, two modules, receivers of each kind and a remote store."""
    every = discover(packs, "PACK", Pack)
    added = {
        f"{name}-{module}": pack.by_module(module)
        for name, pack in every.items()
        if pack.by_module
        for module in ("llm_provider", "search")
    }
    return Plan(
        name="golden",
        home=Path("/home/golden"),
        state=Path("/home/golden/.vedette"),
        ports={"alertmanager": 9093, "console": 9321, "node_exporter": 9100, "prometheus": 9090},
        components=("alertmanager", "console", "node_exporter", "prometheus"),
        modules=(
            Module(name="shop", targets=("127.0.0.1:8000",), packs=("serving",), owner="ann"),
            Module(
                name="far-away",
                targets=("far.example:443", "farther.example:443"),
                labels={"service": "search", "flag": "on", "number": "007"},
                path="/internal/metrics",
                scheme="https",
                scrape_interval="30s",
            ),
        ),
        packs=every | added,
        thresholds={each.name: each.default for p in every.values() for each in p.thresholds},
        routing=_routing(),
        remote_write=(
            RemoteWrite(
                url="https://store.example/push", username="me", password=Secret(text="p:@ss #1")
            ),
            RemoteWrite(
                url="https://other.example/push", bearer_token=Secret(file=Path("/run/token"))
            ),
        ),
        external_labels={"region": "no"},
        versions={"prometheus": Version(2, 42), "alertmanager": Version(0, 25)},
        metrics=dict.fromkeys(("alertmanager", "node_exporter", "prometheus"), "/metrics"),
    )


def _routing() -> Routing:
    mail = Email(
        to="a@example.org",
        sender="v@example.org",
        smarthost="mail.example.org:587",
        username="v",
        password=Secret(file=Path("/run/mail")),
    )
    hook = Webhook(url=Secret(text="http://127.0.0.1:8080/alerts?key=1"))
    slack = Slack(url=Secret(file=Path("/run/slack")), channel="#alerts", send_resolved=False)
    return Routing(
        receivers=(
            Receiver(name="team", notifiers=(hook, mail)),
            Receiver(name="duty", notifiers=(PagerDuty(routing_key=Secret(text="k" * 32)), slack)),
        ),
        routes=(
            Route(receiver="duty", match={"severity": "page"}, carry_on=True),
            Route(receiver="team", match={"module": 'quo"ted\\path'}),
        ),
        default="team",
    )


@pytest.fixture(scope="session", params=["oldest", "newest"])
def judges(request, from_suite):
    """Promtool and amtool, the oldest that are supported and the newest in reach."""
    wanted = [
        program
        for component in (PROMETHEUS, ALERTMANAGER)
        for program in component.programs
        if program.name in {"promtool", "amtool"}
    ]
    return from_suite(request.param, wanted)
