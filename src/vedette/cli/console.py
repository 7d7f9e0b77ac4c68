"""`vedette console`: serve the web console alone, beside any Prometheus."""

from pathlib import Path
from typing import Any

import click

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--listen", default="127.0.0.1:9321", show_default=True, help="Address to serve on.")
@click.option(
    "--prometheus",
    default="http://127.0.0.1:9090",
    show_default=True,
    help="Address of the Prometheus that is shown.",
)
@click.option("--alertmanager", default="", help="Address of its Alertmanager.")
@click.option("--dashboards", type=_FOLDER, help="Folder of Grafana dashboard JSON.")
@click.option(
    "--runbooks", type=click.Path(path_type=Path), help="JSON file: alert name to Markdown."
)
@click.option("--state", type=_FOLDER, help="State folder of the stack whose programs are shown.")
@click.option("--username", default="", help="Demand this name …")
@click.option("--password-file", type=_FILE, help="… and the password in this file.")
@click.option("--without-login", is_flag=True, help="Let everybody in who reaches the address.")
@click.option("--upstream-login", is_flag=True, help="Show the same login to Prometheus.")
@click.option("--upstream-ca", type=_FILE, help="PEM file that vouches for Prometheus.")
@click.option("--tls-certificate", type=_FILE, help="Serve HTTPS with this PEM file …")
@click.option("--tls-key", type=_FILE, help="… and its key.")
@click.option("--host", multiple=True, help="A further name under which the console is opened.")
def command(**options: Any) -> None:
    """Serve the web console beside any Prometheus.

    `vedette up` does so by itself; this command shows a Prometheus that somebody else runs.
    """
    from vedette.console.serve import serve

    certificate, key = options["tls_certificate"], options["tls_key"]
    serve(
        _config(options),
        options["listen"],
        certificate=str(certificate or ""),
        key=str(key or ""),
    )


def _config(options: dict[str, Any]) -> Any:
    from vedette.console.config import Config, Credentials
    from vedette.errors import UsageError

    username, password = options["username"], options["password_file"]
    if bool(username) != bool(password):
        problem = "a login needs both --username and --password-file"
        raise UsageError(problem, hint="give both, or neither")
    login = Credentials(username=username, password=_password(password)) if password else None
    if not (login or options["without_login"] or _is_loopback(options["listen"])):
        problem = f"{options['listen']} can be reached from outside, and nobody is asked who he is"
        raise UsageError(problem, hint="add --username and --password-file, or listen on 127.0.0.1")
    return Config(
        prometheus=options["prometheus"],
        alertmanager=options["alertmanager"],
        dashboards=options["dashboards"],
        runbooks=options["runbooks"],
        state=options["state"],
        login=login,
        upstream_login=login if options["upstream_login"] else None,
        upstream_ca=options["upstream_ca"],
        hosts=options["host"],
    )


def _password(file: Path) -> str:
    from vedette.errors import UsageError

    text = file.read_text(encoding="utf-8").strip()
    if not text:
        problem = f"{file} holds no password"
        raise UsageError(problem, hint="write the password into it, on one line")
    return text


def _is_loopback(listen: str) -> bool:
    import ipaddress

    host = listen.rpartition(":")[0].strip("[]")
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
