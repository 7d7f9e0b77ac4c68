"""Judges what a program exposes: names, units, help, labels, cardinality. Pure."""
