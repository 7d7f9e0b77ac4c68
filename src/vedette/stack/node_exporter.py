"""The node exporter: processor, memory, disks and network of this machine."""

from collections.abc import Mapping

from vedette.model.component import Component, Launch
from vedette.model.plan import Plan
from vedette.model.program import DebianPackage, Program, Release
from vedette.model.version import Version

_DEBIAN = "prometheus-node-exporter"
_SUMS = {
    "linux-amd64": "b51d8a76aa2a9156a55d501aca6276fae09e262259a5e4e831d2c2222f084e63",
    "linux-arm64": "ad35b605f9954b9f1ffddf5ba054bdc5a98d790b9eae5291e1eeb83f1ecbd0e7",
}


def _arguments(launch: Launch) -> tuple[str, ...]:
    login = (f"--web.config.file={launch.config / 'web.yml'}",) if launch.plan.login else ()
    return (f"--web.listen-address={launch.listen}", *_quiet(launch), *login)


def _quiet(launch: Launch) -> tuple[str, ...]:
    # Debian's build collects from systemd and a folder of its own, and complains at every
    # scrape where they are not; nobody else's does, nor knows the first flag everywhere.
    found = launch.programs.get("node_exporter")
    if found is None or found.path.name != _DEBIAN:
        return ()
    return ("--no-collector.systemd", f"--collector.textfile.directory={launch.data}")


def _files(plan: Plan) -> Mapping[str, str]:
    from vedette.render import web

    return {"web.yml": web.config(plan)} if plan.login else {}


def _environment(_: Launch) -> Mapping[str, str]:
    # Its heap is tiny; the garbage of the default would be most of its memory.
    return {"GOGC": "25"}


COMPONENT = Component(
    title="Node exporter",
    summary="Exposes what this machine's processor, memory, disks and network do.",
    programs=(
        Program(
            name="node_exporter",
            minimum=Version(1, 5),
            release=Release(
                version="1.12.1",
                url="https://github.com/prometheus/node_exporter/releases/download/v{version}/"
                "node_exporter-{version}.{os}-{arch}.tar.gz",
                member="node_exporter-{version}.{os}-{arch}/node_exporter",
                sums=_SUMS,
                published="https://prometheus.io/download/ and the release's sha256sums.txt",
            ),
            debian=DebianPackage(name=_DEBIAN, binary=f"usr/bin/{_DEBIAN}"),
        ),
    ),
    image="prom/node-exporter:v1.12.1",
    port=9100,
    arguments=_arguments,
    environment=_environment,
    files=_files,
    ready="/",
    pack="host",
    default=True,
)
