"""Grafana: draws the same dashboards as the console, for teams that live in it."""

from collections.abc import Mapping
from pathlib import Path

from vedette.model.component import Component, Launch
from vedette.model.plan import Login, Plan
from vedette.model.program import Program, Release
from vedette.model.version import Version

_SUMS = {
    "linux-amd64": "6107ad27016296aac38e0d7ffa8753ab540b5541ad27e94790f771289d733235",
    "linux-arm64": "a2a41b960ba4c25e83140484e48813730d3c81891a128439a2a9d2df6eb3840e",
    "darwin-amd64": "59d08d3ef611a49239bf3b54cd1cb1b215611a3f6cd37bb6e6abe40dda181319",
    "darwin-arm64": "248a51bcfacdb1ec642006cee46b4de44a34bcf41ddea88d96a4605e2e9d808c",
}
# A Grafana that the distribution's package manager installed keeps its pages apart.
_SYSTEM = (Path("/usr/bin"), Path("/usr/sbin"), Path("/usr/local/bin"))
_SYSTEM_HOME = Path("/usr/share/grafana")


def _arguments(launch: Launch) -> tuple[str, ...]:
    found = launch.programs.get("grafana")
    if found is None:  # an image starts it by itself
        return ()
    folder = found.path.parent
    return ("server", f"--homepath={_SYSTEM_HOME if folder in _SYSTEM else folder.parent}")


def _environment(launch: Launch) -> Mapping[str, str]:
    host, _, port = launch.listen.rpartition(":")
    login = launch.plan.login
    return {
        "GF_SERVER_HTTP_ADDR": host.strip("[]"),
        "GF_SERVER_HTTP_PORT": port,
        "GF_PATHS_DATA": str(launch.data),
        "GF_PATHS_PROVISIONING": str(launch.config / "provisioning"),
        "GRAFANA_DASHBOARDS": str(launch.config / "dashboards"),
        # Nothing leaves this machine unasked.
        "GF_ANALYTICS_REPORTING_ENABLED": "false",
        "GF_ANALYTICS_CHECK_FOR_UPDATES": "false",
        "GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES": "false",
        "GF_PLUGINS_PREINSTALL_DISABLED": "true",
        "GF_NEWS_NEWS_FEED_ENABLED": "false",
        "GF_LOG_MODE": "console",
        **(_guarded(login) if login else _open()),
    }


def _open() -> Mapping[str, str]:
    """Let everybody look and nobody change: there is no account, so no default password."""
    return {
        "GF_AUTH_ANONYMOUS_ENABLED": "true",
        "GF_AUTH_ANONYMOUS_ORG_ROLE": "Viewer",
        "GF_AUTH_BASIC_ENABLED": "false",
        "GF_AUTH_DISABLE_LOGIN_FORM": "true",
        "GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION": "true",
    }


def _guarded(login: Login) -> Mapping[str, str]:
    file = login.password.file
    password = file.read_text(encoding="utf-8").strip() if file else login.password.reveal()
    access = {
        "GF_SECURITY_ADMIN_USER": login.username,
        "GF_SECURITY_ADMIN_PASSWORD": password,
        "GF_AUTH_ANONYMOUS_ENABLED": "false",
        "PROMETHEUS_PASSWORD": password,
    }
    if login.tls_certificate is None:
        return access
    return {
        **access,
        "GF_SERVER_PROTOCOL": "https",
        "GF_SERVER_CERT_FILE": str(login.tls_certificate),
        "GF_SERVER_CERT_KEY": str(login.tls_key),
    }


def _files(plan: Plan) -> Mapping[str, str]:
    from vedette.render import grafana

    provisioning = grafana.provisioning(plan)
    return {
        **{f"provisioning/{name}": text for name, text in provisioning.items()},
        **{f"dashboards/{name}": text for name, text in grafana.dashboards(plan).items()},
    }


COMPONENT = Component(
    title="Grafana",
    summary="Draws the dashboards for teams that live in Grafana.",
    programs=(
        Program(
            name="grafana",
            minimum=Version(10, 0),
            release=Release(
                version="13.2.3",
                # The build number cannot be told from the version: both are pinned together.
                url="https://dl.grafana.com/grafana/release/{version}/"
                "grafana_{version}_36482603486_{os}_{arch}.tar.gz",
                member="grafana-{version}/bin/grafana",
                whole=True,
                sums=_SUMS,
                published="https://grafana.com/grafana/download?edition=oss",
            ),
        ),
    ),
    image="grafana/grafana:13.2.3",
    port=3000,
    arguments=_arguments,
    environment=_environment,
    files=_files,
    ready="/api/health",
    after=("prometheus",),
    patient_seconds=60.0,
)
