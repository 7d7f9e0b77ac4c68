"""How much of a GPU really works, between two looks; cards from Hopper on can tell."""

from collections.abc import Callable, Iterator

from vedette.model.metric import Metric
from vedette.packs.gpu import metrics
from vedette.packs.gpu._nvml import Driver, UnsupportedError
from vedette.sdk.readings import Reading

_PERCENT = 100.0
# NVML_GPM_METRIC_SM_UTIL, ..._ANY_TENSOR_UTIL, ..._DRAM_BW_UTIL
WHOLE = {2: metrics.SM_ACTIVE, 5: metrics.TENSOR_ACTIVE, 10: metrics.DRAM_ACTIVE}
INSTANCE = {2: metrics.MIG_SM_ACTIVE, 5: metrics.MIG_TENSOR_ACTIVE, 10: metrics.MIG_DRAM_ACTIVE}


class Activity:
    """Two samples of one GPU, or of one instance of it, that are compared with each other.

    Args:
        driver: Whom to ask.
        sample: Fills one sample.
        told: Which of NVIDIA's numbers becomes which metric.
        labels: Of the readings.
    """

    def __init__(
        self,
        driver: Driver,
        sample: Callable[[object], object],
        *,
        told: dict[int, Metric],
        labels: tuple[str, ...],
    ) -> None:
        self._driver, self._sample, self._told, self._labels = driver, sample, told, labels
        self._before: object | None = None
        self._spare: object | None = None

    def read(self) -> Iterator[Reading]:
        """Yield how active it was since the last look; nothing the first time."""
        now = self._spare or self._driver.call("nvmlGpmSampleAlloc")
        self._spare = now
        self._sample(now)
        before, self._before, self._spare = self._before, now, self._before
        if before is not None:
            yield from self._compare(before, now)

    def free(self) -> None:
        """Give the samples back to the driver."""
        for sample in (self._before, self._spare):
            if sample is not None:
                self._driver.call("nvmlGpmSampleFree", sample)
        self._before = self._spare = None

    def _compare(self, before: object, now: object) -> Iterator[Reading]:
        question = self._driver.library.c_nvmlGpmMetricsGet_t()
        question.version = self._driver.library.NVML_GPM_METRICS_GET_VERSION
        question.numMetrics = len(self._told)
        question.sample1, question.sample2 = before, now
        for slot, number in zip(question.metrics, self._told, strict=False):
            slot.metricId = number
        answer = self._driver.call("nvmlGpmMetricsGet", question)
        for slot, metric in zip(answer.metrics, self._told.values(), strict=False):
            if not slot.nvmlReturn:
                value = slot.value / _PERCENT
                yield Reading(metric=metric, value=value, labels=self._labels)


def whole(driver: Driver, handle: object, gpu: str) -> Activity:
    """Return the activity of a whole GPU.

    Raises:
        UnsupportedError: this GPU cannot tell it.
    """
    if not driver.call("nvmlGpmQueryDeviceSupport", handle).isSupportedDevice:
        reason = "not_supported"
        raise UnsupportedError(reason)

    def sample(into: object) -> object:
        return driver.call("nvmlGpmSampleGet", handle, into)

    return Activity(driver, sample, told=WHOLE, labels=(gpu,))
