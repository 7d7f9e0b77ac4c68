"""`vedette open`: show a page of the running stack."""

from pathlib import Path

import click

from vedette.terminal.output import format_option, print_json
from vedette.terminal.plan import plan_options

_PAGES = {
    "console": ("console", "/"),
    "dashboards": ("console", "/#/dashboards"),
    "targets": ("console", "/#/targets"),
    "alerts": ("console", "/#/alerts"),
    "prometheus": ("prometheus", "/"),
    "alertmanager": ("alertmanager", "/"),
    "grafana": ("grafana", "/"),
    "mlflow": ("mlflow", "/"),
    "locust": ("locust", "/"),
}


@click.command("open")
@click.argument("page", type=click.Choice(list(_PAGES)), default="console")
@click.option("--print", "only_print", is_flag=True, help="Print the address, open nothing.")
@plan_options
@format_option
def command(page: str, only_print: bool, file: Path | None, state: Path | None, form: str) -> None:
    """Open PAGE of the running stack in a browser; print its address where there is none."""
    from vedette.errors import UsageError
    from vedette.supervisor import control
    from vedette.terminal.state import find_state

    component, path = _PAGES[page]
    status = control.call(find_state(file, state), "status")
    urls = {program["name"]: program["url"] for program in status["programs"]}
    if not urls.get(component):
        problem = f"{component} is not part of the running stack"
        raise UsageError(problem, hint=f"it runs {', '.join(urls)}; add `--with {component}` to up")
    address = urls[component] + path
    if form == "json":
        print_json({"page": page, "component": component, "url": address})
    else:
        click.echo(address)
    if _pageless(address):
        words = f"this build of {component} has no pages; its API works: `vedette open` shows more"
        click.echo(f"warning: {words}", err=True)
    elif not only_print:
        click.launch(address)


def _pageless(address: str) -> bool:
    """Say whether a program answers that it has no page there, as Debian's Prometheus does."""
    import httpx

    try:
        # A page is not judged by its certificate, which is our own.
        answer = httpx.get(address, timeout=2.0, verify=False, trust_env=False)  # noqa: S501 - looked at only
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.NOT_FOUND or answer.is_server_error
