"""The web console: a part of Vedette itself, run by its own interpreter."""

import json
from collections.abc import Mapping

from vedette.model.component import Component, Launch
from vedette.model.plan import Login, Plan
from vedette.model.threshold import fill


def _arguments(launch: Launch) -> tuple[str, ...]:
    plan = launch.plan
    alertmanager = "alertmanager" in plan.components
    return (
        *("-m", "vedette", "console"),
        *("--listen", launch.listen),
        *("--prometheus", plan.url("prometheus")),
        *(("--alertmanager", plan.url("alertmanager")) if alertmanager else ()),
        *("--dashboards", str(launch.config / "dashboards")),
        *("--runbooks", str(launch.config / "runbooks.json")),
        *("--state", str(plan.state)),
        *(_access(plan.login, launch) if plan.login else _open(launch.listen)),
    )


def _open(listen: str) -> tuple[str, ...]:
    """Say so where a plan without a login listens beyond loopback: inside a container."""
    local = listen.startswith(("127.", "localhost:", "[::1]:"))
    return () if local else ("--without-login",)


def _access(login: Login, launch: Launch) -> tuple[str, ...]:
    password = login.password.file or launch.config / "password"
    certificate = login.tls_certificate
    return (
        *("--username", login.username),
        *("--password-file", str(password)),
        "--upstream-login",
        *(
            ("--tls-certificate", str(certificate), "--tls-key", str(login.tls_key))
            if certificate
            else ()
        ),
        *(("--upstream-ca", str(certificate)) if certificate else ()),
    )


def _files(plan: Plan) -> Mapping[str, str]:
    from vedette.render import grafana

    dashboards = {f"dashboards/{name}": text for name, text in grafana.dashboards(plan).items()}
    text = plan.login.password.reveal() if plan.login else ""
    return {
        **dashboards,
        "runbooks.json": json.dumps(_runbooks(plan), indent=2, ensure_ascii=False) + "\n",
        # An argument can be read by everybody on the machine; a file of ours by us alone.
        **({"password": f"{text}\n"} if text else {}),
    }


def _runbooks(plan: Plan) -> dict[str, str]:
    return {
        alert.name: fill(alert.runbook, plan.thresholds)
        for pack in plan.packs.values()
        for alert in pack.alerts
    }


COMPONENT = Component(
    title="Console",
    summary="Shows what is up, what fires and how the models do.",
    programs=(),
    # There is no image of Vedette's: an export installs the package into this one.
    image="python:3.13-slim",
    port=9321,
    arguments=_arguments,
    files=_files,
    ready="/healthz",
    reload="/-/reload",
    pack="jobs",
    default=True,
    after=("prometheus", "alertmanager"),
    stop_seconds=2.0,
)
