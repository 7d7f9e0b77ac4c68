"""Which programs a plan runs, and on which ports."""

import ipaddress
from collections.abc import Mapping

from vedette.model.module import Module
from vedette.planfile import schema
from vedette.planfile.document import Path
from vedette.planfile.scope import Scope

_LOAD_TEST = "locust"
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound


def components(plan: schema.PlanFile, scope: Scope) -> tuple[str, ...]:
    """Return the names of the programs to run, sorted.

    Args:
        plan: What the file says.
        scope: The reading; gets the findings.
    """
    known = scope.registry.components
    for key, names in (("components", plan.components), ("without", plan.without)):
        for at, name in enumerate(names):
            if name not in known:
                scope.reference((key, at), f"component {name!r}", known)
            elif key == "without" and name in plan.components:
                message = f"{name!r} is both in components and in without"
                scope.report("plan-reference", (key, at), message, hint="keep one of them")
    chosen = {name for name, component in known.items() if component.default}
    chosen |= set(plan.components).intersection(known)
    if plan.load_test and _LOAD_TEST in known:
        chosen.add(_LOAD_TEST)
    if _LOAD_TEST in plan.components and not plan.load_test:
        at = plan.components.index(_LOAD_TEST)
        message = "locust has nothing to run"
        hint = "add load_test: {locustfile: locustfile.py, host: 'http://127.0.0.1:8000'}"
        scope.report("plan-reference", ("components", at), message, hint=hint)
    return tuple(sorted(chosen - set(plan.without)))


def ports(plan: schema.PlanFile, running: tuple[str, ...], scope: Scope) -> dict[str, int]:
    """Return the port of every program that runs.

    Args:
        plan: What the file says.
        running: Names of the components that run.
        scope: The reading; gets the findings.
    """
    known = scope.registry.components
    for name in plan.ports:
        if name not in known:
            scope.reference(("ports", name), f"component {name!r}", known, key=True)
    chosen = {name: plan.ports.get(name, known[name].port) for name in running}
    owners: dict[int, str] = {}
    # Ports that the file names come last, so that the finding stands where the user wrote.
    for name in sorted(chosen, key=lambda name: (name in plan.ports, name)):
        port = chosen[name]
        if port in owners:
            message = f"{name} and {owners[port]} both listen on port {port}"
            hint = f"give one of them another port: ports: {{{name}: {_free(chosen, port)}}}"
            scope.report("plan-port", ("ports", name), message, hint=hint)
        owners[port] = name
    return chosen


def check_targets(
    services: tuple[Module, ...], chosen: Mapping[str, int], *, listen: str, scope: Scope
) -> None:
    """Report services that claim the port of a program or of each other.

    Args:
        services: The user's services.
        chosen: Port per program.
        listen: Where the programs listen.
        scope: The reading; gets the findings.
    """
    programs = {(_host(listen), port): name for name, port in chosen.items()}
    seen: dict[tuple[str, str], str] = {}
    for service in services:
        for at, target in enumerate(service.targets):
            path: Path = ("modules", service.name, "targets", at)
            host, _, port = target.rpartition(":")
            owner = programs.get((_host(host), int(port)))
            if owner:
                message = f"{target} is the port of {owner}, so {service.name} cannot be there"
                hint = f"move the service, or write ports: {{{owner}: ...}} with another port"
                scope.report("plan-port", path, message, hint=hint)
            other = seen.setdefault((f"{_host(host)}:{port}", service.path), service.name)
            if other != service.name or service.targets.index(target) != at:
                message = f"{target}{service.path} is already watched as {other}"
                hint = "keep it once, or its samples count twice"
                scope.report("plan-port", path, message, hint=hint)


def check_listen(plan: schema.PlanFile, scope: Scope) -> None:
    """Refuse an address that is none, and one beyond this machine without a login.

    Args:
        plan: What the file says.
        scope: The reading; gets the findings.
    """
    if plan.listen == "localhost":
        return
    try:
        address = ipaddress.ip_address(plan.listen)
    except ValueError:
        message = f"listen is {plan.listen!r}, which is no IP address"
        hint = "write 127.0.0.1, or 0.0.0.0 for every address of this machine (needs login)"
        scope.report("plan-type", ("listen",), message, hint=hint)
        return
    if not address.is_loopback and not plan.login:
        message = f"listen is {plan.listen}, so anybody could open the programs"
        hint = "add login: {username: admin, password_file: ...}, or listen on 127.0.0.1"
        scope.report("plan-login", ("listen",), message, hint=hint)


def _host(text: str) -> str:
    host = text.strip("[]").lower()
    return "this machine" if host in {"localhost", "127.0.0.1", "::1", *_EVERYWHERE} else host


def _free(chosen: Mapping[str, int], port: int) -> int:
    return next(
        n
        for n in range(port + 10000 if port < 50000 else port - 10000, port + 20000)  # noqa: PLR2004
        if n not in chosen.values()
    )
