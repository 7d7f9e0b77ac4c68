"""The rules: one module each, found by its place in this folder."""
