"""Run a system as a user would, and check every line of what it promises."""
