"""Judges prompts before a model sees them, and keeps a record of its verdicts."""
