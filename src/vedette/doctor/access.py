"""How the doctor gets into the programs of a stack with a login."""

from contextlib import suppress

from vedette.clients.http import Access
from vedette.model.plan import Login


def access(login: Login | None) -> Access:
    """Return what a client needs.

    Args:
        login: The plan's; None for open programs.
    """
    if login is None:
        return Access()
    return Access(
        username=login.username,
        password=password(login),
        certificate=str(login.tls_certificate or ""),
    )


def password(login: Login) -> str:
    """Return the password, from its file where it is in one; empty where that is unreadable."""
    if login.password.file is None:
        return login.password.reveal()
    with suppress(OSError, UnicodeDecodeError):
        return login.password.file.read_text(encoding="utf-8").strip()
    return ""
