"""The words that release archives use for this machine."""

import platform

from vedette.supervisor.get.source import UnavailableError

PLATFORMS = ("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64")
_ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def here() -> str:
    """Return this machine as `linux-amd64`.

    Raises:
        UnavailableError: no release is made for it.
    """
    system, machine = platform.system().lower(), platform.machine().lower()
    name = f"{system}-{_ARCHITECTURES.get(machine, machine)}"
    if name not in PLATFORMS:
        raise UnavailableError(reason=f"there is no release for {name}")
    return name
