"""A pack: everything known about one subject worth watching."""

from collections.abc import Callable
from dataclasses import dataclass

from vedette.errors import DeclarationError
from vedette.model.alert import Alert, RecordingRule
from vedette.model.dashboard import Dashboard
from vedette.model.metric import Metric
from vedette.model.threshold import Threshold


@dataclass(frozen=True, kw_only=True)
class Pack:
    """Metrics, the alerts on them and the dashboards that show them, kept together.

    Args:
        title: The subject in a word or two.
        summary: One sentence: which question the pack answers.
        metrics: What is measured; the names are contracts.
        thresholds: The limits that a user may set.
        alerts: When a person is needed.
        recordings: Shared expressions, computed once.
        dashboards: What to look at.
        reads: Names of metrics of other packs that its panels show beside its own.
        signature: Marks of which one, seen in an exposition, tells that the pack applies: the
            name of a metric, several names that must all be there, or a beginning (`vllm:*`);
            see `vedette.model.signature`. Empty where nothing tells.
        always: True where the pack belongs to every plan.
        example: The lines that a user pastes to feed it; runnable Python as it stands.
            Empty where another program feeds it.
        by_module: Makes, from the name of a module that follows the pack, the pack of what
            that module adds: metrics, rules and dashboards whose names carry its name.
        by_metrics: Makes, from the metrics that a plan file declares, the pack of what they
            add: an alert where one is missing, and a dashboard of them.
    """

    title: str
    summary: str
    metrics: tuple[Metric, ...]
    thresholds: tuple[Threshold, ...] = ()
    alerts: tuple[Alert, ...] = ()
    recordings: tuple[RecordingRule, ...] = ()
    dashboards: tuple[Dashboard, ...] = ()
    reads: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    always: bool = False
    example: str = ""
    by_module: "Callable[[str], Pack] | None" = None
    by_metrics: "Callable[[tuple[Metric, ...]], Pack] | None" = None

    def __post_init__(self) -> None:
        """Refuse two things of one name."""
        for what, names in (
            ("metric", [metric.name for metric in self.metrics]),
            ("threshold", [threshold.name for threshold in self.thresholds]),
            ("alert", [alert.name for alert in self.alerts]),
        ):
            if twice := sorted({name for name in names if names.count(name) > 1}):
                problem = f"pack {self.title!r} declares {what} {twice[0]!r} twice"
                raise DeclarationError(problem, hint="keep one of them")
