"""Reads what a program exposes: Prometheus text 0.0.4 and OpenMetrics. Pure."""
