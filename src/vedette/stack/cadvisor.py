"""cAdvisor: what each container of this machine uses."""

from vedette.model.component import Component, Launch
from vedette.model.program import Program, Release
from vedette.model.version import Version


def _arguments(launch: Launch) -> tuple[str, ...]:
    host, _, port = launch.listen.rpartition(":")
    if launch.plan.login and launch.programs:
        host = "127.0.0.1"  # it has no login of its own that is worth the name
    return (
        f"--listen_ip={host.strip('[]')}",
        f"--port={port}",
        # Its default of 1 s costs more than all the rest of the stack.
        "--housekeeping_interval=10s",
        "--docker_only=true",
    )


COMPONENT = Component(
    title="cAdvisor",
    summary="Exposes the processor, memory and network use of each container.",
    programs=(
        Program(
            name="cadvisor",
            minimum=Version(0, 38),
            release=Release(
                version="0.57.0",
                url="https://github.com/google/cadvisor/releases/download/v{version}/"
                "cadvisor-v{version}-{os}-{arch}",
                member="",
                published="https://github.com/google/cadvisor/releases, by file",
            ),
        ),
    ),
    image="ghcr.io/google/cadvisor:v0.57.0",
    port=8080,
    guarded=False,
    arguments=_arguments,
    ready="/healthz",
    pack="host",
)
