"""Gets programs without root: PATH, cache, official release, distribution, Python index."""

from vedette.supervisor.get.obtain import locate, obtain
from vedette.supervisor.get.source import Progress, Sources, Step, configured, silent

__all__ = ["Progress", "Sources", "Step", "configured", "locate", "obtain", "silent"]
