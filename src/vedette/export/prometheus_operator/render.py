"""The manifests: one PrometheusRule per pack, one monitor per module."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from vedette.errors import UsageError
from vedette.export.prometheus_operator.monitors import Monitors
from vedette.model.component import Choice, Component
from vedette.model.module import Module
from vedette.model.plan import Plan
from vedette.render._yaml import dump
from vedette.render.runbooks import ADDRESS, files, groups

_COMMENT = "Written by `vedette export prometheus-operator`; export again to change it."
_API = "monitoring.coreos.com/v1"
# A label of Kubernetes: an optional prefix, a name, a value.
_LABEL = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?"
    r"=(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?\Z"
)
_NAMESPACE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
_OURS = {"app.kubernetes.io/part-of": "vedette"}
CHOICES = (
    ADDRESS,
    Choice(name="namespace", help="Namespace of the manifests."),
    Choice(
        name="label",
        help="KEY=VALUE, a label of the manifests by which your Prometheus selects them.",
        many=True,
    ),
    Choice(
        name="module",
        help="Write a monitor for a module of this name, beside those of the plan.",
        many=True,
    ),
    Choice(
        name="monitor",
        help="What a monitor selects: services, or pods.",
        default="service",
        among=("service", "pod"),
    ),
    Choice(name="port", help="Name of the port that exposes metrics.", default="metrics"),
    Choice(
        name="selector",
        help="The label of a module's services or pods that holds the name of the module.",
        default="app.kubernetes.io/name",
    ),
    Choice(
        name="watch-namespace",
        help="Namespace of the modules, where it is another one than that of the manifests.",
        many=True,
    ),
)
_README = """\
# Vedette for the Prometheus Operator

Written by `vedette export prometheus-operator`.

    kubectl apply --kustomize .

Prometheus takes up what its `ruleSelector`, `serviceMonitorSelector` and `podMonitorSelector`
match: give the manifests the labels that they ask for with `--label KEY=VALUE` (often
`release=<name of the Helm release>`).

{monitors}

What to do about each alert is in `runbooks/`; `--runbooks ADDRESS` links the alerts to where you
publish that folder. The pack `stack` watches Prometheus and Alertmanager themselves: where
something else does that, choose the others with `--pack`.
"""


def render(
    components: Mapping[str, Component],
    plan: Plan,
    *,
    runbooks: str,
    namespace: str,
    label: Iterable[str],
    module: Iterable[str],
    **monitor: Any,
) -> Mapping[str, str]:
    """Return the manifests, the runbooks, and how to apply them.

    Args:
        components: Not needed.
        plan: Whose packs, limits and modules.
        runbooks: Where the runbooks are published; empty for no links.
        namespace: Of the manifests; empty for the one that they are applied to.
        label: Labels of the manifests, `key=value`.
        module: Names of modules that the plan does not have.
        monitor: How modules are found; see `Monitors`.

    Raises:
        UsageError: a label, or the name of a namespace, is none.
    """
    del components
    for each in (namespace, *monitor.get("watch_namespace", ())):
        _check_namespace(each)
    labels = {**_OURS, **dict(_pair(each) for each in label)}
    meta: dict[str, Any] = {"labels": labels}
    if namespace:
        meta = {"namespace": namespace, **meta}
    manifests = {
        f"{_slug(name)}-rules.yaml": _resource(
            "PrometheusRule", _named(name, meta), {"groups": [group]}
        )
        for name, group in groups(plan, runbooks).items()
    }
    monitors = Monitors(interval=plan.scrape_interval, **monitor)
    modules = {each.name: each for each in plan.modules}
    modules |= {name: Module(name=name, targets=()) for name in module if name not in modules}
    for name, each in modules.items():
        text = _resource(monitors.kind, _named(name, meta), monitors.spec(each))
        manifests[f"{_slug(name)}-monitor.yaml"] = text
    return {
        **manifests,
        "kustomization.yaml": _kustomization(manifests),
        **files(plan),
        "README.md": _README.format(monitors=_told(monitors, modules)),
    }


def _named(name: str, meta: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"name": f"vedette-{_slug(name)}", **meta}


def _resource(kind: str, metadata: Mapping[str, Any], spec: Mapping[str, Any]) -> str:
    document = {"apiVersion": _API, "kind": kind, "metadata": metadata, "spec": spec}
    return dump(document, comment=_COMMENT)


def _kustomization(manifests: Iterable[str]) -> str:
    document = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "resources": sorted(manifests),
    }
    return dump(document, comment=_COMMENT)


def _told(monitors: Monitors, modules: Mapping[str, Module]) -> str:
    if not modules:
        return (
            "There is no monitor, for there is no module: add some with `--module NAME`, or to a\n"
            "`vedette.yaml`."
        )
    return (
        f"The monitors select {monitors.what} whose label `{monitors.selector}` is the name of\n"
        f"the module, and scrape their port `{monitors.port}`. They set the label `module`, which\n"
        "alerts and dashboards need."
    )


def _check_namespace(name: str) -> None:
    if name and not _NAMESPACE.match(name):
        problem = f"{name!r} is not the name of a namespace of Kubernetes"
        raise UsageError(problem, hint="lower-case letters, digits and - between them; 63 at most")


def _pair(text: str) -> tuple[str, str]:
    if not _LABEL.match(text):
        problem = f"{text!r} is not a label of Kubernetes"
        raise UsageError(problem, hint="write it as key=value: letters, digits, - _ .")
    key, _, value = text.partition("=")
    return key, value


def _slug(name: str) -> str:
    """Make a name that Kubernetes takes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
