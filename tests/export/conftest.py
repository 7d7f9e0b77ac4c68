"""A plan as `vedette.yaml` gives it, and the programs that judge what is exported from it."""

import os
from pathlib import Path

import pytest

from vedette import packs, stack
from vedette.discover import discover
from vedette.model.alert import Alert, RecordingRule
from vedette.model.component import Component
from vedette.model.dashboard import Dashboard, Panel, Query, Row, Step
from vedette.model.metric import Metric
from vedette.model.module import Module, Run
from vedette.model.pack import Pack
from vedette.model.plan import LoadTest, Plan
from vedette.model.routing import Email, Receiver, Routing, Webhook
from vedette.model.secret import Secret
from vedette.model.threshold import Threshold
from vedette.stack.alertmanager import COMPONENT as ALERTMANAGER
from vedette.stack.prometheus import COMPONENT as PROMETHEUS

GOLDEN = Path(__file__).parent.parent / "golden"
REWRITE = os.environ.get("REWRITE_GOLDEN") == "1"


@pytest.fixture
def compare(request):
    """Compare a text with a golden file of the target; REWRITE_GOLDEN=1 rewrites the file."""
    target = (
        "compose" if "compose" in request.path.parts else request.path.stem.removeprefix("test_")
    )

    def check(name, text):
        path = GOLDEN / target / name
        if REWRITE:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden file {name}; run: make golden"
        assert text == path.read_text(encoding="utf-8"), "changed; if that is meant: make golden"

    return check


@pytest.fixture(scope="session")
def components():
    """Every component that the stack knows."""
    return discover(stack, "COMPONENT", Component)


@pytest.fixture(scope="session")
def plan():
    """A plan with a module that the stack runs, a load test and receivers on this machine."""
    every = discover(packs, "PACK", Pack)
    receiver = Receiver(
        name="team",
        notifiers=(
            Webhook(url=Secret(text="http://localhost:8080/alerts")),
            Email(
                to="a@example.org",
                sender="v@example.org",
                smarthost="127.0.0.1:25",
                username="v",
                password=Secret(file=Path("/home/me/mail-password")),
            ),
        ),
    )
    return Plan(
        name="My Model's Stack",
        home=Path("/home/me/project"),
        state=Path("/home/me/project/.vedette"),
        ports={"alertmanager": 9093, "console": 9321, "node_exporter": 9100, "prometheus": 19090},
        components=("alertmanager", "console", "locust", "node_exporter", "prometheus"),
        modules=(
            Module(
                name="serving",
                targets=("127.0.0.1:8000",),
                packs=("serving", "load"),
                run=Run(command=("python", "app.py"), folder=Path("/home/me/project")),
            ),
            Module(name="far", targets=("far.example:8000",)),
        ),
        packs=every,
        thresholds={each.name: each.default for p in every.values() for each in p.thresholds},
        routing=Routing(receivers=(receiver,), default="team"),
        load_test=LoadTest(locustfile=Path("/home/me/locustfile.py"), host="http://127.0.0.1:8000"),
    )


@pytest.fixture(scope="session")
def small():
    """A plan with one small pack, whose limit is set, and two modules."""
    hot = Threshold(name="kettle_hot_celsius", default=95, unit="celsius", help="H.", source="S.")
    heat = Metric(name="kettle_celsius", kind="gauge", help="How hot.", labels=("kettle",))
    mean = RecordingRule(name="job:kettle_celsius:avg", expr=f"avg({heat})", help="Mean heat.")
    alert = Alert(
        name="KettleHot",
        expr=f"{heat} > {hot}",
        hold="1m",
        severity="page",
        summary="Kettle {{ $labels.kettle }} boils over",
        description=f"{{{{ $value }}}} °C; the limit is {hot:human}.",
        runbook="## What it means\nHot.\n",
    )
    panel = Panel(
        title="Heat",
        description="It should not rise.",
        unit="celsius",
        width=24,
        queries=(Query(expr=str(mean), legend="mean"),),
        steps=(Step(colour="green"), Step(colour="red", value=hot)),
    )
    page = Dashboard(
        uid="vedette-kettles",
        title="Kettles",
        description="Are they hot?",
        rows=(Row(title="Now", panels=(panel,)),),
    )
    kettles = Pack(
        title="Kettles",
        summary="Are they hot?",
        metrics=(heat,),
        thresholds=(hot,),
        alerts=(alert,),
        recordings=(mean,),
        dashboards=(page,),
    )
    quiet = Pack(title="Quiet", summary="Nothing to say.", metrics=(heat,))
    return Plan(
        name="small",
        home=Path("/home/me"),
        state=Path("/home/me/.vedette"),
        ports={"console": 9321, "prometheus": 19090},
        components=("console", "prometheus"),
        modules=(
            Module(name="tea_shop", targets=("127.0.0.1:8000",), owner="ann"),
            Module(
                name="far",
                targets=("far:1",),
                path="/in/metrics",
                scheme="https",
                scrape_interval="30s",
                labels={"service": "search"},
            ),
        ),
        packs={"kettle_heat": kettles, "quiet": quiet},
        thresholds={"kettle_hot_celsius": 90.0},
    )


@pytest.fixture(scope="session")
def judges(from_suite):
    """Promtool and amtool, the newest in reach."""
    wanted = [
        program
        for component in (PROMETHEUS, ALERTMANAGER)
        for program in component.programs
        if program.name in {"promtool", "amtool"}
    ]
    return from_suite("newest", wanted)
