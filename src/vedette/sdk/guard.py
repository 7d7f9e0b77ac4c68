"""How many label sets one metric may have, and what becomes of those beyond.

A label that holds a user, a path or a prompt makes a series of each, for ever: in this
process, and in Prometheus. So a metric is watched, and where it has too many label sets, the
label with the most values gets the value `other` in every new one. Sums over the label sets
stay right; of a gauge, `other` shows what was set last.
"""

import logging
from collections.abc import Sequence
from itertools import islice

from vedette.model.metric import MODEL, Metric

OTHER = "other"
FOLDED = Metric(
    name="vedette_folded_label_sets_total",
    kind="counter",
    help="Times that a new label set of a metric was recorded with a label's value as other.",
    labels=("metric", "label"),
)

# Label sets beyond the limit that may come from folding, one label's `other` beside known
# values of the rest: a tenth of the limit, and at least so many.
_ROOM = 10
_log = logging.getLogger("vedette")


class Guard:
    """Watches the label sets of one metric; what it keeps grows no further than its limit.

    Args:
        metric: Whose label sets.
        warn: From how many label sets on a line in the log tells of it; 0 for never.
        limit: How many there may be before new ones are folded; 0 for any number.
    """

    def __init__(self, metric: Metric, *, warn: int, limit: int) -> None:
        self._metric = metric
        self._warn, self._limit = warn, limit
        self._sets: set[tuple[str, ...]] = set()
        self._values: tuple[dict[str, None], ...] = tuple({} for _ in metric.labels)
        self._folded: set[str] = set()
        self._fold_first: Sequence[int] = ()

    def admit(self, values: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
        """Return the label set that stands for this one, and the labels that were folded."""
        if not self._limit or values in self._sets or len(self._sets) < self._limit:
            self._add(values)
            return values, []
        folded, labels = list(values), []
        self._fold_first = self._fold_first or self._order()
        for at in self._fold_first:
            if folded[at] in {OTHER, ""}:  # nothing can be won from it
                continue
            folded[at] = OTHER
            labels.append(self._metric.labels[at])
            if self._fits(tuple(folded)):
                break
        self._add(tuple(folded))
        self._say_folded(labels)
        return tuple(folded), labels

    def forget(self, values: tuple[str, ...]) -> None:
        """Make room: a label set is no longer shown."""
        self._sets.discard(values)
        self._fold_first = ()
        for at, value in enumerate(values):
            if not any(other[at] == value for other in self._sets):
                self._values[at].pop(value, None)

    def _fits(self, values: tuple[str, ...]) -> bool:
        """Say whether a folded label set is known, or new only in how known values combine."""
        if values in self._sets:
            return True
        room = len(self._sets) < self._limit + max(_ROOM, self._limit // 10)
        pairs = zip(values, self._values, strict=True)
        return room and all(value in known or value == OTHER for value, known in pairs)

    def _add(self, values: tuple[str, ...]) -> None:
        if values in self._sets:
            return
        self._sets.add(values)
        for value, known in zip(values, self._values, strict=True):
            known[value] = None
        if len(self._sets) == self._warn:
            self._say_many()

    def _order(self) -> Sequence[int]:
        """Return where the labels stand, the one to fold first at the front."""
        labels = self._metric.labels
        return sorted(
            range(len(labels)), key=lambda at: (labels[at] in MODEL, -len(self._values[at]))
        )

    def _say_many(self) -> None:
        at = self._order()[0]
        _log.warning(
            "%s has %d label sets; its label %r has %d values, such as %s: a label should have few",
            *(self._metric.name, self._warn, self._metric.labels[at], len(self._values[at])),
            self._examples(at),
        )

    def _say_folded(self, labels: Sequence[str]) -> None:
        for label in labels:
            if label in self._folded:
                continue
            self._folded.add(label)
            _log.warning(
                "%s has %d label sets, no more are made: new values of its label %r are recorded"
                " as %r; it has values such as %s",
                *(self._metric.name, self._limit, label, OTHER),
                self._examples(self._metric.labels.index(label)),
            )

    def _examples(self, at: int) -> str:
        return ", ".join(f"{value[:40]!r}" for value in islice(self._values[at], 3))
