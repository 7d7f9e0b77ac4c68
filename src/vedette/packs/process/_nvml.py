"""Ask NVIDIA's driver library for memory in use; it is there wherever the driver is."""

import ctypes
from functools import cache

_LIBRARIES = ("libnvidia-ml.so.1", "libnvidia-ml.so", "nvml.dll")


class _Memory(ctypes.Structure):
    """nvmlMemory_t: https://docs.nvidia.com/deploy/nvml-api/structnvmlMemory__t.html."""

    _fields_ = (
        ("total", ctypes.c_ulonglong),
        ("free", ctypes.c_ulonglong),
        ("used", ctypes.c_ulonglong),
    )


@cache
def _library() -> ctypes.CDLL | None:
    for name in _LIBRARIES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        return library if library.nvmlInit_v2() == 0 else None
    return None


def count() -> int:
    """Return how many GPUs the driver knows; 0 where there is no driver."""
    library = _library()
    number = ctypes.c_uint(0)
    if library is None or library.nvmlDeviceGetCount_v2(ctypes.byref(number)) != 0:
        return 0
    return number.value


def used_bytes(index: int) -> float:
    """Return the memory in use on one GPU, by every process.

    Raises:
        OSError: the driver does not answer.
    """
    library = _library()
    device, memory = ctypes.c_void_p(), _Memory()
    if (
        library is None
        or library.nvmlDeviceGetHandleByIndex_v2(index, ctypes.byref(device)) != 0
        or library.nvmlDeviceGetMemoryInfo(device, ctypes.byref(memory)) != 0
    ):
        problem = f"the NVIDIA driver does not answer for GPU {index}"
        raise OSError(problem)
    return float(memory.used)
