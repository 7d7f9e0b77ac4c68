"""A metric, before anything measures it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from vedette.errors import DeclarationError

Kind = Literal["counter", "gauge", "histogram", "summary", "info", "stateset"]
Workers = Literal["sum", "max", "min", "mean", "mostrecent"]

# Labels that every metric of a model carries; an empty value is the same as no label.
MODEL = ("model", "model_version")

# https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
_METRIC_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*\Z")
_LABEL_NAME = re.compile(r"(?!__)[a-zA-Z_][a-zA-Z0-9_]*\Z")


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One Prometheus metric family: its name is a contract.

    A metric prints as its name, so alerts and panels refer to it by its Python name:
    `f"rate({REQUESTS}[5m])"`. Histograms offer `.bucket`, `.sum` and `.count`.

    Args:
        name: The name as it is exposed; a counter's ends in `_total`.
        kind: What the samples mean.
        help: One sentence, shown wherever the metric is.
        unit: Base unit of one sample in Prometheus' words (`seconds`, `bytes`, `ratio`);
            empty for plain counts.
        labels: Label names, without those that a scrape adds.
        buckets: Upper bounds of a histogram without `+Inf`, in `unit`, strictly rising.
        values: The values that a label can take, where they are known.
        range: Smallest and largest possible sample, where they are known.
        workers: How the values of several worker processes become one.
        external: True where another program exposes it and Vedette only reads it.
        waiver: Why a name that breaks the naming rules is kept all the same.

    Raises:
        DeclarationError: a name, label, bucket list or kind contradicts the rules.
    """

    name: str
    kind: Kind
    help: str
    unit: str = ""
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    range: tuple[float, float] | None = None
    workers: Workers = "sum"
    external: bool = False
    waiver: str = ""

    def __post_init__(self) -> None:
        """Refuse what Prometheus would refuse, at the line that declares it."""
        self._check_names()
        if self.kind == "counter" and not self.name.endswith("_total") and not self.waiver:
            _refuse(f"counter {self.name!r} does not end in _total", "rename it, or give a waiver")
        if self.kind != "histogram" and self.buckets:
            _refuse(f"{self.kind} {self.name!r} has buckets", "only a histogram has buckets")
        if any(low >= high for low, high in pairwise(self.buckets)):
            _refuse(f"buckets of {self.name!r} do not rise: {self.buckets}", "sort them")
        if unknown := set(self.values) - set(self.labels):
            hint = f"its labels are {', '.join(self.labels) or 'none'}"
            _refuse(f"{self.name!r} has values for unknown labels {sorted(unknown)}", hint)

    def _check_names(self) -> None:
        if not _METRIC_NAME.match(self.name):
            _refuse(f"{self.name!r} is not a metric name", "letters, digits, _ and : only")
        for label in self.labels:
            if not _LABEL_NAME.match(label):
                _refuse(
                    f"{label!r} is not a label name of {self.name!r}",
                    "letters, digits and _ only, not starting with a digit or __",
                )

    def __str__(self) -> str:
        """Return the name, so that a metric stands in a PromQL f-string."""
        return self.name

    @property
    def bucket(self) -> str:
        """The name of a histogram's bucket series."""
        return self._part("bucket")

    @property
    def sum(self) -> str:
        """The name of a histogram's or summary's sum series."""
        return self._part("sum")

    @property
    def count(self) -> str:
        """The name of a histogram's or summary's count series."""
        return self._part("count")

    @property
    def series(self) -> tuple[str, ...]:
        """Every series name that this family exposes."""
        if self.kind == "histogram":
            return (self.bucket, self.sum, self.count)
        if self.kind == "summary":
            return (self.name, self.sum, self.count)
        return (self.name,)

    def _part(self, suffix: str) -> str:
        if self.kind not in {"histogram", "summary"}:
            _refuse(f"{self.kind} {self.name!r} has no _{suffix} series", "use the metric itself")
        return f"{self.name}_{suffix}"


def _refuse(problem: str, hint: str) -> None:
    raise DeclarationError(problem, hint=hint)
