"""The blackbox exporter: asks a service from outside, as its users do."""

from collections.abc import Mapping

from vedette.model.component import Component, Launch
from vedette.model.plan import Plan
from vedette.model.program import DebianPackage, Program, Release
from vedette.model.version import Version

_SUMS = {
    "linux-amd64": "caf5d242fb1cf6d5cb678f3f799f22703d4fafea26b03dcbbd7e1f1825e06329",
    "linux-arm64": "63312be0983d85e5109710a7dc93df3051157ae581853fa3655d171cc1b2806e",
    "darwin-amd64": "12d7a3010235862d073bbb111b997870a50070bcda3b912bca8f0095cfda23c6",
    "darwin-arm64": "ec6c70ccca92e209dd22be76a4fa244f4bd31afdae3ddb2bb082144100ec52bb",
}
_PROBES = """\
# Written by vedette. A probe is asked for with /probe?module=NAME&target=ADDRESS.
modules:
  http_2xx:
    prober: http
    timeout: 5s
    http:
      preferred_ip_protocol: ip4
  tcp_connect:
    prober: tcp
    timeout: 5s
    tcp:
      preferred_ip_protocol: ip4
"""


def _arguments(launch: Launch) -> tuple[str, ...]:
    login = (f"--web.config.file={launch.config / 'web.yml'}",) if launch.plan.login else ()
    return (
        f"--config.file={launch.config / 'blackbox.yml'}",
        f"--web.listen-address={launch.listen}",
        *login,
    )


def _files(plan: Plan) -> Mapping[str, str]:
    from vedette.render import web

    login = {"web.yml": web.config(plan)} if plan.login else {}
    return {"blackbox.yml": _PROBES, **login}


def _checks(launch: Launch) -> tuple[tuple[str, ...], ...]:
    file = f"--config.file={launch.config / 'blackbox.yml'}"
    return (("blackbox_exporter", "--config.check", file),)


COMPONENT = Component(
    title="Blackbox exporter",
    summary="Asks services over HTTP and TCP from outside.",
    programs=(
        Program(
            name="blackbox_exporter",
            minimum=Version(0, 23),
            release=Release(
                version="0.28.0",
                url="https://github.com/prometheus/blackbox_exporter/releases/download/v{version}/"
                "blackbox_exporter-{version}.{os}-{arch}.tar.gz",
                member="blackbox_exporter-{version}.{os}-{arch}/blackbox_exporter",
                sums=_SUMS,
                published="https://prometheus.io/download/ and the release's sha256sums.txt",
            ),
            debian=DebianPackage(
                name="prometheus-blackbox-exporter",
                binary="usr/bin/prometheus-blackbox-exporter",
            ),
        ),
    ),
    image="prom/blackbox-exporter:v0.28.0",
    port=9115,
    arguments=_arguments,
    files=_files,
    checks=_checks,
    ready="/-/healthy",
    reload="/-/reload",
)
