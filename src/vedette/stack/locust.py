"""Locust: traffic that behaves like users."""

from vedette.errors import UsageError
from vedette.model.component import Component, Launch
from vedette.model.plan import LoadTest
from vedette.model.program import Program, PythonPackage
from vedette.model.version import Version

_VERSION = "2.47.0"


def _arguments(launch: Launch) -> tuple[str, ...]:
    test = launch.plan.load_test
    if test is None:
        problem = "locust is to run, but the plan says nothing about a load test"
        raise UsageError(problem, hint="add load_test: with locustfile: and host:")
    return (
        *("--locustfile", str(test.locustfile), "--host", test.host),
        *("--users", str(test.users), "--spawn-rate", f"{test.spawn_rate:g}"),
        *_interface(launch, test),
    )


def _interface(launch: Launch, test: LoadTest) -> tuple[str, ...]:
    host, _, port = launch.listen.rpartition(":")
    if launch.plan.login and launch.programs:
        host = "127.0.0.1"  # whoever opens its page may start a load test
    # Also without its page: a scenario that has metrics serves them there.
    address = ("--web-host", host.strip("[]"), "--web-port", port)
    if test.interface:
        return address
    # Requests that fail are what is to be measured; they are no fault of Locust.
    return (*address, "--headless", "--only-summary", "--exit-code-on-error", "0")


COMPONENT = Component(
    title="Locust",
    summary="Sends a service the traffic that a scenario describes.",
    programs=(
        Program(
            name="locust",
            minimum=Version(2, 20),
            python=PythonPackage(
                requirements=(f"locust=={_VERSION}", "prometheus-client>=0.22"), script="locust"
            ),
        ),
    ),
    image=f"locustio/locust:{_VERSION}",
    port=8089,
    pack="load",
    guarded=False,
    arguments=_arguments,
)
