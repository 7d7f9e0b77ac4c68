"""The plan file that `vedette init` writes: short, commented, and accepted; pure."""

import json
from dataclasses import dataclass

_HEAD = """# What to watch. Start it with: vedette up
# `vedette config check` checks this file; `vedette config schema` lists every key.
name: {name}
"""
_MODULE = """
modules: # one entry per service
  {module}:
    targets: [{target}] # host:port of each instance
    packs: [http, serving] # what it exposes: alerts and dashboards come with it
    # owner: your-team # a label of its alerts
"""
_NO_MODULE = """
# modules: # one entry per service
#   api:
#     targets: [127.0.0.1:8000] # host:port of each instance
#     packs: [http, serving] # what it exposes: alerts and dashboards come with it
#     owner: your-team # a label of its alerts
"""
_WEBHOOK = """
receivers: # who is told of alerts
  team:
    - webhook: {address}
"""
_EMAIL = """
receivers: # who is told of alerts
  team:
    - email:
        to: {address}
        smarthost: localhost:25 # host:port of your mail server
        # username: vedette
        # password_file: secrets/smtp
"""
_NOBODY = """
# receivers: # who is told of alerts; nobody so far
#   team:
#     - webhook: https://hooks.example.org/alerts
#     - email: team@example.org
"""
_TAIL = """
# retention: {time: 15d, size: 10GB} # how long samples are kept, and how much of them
# thresholds: # the packs' limits, with a unit where they have one
#   host_disk_free_ratio: 5%
"""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What `vedette init` asked.

    Args:
        name: The stack's name.
        module: Name of the first service.
        target: Its `host:port`; empty for none.
        tell: An http(s) address or an e-mail address; empty for nobody.
    """

    name: str
    module: str = "api"
    target: str = ""
    tell: str = ""


def text(answers: Answers) -> str:
    """Return the file for some answers.

    Args:
        answers: Every one of them is quoted where YAML or `${...}` would read it otherwise.
    """
    module = _MODULE if answers.target else _NO_MODULE
    receivers = _NOBODY
    if answers.tell:
        receivers = _WEBHOOK if "://" in answers.tell else _EMAIL
    return "".join(
        (
            _HEAD.format(name=_quoted(answers.name)),
            module.format(module=answers.module, target=_quoted(answers.target)),
            receivers.format(address=_quoted(answers.tell)),
            _TAIL,
        )
    )


def _quoted(value: str) -> str:
    # A JSON text is a YAML text.
    return json.dumps(value.replace("$", "$$"), ensure_ascii=False)
