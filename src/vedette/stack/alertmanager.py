"""Alertmanager: groups alerts and tells people."""

from collections.abc import Mapping

from vedette.model.component import Component, Launch
from vedette.model.plan import Plan
from vedette.model.program import DebianPackage, Patch, Program, Release
from vedette.model.version import Version

_OLDEST = Version(0, 25)
_SUMS = {
    "linux-amd64": "265b9d1e55ef0d5306a436018af6d2b686c2ce051f03d968f7464ecb1372a7e8",
    "linux-arm64": "d98d6cbaf52151c7e76e24355fec88b11cebcb9875d4cdd8b76ddce7a7e5535c",
    "darwin-amd64": "9f3a3806c81a2ef3546fea9bae3dd39abcf2206edd112c9433133a9355875fce",
    "darwin-arm64": "a3941879f340ef12a4cc1a479c82bd8520611265ea8d1ee25c88bd5f944d8293",
}
# Debian's build reads its templates from this folder and has no flag to change that. The same
# path without its first slash is found from the folder in which the package was unpacked.
_TEMPLATES = Patch(
    old=b"/usr/share/prometheus/alertmanager", new=b"usr/share/prometheus//alertmanager"
)


def _release(binary: str) -> Release:
    return Release(
        version="0.34.1",
        url="https://github.com/prometheus/alertmanager/releases/download/v{version}/"
        "alertmanager-{version}.{os}-{arch}.tar.gz",
        member=f"alertmanager-{{version}}.{{os}}-{{arch}}/{binary}",
        sums=_SUMS,
        published="https://prometheus.io/download/ and the release's sha256sums.txt",
    )


def _arguments(launch: Launch) -> tuple[str, ...]:
    found = launch.programs.get("alertmanager")
    pages = found.root / "usr/share/prometheus/alertmanager" if found and found.root else None
    login = (f"--web.config.file={launch.config / 'web.yml'}",) if launch.plan.login else ()
    return (
        f"--config.file={launch.config / 'alertmanager.yml'}",
        f"--storage.path={launch.data}",
        f"--web.listen-address={launch.listen}",
        # Alone, it would still open a port for its fellows, on every interface.
        "--cluster.listen-address=",
        # What it has not written down is lost when it is killed: silences, and who was told.
        "--data.maintenance-interval=5s",
        *((f"--web.ui-path={pages / 'no-ui'}",) if pages else ()),
        *login,
    )


def _files(plan: Plan) -> Mapping[str, str]:
    from vedette.render import alertmanager, web

    login = {"web.yml": web.config(plan)} if plan.login else {}
    return {"alertmanager.yml": alertmanager.config(plan), **login}


def _checks(launch: Launch) -> tuple[tuple[str, ...], ...]:
    return (("amtool", "check-config", str(launch.config / "alertmanager.yml")),)


def _environment(_: Launch) -> Mapping[str, str]:
    # Its heap is tiny; the garbage of the default would be most of its memory.
    return {"GOGC": "25"}


COMPONENT = Component(
    title="Alertmanager",
    summary="Groups alerts, silences them and tells the receivers.",
    programs=(
        Program(
            name="alertmanager",
            minimum=_OLDEST,
            release=_release("alertmanager"),
            debian=DebianPackage(
                name="prometheus-alertmanager",
                binary="usr/bin/prometheus-alertmanager",
                patch=_TEMPLATES,
            ),
        ),
        Program(
            name="amtool",
            minimum=_OLDEST,
            release=_release("amtool"),
            debian=DebianPackage(
                name="prometheus-alertmanager", binary="usr/bin/amtool", patch=_TEMPLATES
            ),
        ),
    ),
    image="prom/alertmanager:v0.34.1",
    port=9093,
    arguments=_arguments,
    environment=_environment,
    files=_files,
    checks=_checks,
    ready="/-/ready",
    reload="/-/reload",
    default=True,
)
