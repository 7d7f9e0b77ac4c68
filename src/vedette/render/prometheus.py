"""The configuration and rules of Prometheus for a plan."""

from collections.abc import Mapping
from typing import Any

from vedette.model import version
from vedette.model.alert import Alert, RecordingRule
from vedette.model.module import Module
from vedette.model.plan import Login, Plan, RemoteWrite
from vedette.model.secret import Secret
from vedette.model.threshold import fill
from vedette.render._yaml import dump

_COMMENT = "Written by vedette from vedette.yaml; `vedette reload` writes it anew."
# Where the plan does not say who has metrics: this one has none at /metrics.
_UNSCRAPED = frozenset({"mlflow"})
_HANDOVER = "vedette-handover"


def config(plan: Plan) -> str:
    """Return prometheus.yml.

    Rule files stand beside it under the names that `rules` gives them. Secrets that the
    plan holds as text are written as text, so the file must be readable by its owner only.
    """
    document: dict[str, Any] = {
        "global": {
            "scrape_interval": plan.scrape_interval,
            "evaluation_interval": plan.evaluation_interval,
            "external_labels": {"stack": plan.name, **plan.external_labels},
        },
        "rule_files": sorted(rules(plan)),
    }
    if "alertmanager" in plan.components:
        document["alerting"] = {"alertmanagers": [_own(plan, "alertmanager")]}
    document["scrape_configs"] = [
        *(_component_job(plan, name, path) for name, path in sorted(_paths(plan).items())),
        *_handover_job(plan),
        *(_module_job(plan, module) for module in plan.modules),
    ]
    if plan.remote_write:
        document["remote_write"] = [_remote_write(store) for store in plan.remote_write]
    return dump(document, comment=_COMMENT)


def rules(plan: Plan) -> Mapping[str, str]:
    """Return the rules, one file per pack that has some: `rules/host.yml` to its text.

    Raises:
        UsageError: an alert names a threshold that the plan has no value for.
    """
    return {
        f"rules/{name}.yml": dump(
            {"groups": [group]}, comment=f"{plan.packs[name].title}. {_COMMENT}"
        )
        for name, group in groups(plan).items()
    }


def groups(plan: Plan) -> Mapping[str, Mapping[str, Any]]:
    """Return the group of rules of each pack that has some, by the name of the pack.

    Raises:
        UsageError: an alert names a threshold that the plan has no value for.
    """
    return {
        name: {
            "name": name,
            "rules": [
                *(_recording(plan, rule) for rule in pack.recordings),
                *(_alert(plan, alert) for alert in pack.alerts),
            ],
        }
        for name, pack in sorted(plan.packs.items())
        if pack.alerts or pack.recordings
    }


def runbook_url(plan: Plan, alert: str) -> str:
    """Return where the runbook of an alert is read; empty where no console runs."""
    if "console" not in plan.components:
        return ""
    return f"{plan.url('console')}/#/runbooks/{alert}"


def _paths(plan: Plan) -> Mapping[str, str]:
    if plan.metrics:
        return {name: path for name, path in plan.metrics.items() if name in plan.components}
    return {name: "/metrics" for name in plan.components if name not in _UNSCRAPED}


def _component_job(plan: Plan, name: str, path: str) -> dict[str, Any]:
    return {"job_name": name, "metrics_path": path, **_own(plan, name)}


def _handover_job(plan: Plan) -> list[dict[str, Any]]:
    """What jobs that end left with the console: each value carries the labels of its job."""
    if "console" not in plan.components:
        return []
    labels = {"metrics_path": "/handover/metrics", "honor_labels": True}
    return [{"job_name": _HANDOVER, **labels, **_own(plan, "console")}]


def _own(plan: Plan, component: str) -> dict[str, Any]:
    """One of the stack's own programs: its address, and how to get in."""
    place = {"static_configs": [{"targets": [plan.address(component)]}]}
    return {**_access(plan.login_of(component)), **place}


def _access(login: Login | None) -> dict[str, Any]:
    if login is None:
        return {}
    access: dict[str, Any] = {
        "basic_auth": {"username": login.username, **_secret("password", login.password)}
    }
    if login.tls_certificate is not None:
        # The certificate names the host as others call it; this connection stays inside.
        access = {"scheme": "https", "tls_config": {"insecure_skip_verify": True}, **access}
    return access


def _module_job(plan: Plan, module: Module) -> dict[str, Any]:
    owner = {"owner": module.owner} if module.owner else {}
    job: dict[str, Any] = {"job_name": module.name, "metrics_path": module.path}
    if module.scheme != "http":
        job["scheme"] = module.scheme
    if module.scrape_interval:
        job["scrape_interval"] = module.scrape_interval
    known = plan.versions.get("prometheus")
    if known is not None and version.has("prometheus", "fallback_scrape_protocol", known):
        # 3.x refuses a target that names no content type; 2.x took it for this.
        job["fallback_scrape_protocol"] = "PrometheusText0.0.4"
    labels = {**module.labels, "module": module.name, **owner}
    job["static_configs"] = [{"targets": list(module.targets), "labels": labels}]
    return job


def _remote_write(store: RemoteWrite) -> dict[str, Any]:
    block: dict[str, Any] = {"url": store.url}
    if store.username:
        block["basic_auth"] = {"username": store.username, **_secret("password", store.password)}
    if store.bearer_token:
        block["authorization"] = _secret("credentials", store.bearer_token)
    return block


def _secret(key: str, secret: Secret) -> dict[str, str]:
    if secret.file is not None:
        return {f"{key}_file": str(secret.file)}
    return {key: secret.reveal()}


def _recording(plan: Plan, rule: RecordingRule) -> dict[str, Any]:
    labels = {"labels": dict(rule.labels)} if rule.labels else {}
    return {"record": rule.name, "expr": fill(rule.expr, plan.thresholds), **labels}


def _alert(plan: Plan, alert: Alert) -> dict[str, Any]:
    rule: dict[str, Any] = {"alert": alert.name, "expr": fill(alert.expr, plan.thresholds)}
    if alert.hold not in {"", "0s", "0"}:
        rule["for"] = alert.hold
    if alert.keep:
        rule["keep_firing_for"] = alert.keep
    rule["labels"] = {"severity": alert.severity, **alert.labels}
    rule["annotations"] = {
        "summary": fill(alert.summary, plan.thresholds),
        "description": fill(alert.description, plan.thresholds),
    }
    if url := runbook_url(plan, alert.name):
        rule["annotations"]["runbook_url"] = url
    return rule
