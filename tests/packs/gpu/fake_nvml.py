"""NVIDIA's library with recorded answers: constants and structures are the real binding's."""
# ruff: noqa: N802 - the names are the library's

from types import SimpleNamespace

import pynvml

OK, NOT_SUPPORTED, NOT_FOUND, TIMEOUT, LOST = 0, 3, 6, 10, 15
GIB = 2**30


def memory(used, total, reserved=0):
    """What nvmlDeviceGetMemoryInfo tells."""
    return SimpleNamespace(used=used, total=total, reserved=reserved)


def process(pid, used):
    """One entry of nvmlDeviceGetComputeRunningProcesses."""
    return SimpleNamespace(pid=pid, usedGpuMemory=used)


# An NVIDIA H200 at work, told by function; what is missing is not supported.
H200 = {
    "nvmlDeviceGetUUID": "GPU-1111",
    "nvmlDeviceGetName": "NVIDIA H200",
    "nvmlDeviceGetMigMode": [0, 0],
    "nvmlDeviceGetMemoryInfo": memory(114 * GIB, 141 * GIB, GIB // 2),
    "nvmlDeviceGetUtilizationRates": SimpleNamespace(gpu=97, memory=41),
    "nvmlDeviceGetTemperatureV": 61,
    "nvmlDeviceGetTemperatureThreshold": 92,
    "nvmlDeviceGetFieldValues": [
        SimpleNamespace(nvmlReturn=OK, value=SimpleNamespace(uiVal=70)),
    ],
    "nvmlDeviceGetTotalEnergyConsumption": 123_456_789,
    "nvmlDeviceGetPowerUsage": 512_300,
    "nvmlDeviceGetEnforcedPowerLimit": 700_000,
    "nvmlDeviceGetClockInfo": 1980,
    "nvmlDeviceGetMaxClockInfo": 1980,
    "nvmlDeviceGetCurrentClocksEventReasons": 0x4,
    "nvmlDeviceGetTotalEccErrors": 0,
    "nvmlDeviceGetRemappedRows": (0, 0, 0, 0),
    "nvmlDeviceGetPcieReplayCounter": 0,
    "nvmlDeviceGetComputeRunningProcesses_v3": [process(2**30, 100 * GIB)],
    "nvmlGpmQueryDeviceSupport": SimpleNamespace(isSupportedDevice=1),
    "nvmlGpmSampleGet": None,
}
# An A100 that was cut into two instances: NVML knows no utilisation of it.
A100_MIG = {
    **{
        name: answer
        for name, answer in H200.items()
        if name
        not in {
            "nvmlDeviceGetUtilizationRates",
            "nvmlDeviceGetRemappedRows",
            "nvmlDeviceGetComputeRunningProcesses_v3",
            "nvmlGpmQueryDeviceSupport",
        }
    },
    "nvmlDeviceGetUUID": "GPU-2222",
    "nvmlDeviceGetName": "NVIDIA A100-SXM4-40GB",
    "nvmlDeviceGetMemoryInfo": memory(5 * GIB, 40 * GIB),
    "nvmlDeviceGetMigMode": [1, 1],
    "nvmlDeviceGetMaxMigDeviceCount": 7,
}
# An old card for desks.
GEFORCE = {
    "nvmlDeviceGetUUID": "GPU-3333",
    "nvmlDeviceGetName": "GeForce GT 1030",
    "nvmlDeviceGetMemoryInfo": SimpleNamespace(used=GIB, total=2 * GIB),
    "nvmlDeviceGetTemperature": 40,
    "nvmlDeviceGetCurrentClocksThrottleReasons": 0x1,
}


def instance(uuid, profile, used, total):
    """A MIG instance."""
    return {
        "nvmlDeviceGetUUID": uuid,
        "nvmlDeviceGetName": f"NVIDIA A100-SXM4-40GB MIG {profile}",
        "nvmlDeviceGetMemoryInfo": memory(used, total),
        "nvmlDeviceGetGpuInstanceId": 3,
    }


class FakeNvml:
    """Stands for the module pynvml on a machine with these GPUs.

    Args:
        cards: Answers of each GPU, by function.
        instances: Instances of the cards that are cut, by place.
    """

    def __init__(self, *cards, instances=None):
        self.cards = [dict(card) for card in cards]
        self.instances = instances or {}
        self.events = []
        self.init_error = None
        self.calls = []
        self.answering = None
        self.active = iter(range(10, 10_000, 10))

    def __getattr__(self, name):
        """Return a function with recorded answers, or a thing of the real binding."""
        if name.startswith("nvml") and callable(getattr(pynvml, name, None)):
            return lambda *arguments: self._answer(name, arguments)
        return getattr(pynvml, name)

    def nvmlInit(self):
        """Begin a session, unless there is none to be had."""
        self.calls.append(("nvmlInit",))
        if self.init_error is not None:
            raise pynvml.NVMLError(self.init_error)

    def nvmlShutdown(self):
        """End it."""
        self.calls.append(("nvmlShutdown",))

    def nvmlDeviceGetCount(self):
        """Return how many GPUs there are."""
        if self.answering is not None:
            self.answering.wait(30)
        return len(self.cards)

    def nvmlDeviceGetHandleByIndex(self, index):
        """A handle is the answers of its card."""
        card = self.cards[index]
        if card.get("lost"):
            raise pynvml.NVMLError(LOST)
        return card

    def nvmlDeviceGetIndex(self, handle):
        """Return the number of a card."""
        return self.cards.index(handle)

    def nvmlDeviceGetMigDeviceHandleByIndex(self, _, at):
        """Return an instance; most places are empty."""
        if at not in self.instances:
            raise pynvml.NVMLError(NOT_FOUND)
        return self.instances[at]

    def nvmlSystemGetDriverVersion(self):
        """Return the version."""
        return "580.65.06"

    def nvmlSystemGetProcessName(self, pid):
        """Return the program of a process that /proc does not show."""
        return f"/opt/bin/trainer{pid % 2**30}"

    def nvmlEventSetCreate(self):
        """Make a set of events."""
        return "events"

    def nvmlDeviceRegisterEvents(self, handle, kinds, events):
        """Take note that a card's errors are asked for; a card without ECC reports none."""
        assert (kinds, events) == (8, "events")
        if "nvmlDeviceGetTotalEccErrors" not in handle:
            raise pynvml.NVMLError(NOT_SUPPORTED)

    def nvmlEventSetWait_v2(self, _, timeout):
        """Return the next error that waits."""
        assert timeout == 0
        if not self.events:
            raise pynvml.NVMLError(TIMEOUT)
        gpu, xid = self.events.pop(0)
        return SimpleNamespace(device=self.cards[gpu], eventData=xid)

    def nvmlGpmSampleAlloc(self):
        """Make room for a sample."""
        return pynvml.c_nvmlGpmSample_t()

    def nvmlGpmMetricsGet(self, question):
        """Compare two samples: every number asked for is ten times its id, in percent."""
        for slot in list(question.metrics)[: question.numMetrics]:
            slot.value, slot.nvmlReturn = 10.0 * slot.metricId, OK
        return question

    def _answer(self, name, arguments):
        self.calls.append((name, *arguments[1:]))
        [handle, *_] = arguments
        if handle.get("lost"):
            raise pynvml.NVMLError(LOST)
        if name not in handle:
            raise pynvml.NVMLError(NOT_SUPPORTED)
        answer = handle[name]
        if isinstance(answer, Exception):
            raise answer
        return answer
