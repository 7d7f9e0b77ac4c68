"""Runs a program with what it uses instrumented, without a change to its code.

`launch` prepares the environment of the program; in it Python finds `site/sitecustomize.py`
before anything else. That waits for the libraries that have an integration, and calls
`runtime` when the first of them is imported.
"""
