"""From the keys of a plan file to the frozen plan."""

from pathlib import Path

from vedette.model.plan import LoadTest, Login, Plan, RemoteWrite, Retention
from vedette.planfile import declared, layout, limits, notification, schema, services
from vedette.planfile.document import Path as KeyPath
from vedette.planfile.scope import Scope
from vedette.settings import Settings


def resolve(keys: schema.PlanFile, scope: Scope, *, settings: Settings, state: Path) -> Plan:
    """Return the plan that a file describes; what it refers to wrongly becomes findings.

    Args:
        keys: What the file says, checked by the schema.
        scope: The reading; gets the findings. With an error among them the plan is of no use.
        settings: What the environment says.
        state: Where the stack keeps its data, unless the file or the environment says so.
    """
    running = layout.components(keys, scope)
    chosen = layout.ports(keys, running, scope)
    modules = services.modules(keys.modules, scope)
    layout.check_listen(keys, scope)
    layout.check_targets(modules, chosen, listen=keys.listen, scope=scope)
    packs = {**services.packs(modules, running, scope), **declared.packs(keys.metrics, scope)}
    return Plan(
        name=keys.name or scope.home.name or "vedette",
        home=scope.home,
        state=_state(keys, scope, settings) or state,
        listen=keys.listen,
        ports=chosen,
        components=running,
        modules=modules,
        packs=packs,
        thresholds=limits.thresholds(keys.thresholds, packs, scope),
        scrape_interval=keys.scrape_interval,
        evaluation_interval=keys.evaluation_interval,
        retention=Retention(time=keys.retention.time, size=keys.retention.size or ""),
        routing=notification.routing(keys, modules, packs=packs.values(), scope=scope),
        remote_write=_remote_write(keys.remote_write, scope),
        login=_login(keys.login, scope) if keys.login else None,
        load_test=_load_test(keys.load_test, scope) if keys.load_test else None,
        external_labels=keys.external_labels,
        program_folders=_program_folders(keys, scope, settings),
        metrics=_metrics(running, scope),
        open_components=tuple(
            name for name in running if not scope.registry.components[name].guarded
        ),
    )


def _state(keys: schema.PlanFile, scope: Scope, settings: Settings) -> Path | None:
    if settings.state is not None:
        return settings.state.expanduser().absolute()
    return scope.file(keys.state) if keys.state else None


def _metrics(running: tuple[str, ...], scope: Scope) -> dict[str, str]:
    known = scope.registry.components
    return {name: known[name].metrics for name in running if known[name].metrics}


def _program_folders(keys: schema.PlanFile, scope: Scope, settings: Settings) -> tuple[Path, ...]:
    folders = [] if settings.programs is None else [settings.programs.expanduser().absolute()]
    for at, text in enumerate(keys.programs):
        folder = scope.file(text)
        folders.append(folder)
        if not folder.is_dir():
            message = f"the folder {folder} is not there"
            hint = "create it, or remove it from programs"
            scope.report("plan-path", ("programs", at), message, hint=hint, level="warning")
    return tuple(folders)


def _remote_write(given: list[schema.RemoteWrite], scope: Scope) -> tuple[RemoteWrite, ...]:
    stores = []
    for at, keys in enumerate(given):
        path: KeyPath = ("remote_write", at)
        password = (*path, "password_file")
        token = (*path, "bearer_token_file")
        stores.append(
            RemoteWrite(
                url=keys.url,
                username=keys.username,
                password=scope.secret(keys.password, keys.password_file, password),
                bearer_token=scope.secret(keys.bearer_token, keys.bearer_token_file, token),
            )
        )
    return tuple(stores)


def _login(keys: schema.Login, scope: Scope) -> Login:
    certificate, key = keys.tls_certificate, keys.tls_key
    for name, text in (("tls_certificate", certificate), ("tls_key", key)):
        if text and not scope.file(text).is_file():
            message = f"the file {scope.file(text)} is not there"
            hint = "create it before the stack starts"
            scope.report("plan-path", ("login", name), message, hint=hint, level="warning")
    return Login(
        username=keys.username,
        password=scope.secret(keys.password, keys.password_file, ("login", "password_file")),
        tls_certificate=scope.file(certificate) if certificate else None,
        tls_key=scope.file(key) if key else None,
    )


def _load_test(keys: schema.LoadTest, scope: Scope) -> LoadTest:
    file = scope.file(keys.locustfile)
    if not file.is_file():
        message = f"the file {file} is not there"
        hint = "paths are relative to the plan file; create it, or correct it"
        scope.report("plan-path", ("load_test", "locustfile"), message, hint=hint)
    return LoadTest(
        locustfile=file,
        host=keys.host,
        users=keys.users,
        spawn_rate=keys.spawn_rate,
        interface=keys.interface,
    )
