"""Prometheus and Alertmanager over HTTP."""
