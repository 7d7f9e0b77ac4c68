"""Every place that the stack scrapes."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

from vedette.doctor.access import password
from vedette.doctor.fetch import Question
from vedette.doctor.patient import Patient
from vedette.model.module import Module
from vedette.planfile.fields import seconds

_SCRAPE_TIMEOUT = 10.0  # Prometheus' own default, unless the interval is shorter
DOCKER_HOST = "host.docker.internal"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One target.

    Args:
        subject: How it is called: module or program, and address.
        job: Its scrape job.
        instance: Its `host:port`.
        path: Where its metrics are.
        scheme: `http` or `https`.
        question: How to ask it.
        module: Whose it is; None for a program of the stack.
    """

    subject: str
    job: str
    instance: str
    path: str
    scheme: str
    question: Question
    module: Module | None = None

    @property
    def host(self) -> str:
        """The host alone."""
        return self.instance.rpartition(":")[0].strip("[]")

    @property
    def is_loopback(self) -> bool:
        """True for an address that means the machine that asks."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def places(patient: Patient) -> Iterator[Place]:
    """Yield every target that should answer now.

    Args:
        patient: The stack. Where it does not run, its own programs and the services that it
            starts cannot answer, and are left out.
    """
    runs = patient.running is not None
    for name in patient.components:
        if runs and patient.is_ready(name) and patient.components[name].metrics:
            yield _program(patient, name)
    for module in patient.plan.modules:
        if runs or module.run is None:
            for target in module.targets:
                yield _target(patient, module, target)


def _program(patient: Patient, name: str) -> Place:
    plan, path = patient.plan, patient.components[name].metrics
    question = Question(url=f"{plan.url(name)}{path}", verify=False)
    login = plan.login_of(name)
    if login:
        question = Question(
            url=question.url,
            verify=False,
            username=login.username,
            password=password(login),
        )
    return Place(
        subject=f"{name} at {plan.address(name)}",
        job=name,
        instance=plan.address(name),
        path=path,
        scheme=question.url.partition(":")[0],
        question=question,
    )


def _target(patient: Patient, module: Module, target: str) -> Place:
    interval = seconds(module.scrape_interval or patient.plan.scrape_interval)
    url = f"{module.scheme}://{target}{module.path}"
    return Place(
        subject=f"{module.name} at {target}",
        job=module.name,
        instance=target,
        path=module.path,
        scheme=module.scheme,
        question=Question(url=url, seconds=min(interval or _SCRAPE_TIMEOUT, _SCRAPE_TIMEOUT)),
        module=module,
    )
