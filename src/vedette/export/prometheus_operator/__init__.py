"""Prometheus Operator: rules and scrapes as resources of a Kubernetes cluster."""

from vedette.export.prometheus_operator.render import CHOICES, render
from vedette.model.component import Target

TARGET = Target(
    help="Manifests for the Prometheus Operator.",
    render=render,
    choices=CHOICES,
    by_pack=True,
    private=False,
)
