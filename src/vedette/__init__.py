"""Monitoring for machine-learning systems that can prove that it works."""

__version__ = "0.1.0"
__all__ = ["__version__"]
