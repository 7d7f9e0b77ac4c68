"""`vedette open`: show a page of the running stack."""

from pathlib import Path

import click

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
def command(page: str, only_print: bool, file: Path | None, state: Path | None) -> None:
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
    click.echo(address)
    if not only_print:
        click.launch(address)
