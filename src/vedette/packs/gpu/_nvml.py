"""NVIDIA's management library, loaded late; every call to it goes through here."""

import importlib
from types import ModuleType
from typing import Any

# nvmlReturn_t in nvml.h: what each answer means for whoever asked.
_UNSUPPORTED = {3: "not_supported", 4: "no_permission", 13: "not_supported", 25: "not_supported"}
_LOST = frozenset({15, 16})
_ENDED = {1: "driver_reloaded", 9: "driver_not_loaded", 18: "driver_version_mismatch"}
_UNAVAILABLE = {**_ENDED, 4: "no_permission", 12: "library_not_found"}


class UnavailableError(Exception):
    """There is nobody to ask; its one argument is the reason, in a word."""


class UnsupportedError(Exception):
    """A GPU or its driver never tells this; its one argument is the reason, in a word."""


class GpuLostError(Exception):
    """The GPU does not answer any more, until it is reset or the machine started anew."""


class CallError(Exception):
    """It could not be told this time."""


class Driver:
    """One session with the driver.

    Raises:
        UnavailableError: the binding, the library or the driver is not there.
    """

    def __init__(self, library: ModuleType | None = None) -> None:
        self.library: Any = library or _binding()
        try:
            self.library.nvmlInit()
        except self.library.NVMLError as fault:
            raise UnavailableError(_UNAVAILABLE.get(fault.value, "error")) from fault

    def call(self, function: str, *arguments: object) -> Any:
        """Return what a function of the library answers.

        Raises:
            UnsupportedError: this driver or GPU never tells it.
            GpuLostError: the GPU is gone.
            UnavailableError: the session ended, as when the driver was loaded anew.
            CallError: anything else; the next time may succeed.
        """
        known = getattr(self.library, function, None)
        if known is None:  # an older binding
            reason = "not_supported"
            raise UnsupportedError(reason)
        try:
            return known(*arguments)
        except self.library.NVMLError as fault:
            raise_for(fault.value)
            raise CallError(str(fault)) from fault

    def first(self, *calls: tuple[Any, ...]) -> Any:
        """Return the first answer of several calls that ask the same, newest function first.

        Raises:
            UnsupportedError: none of them is supported; the others as `call` raises them.
        """
        for function, *arguments in calls[:-1]:
            try:
                return self.call(function, *arguments)
            except UnsupportedError:
                continue
        function, *arguments = calls[-1]
        return self.call(function, *arguments)

    def close(self) -> None:
        """End the session, if it has not ended by itself."""
        try:
            self.library.nvmlShutdown()
        except self.library.NVMLError:
            return


def raise_for(code: int) -> None:
    """Raise what an answer's code means; nothing where it is a success, or an unknown one."""
    if code in _UNSUPPORTED:
        raise UnsupportedError(_UNSUPPORTED[code])
    if code in _LOST:
        raise GpuLostError
    if code in _ENDED:
        raise UnavailableError(_ENDED[code])


def _binding() -> ModuleType:
    try:
        return importlib.import_module("pynvml")
    except ImportError as fault:
        reason = "pynvml_not_installed"
        raise UnavailableError(reason) from fault
