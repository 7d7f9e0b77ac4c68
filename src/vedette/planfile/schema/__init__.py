"""The one schema of vedette.yaml: its keys, what they mean, what they may hold.

The descriptions are the documentation: `vedette config schema` and
docs/reference/plan.md are made from them.
"""

from vedette.planfile.schema.keys import Keys
from vedette.planfile.schema.plan import (
    LoadTest,
    Login,
    OwnMetric,
    PlanFile,
    RemoteWrite,
    Retention,
)
from vedette.planfile.schema.service import Module, Run
from vedette.planfile.schema.telling import (
    Email,
    Notifier,
    PagerDuty,
    Routes,
    Rule,
    Slack,
    Webhook,
)

__all__ = [
    "Email",
    "Keys",
    "LoadTest",
    "Login",
    "Module",
    "Notifier",
    "OwnMetric",
    "PagerDuty",
    "PlanFile",
    "RemoteWrite",
    "Retention",
    "Routes",
    "Rule",
    "Run",
    "Slack",
    "Webhook",
]
