"""Reads vedette.yaml into a plan, and says where and why where it cannot."""

from vedette.planfile.errors import PlanFileError
from vedette.planfile.reading import Reading, examine, find, read

__all__ = ["PlanFileError", "Reading", "examine", "find", "read"]
