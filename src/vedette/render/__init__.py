"""Nouns in, text of Prometheus, Alertmanager and Grafana out: pure functions."""
