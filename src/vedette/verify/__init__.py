"""Runs a system and checks every line of what it promises."""
