"""The web configuration that Prometheus and its exporters share: TLS and who may come in."""

import functools
import hashlib
from typing import Any

from vedette.errors import UsageError
from vedette.model.plan import Plan
from vedette.render._yaml import dump

_COST = 10
_SALT_LETTERS = 21


def config(plan: Plan) -> str:
    """Return web.yml of a plan with a login.

    Raises:
        UsageError: the plan has no login, or the text of its password is not known.
    """
    login = plan.login
    if login is None or not login.password.reveal():
        problem = "the login has no password"
        raise UsageError(
            problem, hint="give login: a password, or a password_file that is not empty"
        )
    place = hashlib.sha256(f"{plan.state}|{plan.name}|{login.username}".encode()).hexdigest()
    users = {login.username: _hashed(login.password.reveal(), place)}
    document: dict[str, Any] = {"basic_auth_users": users}
    if login.tls_certificate is not None:
        document["tls_server_config"] = {
            "cert_file": str(login.tls_certificate),
            "key_file": str(login.tls_key),
            "min_version": "TLS12",
        }
    return dump(document, comment="Written by vedette; the password is a bcrypt hash.")


@functools.lru_cache(maxsize=16)
def _hashed(password: str, place: str) -> str:
    import bcrypt

    # A salt must differ between places, not be secret; made from the place, the same plan
    # renders to the same file. Its last letter may carry four bits only, which `.` does.
    salt = f"$2b${_COST}${place[:_SALT_LETTERS]}."
    return bcrypt.hashpw(password.encode(), salt.encode()).decode()
