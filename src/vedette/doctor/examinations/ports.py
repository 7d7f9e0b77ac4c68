"""Each port that is not ours yet: is it free, and if not, who has it?"""

from collections.abc import Iterator

from vedette.doctor.diagnosis import Examination, Fine, Result
from vedette.doctor.patient import Patient
from vedette.errors import InUseError
from vedette.model.finding import Finding
from vedette.process import ports

_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_HAVE_THEIRS = frozenset({"ready", "starting", "stopped"})


def _examine(patient: Patient) -> Iterator[Result]:
    for name, host, port in _wanted(patient):
        row = (patient.running or {}).get(name)
        if row is None or row.state not in _HAVE_THEIRS:
            yield _look(patient, name, host=host, port=port)


def _wanted(patient: Patient) -> Iterator[tuple[str, str, int]]:
    plan = patient.plan
    listen = "127.0.0.1" if plan.listen == "localhost" else plan.listen
    for name in plan.components:
        yield name, listen, plan.ports[name]
    for module in plan.modules:
        host, _, port = module.targets[0].rpartition(":")
        if module.run and host.strip("[]") in _LOCAL:
            yield module.name, "::1" if "[" in host else "127.0.0.1", int(port)


def _look(patient: Patient, name: str, *, host: str, port: int) -> Result:
    try:
        if ports.bindable(host, port):
            return Fine(subject=name, message=f"port {port} is free")
    except InUseError as error:
        return Finding(
            rule="port-refused",
            level="error",
            subject=name,
            message=error.problem,
            hint=error.hint,
        )
    hint = "stop that, or let the service listen elsewhere and correct `targets:`"
    if name in patient.components:
        hint = f"stop that, write `ports: {{{name}: ...}}`, or start with `vedette up --port auto`"
    return Finding(
        rule="port-taken",
        level="error",
        subject=name,
        message=f"port {port} of {name} is taken by {ports.owner(port)}",
        hint=hint,
    )


EXAMINATION = Examination(title="ports", order=20, examine=_examine)
