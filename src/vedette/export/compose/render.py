"""The files of a Compose folder."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vedette.export.compose.containers import HOST, Contained, contain
from vedette.model.component import Component, Launch
from vedette.model.plan import Plan
from vedette.render._yaml import dump

PROFILE = "monitoring"
PASSWORD = "GRAFANA_PASSWORD"  # noqa: S105 - the name of a variable
# Drawn by Grafana, for the console is part of Vedette itself and has no image.
_ALWAYS = ("grafana",)
# A load test is no part of the watch, and its scenario lies outside of the plan.
_NEVER = ("locust",)
# A new volume takes its owner from the folder that the image has in its place, and the
# programs do not run as root: so these are the images' own folders.
_DATA = {
    "prometheus": "/prometheus",
    "alertmanager": "/alertmanager",
    "grafana": "/var/lib/grafana",
    "mlflow": "/mlflow",
}
# What a program that watches the machine must see of it.
_SEES: Mapping[str, Mapping[str, Any]] = {
    "node_exporter": {"pid": "host", "volumes": ["/:/host:ro,rslave"]},
    "cadvisor": {
        "privileged": True,
        "devices": ["/dev/kmsg"],
        "volumes": [
            "/:/rootfs:ro",
            "/var/run:/var/run:ro",
            "/sys:/sys:ro",
            "/var/lib/docker:/var/lib/docker:ro",
        ],
    },
}
_ASKS = {"node_exporter": ("--path.rootfs=/host",)}
_GUARDED = {
    "GF_AUTH_ANONYMOUS_ENABLED": "false",
    "GF_AUTH_BASIC_ENABLED": "true",
    "GF_AUTH_DISABLE_LOGIN_FORM": "false",
    "GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION": "false",
    "GF_SECURITY_ADMIN_USER": "admin",
    "GF_SECURITY_ADMIN_PASSWORD": f"${{{PASSWORD}:?choose a password in the file .env}}",
}


def render(components: Mapping[str, Component], plan: Plan) -> Mapping[str, str]:
    """Return the files of a folder that `docker compose` starts.

    Args:
        components: Every known component by name.
        plan: What is to run.
    """
    chosen = _chosen(components, plan)
    contained = contain(chosen, plan)
    files = {"compose.yaml": _compose(chosen, contained, plan)}
    files[".env.example"] = f"# Copy to .env and choose one.\n{PASSWORD}=\n"
    files["README.md"] = _readme(chosen, contained, plan)
    for name, component in chosen.items():
        rendered = component.files(contained.plan)
        files |= {f"{name}/{path}": text for path, text in rendered.items()}
    for pack in contained.plan.packs.values():
        files |= {f"runbooks/{alert.name}.md": alert.runbook for alert in pack.alerts}
    return dict(sorted(files.items()))


def _chosen(components: Mapping[str, Component], plan: Plan) -> dict[str, Component]:
    wanted = sorted({*plan.components, *_ALWAYS} - {*_NEVER})
    return {
        name: components[name]
        for name in wanted
        if name in components and components[name].programs and components[name].image
    }


def _compose(chosen: Mapping[str, Component], contained: Contained, plan: Plan) -> str:
    document: dict[str, Any] = {
        "name": _slug(plan.name),
        "services": {name: _service(name, chosen, contained) for name in chosen},
        "volumes": {f"{name}-data": {} for name in chosen if name in _DATA},
    }
    if contained.secrets:
        document["secrets"] = {
            name: {"file": str(path)} for name, path in contained.secrets.items()
        }
    return dump(document, comment="Written by `vedette export compose`; export again to change it.")


def _service(name: str, chosen: Mapping[str, Component], contained: Contained) -> dict[str, Any]:
    component = chosen[name]
    launch = Launch(
        plan=contained.plan,
        config=Path("/etc/vedette") / name,
        data=Path(_DATA.get(name, "/data")),
        listen=f"0.0.0.0:{component.port}",
    )
    service: dict[str, Any] = {"image": component.image, "profiles": [PROFILE]}
    if command := [*component.arguments(launch), *_ASKS.get(name, ())]:
        service["command"] = [_literal(word) for word in command]
    if environment := _environment(name, component, launch):
        service["environment"] = environment
    service["ports"] = [f"127.0.0.1:{contained.outside[name]}:{component.port}"]
    service["volumes"] = _volumes(name, component, launch)
    service |= {key: value for key, value in _SEES.get(name, {}).items() if key != "volumes"}
    configured = "".join(component.files(contained.plan).values())
    service["secrets"] = [name for name, path in contained.mounts.items() if path in configured]
    if HOST in configured:
        service["extra_hosts"] = [f"{HOST}:host-gateway"]
    if first := [other for other in component.after if other in chosen]:
        service["depends_on"] = {other: {"condition": _condition(chosen[other])} for other in first}
    if component.ready:
        service["healthcheck"] = _healthcheck(component)
    service["restart"] = "unless-stopped"
    return {key: value for key, value in service.items() if value != []}


def _environment(name: str, component: Component, launch: Launch) -> dict[str, str]:
    own = {key: _literal(value) for key, value in component.environment(launch).items()}
    return {**own, **_GUARDED} if name == "grafana" else own


def _volumes(name: str, component: Component, launch: Launch) -> list[str]:
    config = [f"./{name}:{launch.config}:ro"] if component.files(launch.plan) else []
    data = [f"{name}-data:{launch.data}"] if name in _DATA else []
    return [*config, *data, *_SEES.get(name, {}).get("volumes", [])]


def _condition(component: Component) -> str:
    return "service_healthy" if component.ready else "service_started"


def _healthcheck(component: Component) -> dict[str, Any]:
    url = f"http://127.0.0.1:{component.port}{component.ready}"
    # The programs' images bring busybox, those of Python programs only Python.
    test = ["CMD", "wget", "-q", "-O", "/dev/null", url]
    if component.programs[0].python is not None:
        test = ["CMD", "python", "-c", f"import urllib.request as u; u.urlopen('{url}')"]
    return {
        "test": test,
        "interval": "10s",
        "timeout": "5s",
        "retries": 3,
        "start_period": f"{component.patient_seconds:g}s",
    }


def _literal(text: str) -> str:
    """Keep Compose from reading a dollar sign as the beginning of a variable."""
    return text.replace("$", "$$")


def _slug(name: str) -> str:
    """Make a project name that Compose takes."""
    return re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_") or "vedette"


def _readme(chosen: Mapping[str, Component], contained: Contained, plan: Plan) -> str:
    addresses = "\n".join(
        f"- {component.title}: http://127.0.0.1:{contained.outside[name]}"
        for name, component in chosen.items()
    )
    notes = "".join(f"- {note}\n" for note in _notes(contained, plan))
    return f"""\
# {plan.name}: monitoring with Docker Compose

Written by `vedette export compose`.

    cp .env.example .env    # and choose a password for Grafana's `admin`
    docker compose --profile {PROFILE} up -d

{addresses}

Every port is open on this machine only. To let others in, put a proxy with a login before it.

## What differs from `vedette up`

{notes}"""


def _notes(contained: Contained, plan: Plan) -> list[str]:
    notes = [
        "Grafana takes the place of the console; the alerts' runbooks are in `runbooks/`.",
        "Jobs and marks are left out: only a console takes what jobs hand over.",
        "The node exporter sees the network of its container, not that of the machine.",
    ]
    if contained.reaches_host:
        notes.append(
            "Services of this machine are reached as `host.docker.internal`. On Linux they must "
            "listen on more than 127.0.0.1 for that."
        )
    if started := [module.name for module in plan.modules if module.run]:
        notes.append(f"Start these yourself, they are not part of it: {', '.join(started)}.")
    if plan.load_test:
        notes.append("The load test is left out.")
    if plan.login:
        notes.append("The login of the plan is left out: ports are open on this machine only.")
    if contained.secrets:
        notes.append(
            "Files with secrets stay where they are; containers must be able to read them."
        )
    return notes
