"""Prometheus: stores samples, evaluates rules, answers queries."""

from collections.abc import Mapping

from vedette.model.component import Component, Launch
from vedette.model.plan import Plan
from vedette.model.program import DebianPackage, Program, Release
from vedette.model.version import Version, has

_OLDEST = Version(2, 42)
_SUMS = {
    "linux-amd64": "2a542df32eac02ee17b9d844fb2aa1de00dafa5476579ba8a3ba862e9d572ea0",
    "linux-arm64": "f1f90ec08e849d494ca66c611470afc50192f0355f1a61c33f2cbde02d067823",
    "darwin-amd64": "2d79e744c2d7e505db936fbc898e05abc74fcb6e437c25befd26e9c9f00aa58b",
    "darwin-arm64": "920df4d17e78b3b0175af144eb318b0c74d1cf7b1d1251b326966f0e81977260",
}


def _release(binary: str) -> Release:
    return Release(
        version="3.15.0",
        url="https://github.com/prometheus/prometheus/releases/download/v{version}/"
        "prometheus-{version}.{os}-{arch}.tar.gz",
        member=f"prometheus-{{version}}.{{os}}-{{arch}}/{binary}",
        sums=_SUMS,
        published="https://prometheus.io/download/ and the release's sha256sums.txt",
    )


def _arguments(launch: Launch) -> tuple[str, ...]:
    plan = launch.plan
    size = (f"--storage.tsdb.retention.size={plan.retention.size}",) if plan.retention.size else ()
    return (
        f"--config.file={launch.config / 'prometheus.yml'}",
        f"--storage.tsdb.path={launch.data}",
        f"--storage.tsdb.retention.time={plan.retention.time}",
        *size,
        f"--web.listen-address={launch.listen}",
        "--web.enable-lifecycle",
        *_lock(launch),
        *_web_config(launch),
    )


def _lock(launch: Launch) -> tuple[str, ...]:
    # From 3.0 on it locks its data folder by itself; before, two servers would share it.
    found = launch.programs.get("prometheus")
    version = found.version if found else launch.plan.versions.get("prometheus")
    wanted = has("prometheus", "--storage.tsdb.use-lockfile", version)
    return ("--storage.tsdb.use-lockfile",) if wanted else ()


def _web_config(launch: Launch) -> tuple[str, ...]:
    return (f"--web.config.file={launch.config / 'web.yml'}",) if launch.plan.login else ()


def _files(plan: Plan) -> Mapping[str, str]:
    from vedette.render import prometheus, web

    login = {"web.yml": web.config(plan)} if plan.login else {}
    return {"prometheus.yml": prometheus.config(plan), **prometheus.rules(plan), **login}


def _checks(launch: Launch) -> tuple[tuple[str, ...], ...]:
    config = ("promtool", "check", "config", str(launch.config / "prometheus.yml"))
    if not launch.plan.login:
        return (config,)
    return (config, ("promtool", "check", "web-config", str(launch.config / "web.yml")))


def _environment(_: Launch) -> Mapping[str, str]:
    # Half the usual garbage: a small stack spends no processor time on it, and much memory.
    return {"GOGC": "40"}


COMPONENT = Component(
    title="Prometheus",
    summary="Scrapes the targets, stores their samples and evaluates the rules.",
    programs=(
        Program(
            name="prometheus",
            minimum=_OLDEST,
            release=_release("prometheus"),
            debian=DebianPackage(name="prometheus", binary="usr/bin/prometheus"),
        ),
        Program(
            name="promtool",
            minimum=_OLDEST,
            release=_release("promtool"),
            # A package of its own since Debian 13; part of `prometheus` before.
            debian=DebianPackage(
                name="promtool", binary="usr/bin/promtool", elsewhere=("prometheus",)
            ),
        ),
    ),
    image="prom/prometheus:v3.15.0",
    port=9090,
    arguments=_arguments,
    environment=_environment,
    files=_files,
    checks=_checks,
    ready="/-/ready",
    reload="/-/reload",
    default=True,
    after=("alertmanager",),
)
