"""From a plan to what the supervisor process is told."""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from vedette import settings
from vedette.errors import InUseError
from vedette.model.module import Module, Run
from vedette.model.plan import Login, Plan
from vedette.planfile.hosts import localised
from vedette.process import ports
from vedette.supervisor import generations, render
from vedette.supervisor.files import make_folder
from vedette.supervisor.get import Progress, configured, obtain, silent
from vedette.supervisor.spec import ProgramSpec, StackSpec
from vedette.supervisor.wishes import Wishes, adjust, digest

_LOAD_TEST = "locust"
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
_PLAN_FILE = "vedette.yaml"
_VEDETTE = "vedette"


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Everything that must be right before something starts or changes.

    Args:
        plan: With components, ports and versions as they will be.
        spec: What the supervisor is told.
        generation: The staged files, judged; not yet in use.
    """

    plan: Plan
    spec: StackSpec
    generation: Path


def prepare(
    plan: Plan,
    wishes: Wishes,
    progress: Progress = silent,
    *,
    known_ports: Mapping[str, int] | None = None,
    attached: bool = False,
) -> Prepared:
    """Get the programs, render their files and have them judged.

    Args:
        plan: As the file says.
        wishes: What the command line adds.
        progress: Told how programs are got.
        known_ports: Ports that automatic ones keep.
        attached: True where the stack is to end with the process that starts it.

    Raises:
        VedetteError: something is missing, wrong or refused; nothing was changed.
    """
    adjusted = adjust(localised(plan), wishes, known_ports or {})
    components = adjusted.components
    sources = configured(plan.program_folders, offline=wishes.offline)
    wanted = [program for component in components.values() for program in component.programs]
    programs = obtain(wanted, sources, progress)
    versions = {name: found.version for name, found in programs.items()}
    complete = replace(adjusted.plan, versions=versions)
    setup = render.Setup(plan=complete, components=components, programs=programs)
    texts = render.files(setup)
    staged = generations.stage(plan.state, texts)
    try:
        render.judge(setup, staged)
        rows = [
            *(_component(setup, name, texts[name]) for name in components),
            *(_module(module, module.run) for module in complete.modules if module.run),
        ]
    except BaseException:
        generations.drop(staged)
        raise
    spec = replace(_stack(complete, wishes, attached=attached), programs=tuple(rows))
    return Prepared(plan=complete, spec=spec, generation=staged)


def check_ports(spec: StackSpec) -> None:
    """Refuse to start where somebody else has a port.

    Raises:
        InUseError: it names each taken port and its owner.
    """
    taken = [row for row in spec.programs if row.listen and not _bindable(row)]
    if not taken:
        return
    owners = [
        f"port {row.port} of {row.title} is taken by {ports.owner(row.port)}" for row in taken
    ]
    services = [row.name for row in taken if row.source == _PLAN_FILE]
    hint = "stop it, set another port in vedette.yaml (ports:), or use --port auto"
    if services:  # a service listens where its own command says; we cannot move it
        hint = f"stop it, or change the port in `targets:` and `run:` of {', '.join(services)}"
    raise InUseError("; ".join(owners), hint=hint)


def _bindable(row: ProgramSpec) -> bool:
    try:
        return ports.bindable(row.listen, row.port)
    except InUseError as error:
        problem = f"{row.title} {error.problem}"
        raise InUseError(problem, hint=error.hint) from None


def _stack(plan: Plan, wishes: Wishes, *, attached: bool) -> StackSpec:
    certificate = plan.login.tls_certificate if plan.login else None
    return StackSpec(
        name=plan.name,
        home=str(plan.home),
        state=str(plan.state),
        programs=(),
        authorization=_authorization(plan.login) if plan.login else "",
        certificate=str(certificate or ""),
        attached=attached,
        wishes=asdict(wishes),
    )


def _authorization(login: Login) -> str:
    file = login.password.file
    password = login.password.reveal()
    if not password and file:
        password = file.read_text(encoding="utf-8").strip()
    token = base64.b64encode(f"{login.username}:{password}".encode()).decode()
    return f"Basic {token}"


def _component(setup: render.Setup, name: str, texts: Mapping[str, str]) -> ProgramSpec:
    plan, component = setup.plan, setup.components[name]
    run = render.launch(setup, name, plan.state / "config")
    make_folder(run.data)
    found = setup.programs[component.programs[0].name] if component.programs else None
    program = str(found.path) if found else settings.interpreter()
    url = plan.url(name)
    with render.explained(setup, name):
        arguments = component.arguments(run)
        environment = dict(component.environment(run))
    return ProgramSpec(
        name=name,
        title=component.title,
        command=(program, *arguments),
        folder=str((found.root if found else None) or run.data),
        environment=environment,
        port=plan.ports[name],
        listen=plan.listen,
        url=url,
        ready=url + component.ready if component.ready else "",
        reload=url + component.reload if component.reload else "",
        after=(*component.after, *(_under_load(plan) if name == _LOAD_TEST else ())),
        stop_seconds=component.stop_seconds,
        patient_seconds=component.patient_seconds,
        version=str(found.version) if found else _own_version(),
        source=found.source if found else _VEDETTE,
        files=digest(texts),
        essential=component.default,
    )


def _module(module: Module, run: Run) -> ProgramSpec:
    target = module.targets[0]
    host, _, port = target.rpartition(":")
    host = host.strip("[]")
    url = f"{module.scheme}://{target}"
    python = settings.interpreter()
    return ProgramSpec(
        name=module.name,
        title=module.name,
        command=tuple(word.replace("{python}", python) for word in run.command),
        folder=str(run.folder),
        environment=dict(run.environment),
        port=int(port),
        listen=host if host in _LOCAL else "",
        url=url,
        ready=url + run.ready if run.ready else "",
        source=_PLAN_FILE,
        essential=False,
    )


def _under_load(plan: Plan) -> tuple[str, ...]:
    """Name the service that the load test calls: before it is ready, each call would fail."""
    place = urlsplit(plan.load_test.host).netloc if plan.load_test else ""
    return tuple(module.name for module in plan.modules if module.run and place in module.targets)


def _own_version() -> str:
    from vedette import __version__

    return __version__
