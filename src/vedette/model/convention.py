"""Modules by convention: from the name of a module, the metrics that it exposes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from vedette.errors import DeclarationError
from vedette.model.metric import MODEL, Metric

# What an operation worked with; empty where it does not apply.
WHAT = ("operation", "provider", *MODEL)
OUTCOMES = ("ok", "error")
VERDICTS = ("passed", "failed")

# Programs whose metrics begin with their name: no module's name begins like that.
PROGRAMS = frozenset(
    (
        *("alertmanager", "cadvisor", "grafana", "litellm", "locust", "prometheus", "ray"),
        *("sglang", "triton", "vedette", "vllm"),
    )
)
# Names of others: a module called so would write into their metrics.
RESERVED = frozenset(
    (
        *("api", "business", "cache", "celery", "container", "data", "database", "database_query"),
        *("db", "drift", "gen_ai", "gen_ai_client", "genai", "go", "gpu", "gpu_ecc", "gpu_xid"),
        *("health", "hf", "host", "http", "http_client", "llm", "log", "model", "node", "probe"),
        *("process", "python", "rlhf", "scrape", "sql", "task", "tasks", "tokens", "training"),
        *("up", "validation"),
    )
)

_NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*\Z")
# Endings by which Prometheus tells the parts of a metric.
_ENDINGS = ("_total", "_count", "_sum", "_bucket", "_created", "_info")
_OPERATIONS = "_operations_total"

# From a look-up in memory to a long generation; fine around the limits that people set.
SECONDS = (
    *(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5),
    *(1.0, 2.5, 5.0, 10.0, 25.0, 60.0, 120.0),
)


@dataclass(frozen=True, kw_only=True)
class Convention:
    """The metrics of one module; each begins with the module's name.

    Args:
        operations: What the module did, by how it ended.
        operation_seconds: How long that took.
        tokens: Tokens read and written.
        cost: What was spent, in the currency that the label names.
        errors: Operations that failed, by the kind of error.
        cache_hits: Answers that a cache had.
        cache_misses: Answers that it did not have.
        requests: Requests, by the provider that they went to.
        security_validations: Inputs that were judged.
        injections: Injections that were found, by type.
        rate_limit_hits: Callers that were told to wait.
    """

    operations: Metric
    operation_seconds: Metric
    tokens: Metric
    cost: Metric
    errors: Metric
    cache_hits: Metric
    cache_misses: Metric
    requests: Metric
    security_validations: Metric
    injections: Metric
    rate_limit_hits: Metric

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """All of them."""
        return tuple(getattr(self, field.name) for field in fields(self))


def prefix(module: str) -> str:
    """Return what the metrics of a module begin with: its name, with `_` for `-`.

    Args:
        module: `prompt-manager` or `prompt_manager`.

    Raises:
        DeclarationError: the name cannot begin the name of a metric, or is another's.
    """
    if not _NAME.match(module):
        near = re.sub(r"[^a-z0-9]+", "_", module.lower()).strip("_0123456789")
        hint = "lower-case letters, digits and single _ or - between them, a letter first"
        _refuse(module, hint, example=near)
    name = module.replace("-", "_")
    for ending in _ENDINGS:
        if f"_{name}".endswith(ending):
            hint = f"a name in {ending} reads like a part of another metric"
            _refuse(module, hint, example=name.removesuffix(ending.strip("_")).strip("_"))
    if _taken(name):
        hint = f"metrics that begin with {name}_ are another's"
        _refuse(module, hint, example=f"my_{name}")
    return name


@cache
def convention(module: str) -> Convention:
    """Return the metrics that a module by convention exposes.

    Args:
        module: Its name; see `prefix`.

    Raises:
        DeclarationError: the name breaks the convention.
    """
    name = prefix(module)
    return Convention(
        operations=_counter(
            f"{name}{_OPERATIONS}", "Operations, by how they ended.", status=OUTCOMES
        ),
        operation_seconds=Metric(
            name=f"{name}_operation_duration_seconds",
            kind="histogram",
            help="Time that an operation took.",
            unit="seconds",
            labels=WHAT,
            buckets=SECONDS,
        ),
        tokens=_counter(f"{name}_tokens_total", "Tokens that operations read and wrote."),
        cost=_counter(
            f"{name}_cost_total",
            "Money that operations cost, in the currency that the label names (ISO 4217).",
            currency=(),
        ),
        errors=_counter(
            f"{name}_errors_total", "Operations that failed, by the kind of error.", error_type=()
        ),
        cache_hits=_counter(f"{name}_cache_hits_total", "Look-ups that a cache could answer."),
        cache_misses=_counter(
            f"{name}_cache_misses_total", "Look-ups that a cache could not answer."
        ),
        requests=_counter(
            f"{name}_requests_total", "Requests, by the provider that they were meant for."
        ),
        security_validations=_counter(
            f"{name}_security_validation_total",
            "Inputs that were judged, by the verdict.",
            status=VERDICTS,
        ),
        injections=_counter(
            f"{name}_injections_detected_total", "Injections that were found, by type.", type=()
        ),
        rate_limit_hits=_counter(
            f"{name}_rate_limit_hits_total", "Callers that were told to wait, or to go away."
        ),
    )


def followers(names: Iterable[str]) -> tuple[str, ...]:
    """Return the prefixes of the modules that expose metrics by this convention, sorted.

    Args:
        names: Names of metrics, as an exposition has them; a parser may have taken the
            `_total` of counters away.
    """
    ending = _OPERATIONS.removesuffix("_total")
    seen = {name.removesuffix("_total") for name in names}
    found = {name.removesuffix(ending) for name in seen if name.endswith(ending)}
    return tuple(sorted(name for name in found if _NAME.match(name) and not _taken(name)))


def _taken(name: str) -> bool:
    return name in RESERVED or name.partition("_")[0] in PROGRAMS


def _counter(name: str, help_text: str, **values: tuple[str, ...]) -> Metric:
    """A counter with the common labels and some of its own, whose values may be known."""
    return Metric(
        name=name,
        kind="counter",
        help=help_text,
        labels=(*WHAT, *values),
        values={label: known for label, known in values.items() if known},
    )


def _refuse(module: str, hint: str, *, example: str) -> None:
    problem = f"{module!r} cannot be the name of a module with metrics by convention"
    more = f"; {example} would do" if example and example != module else ""
    raise DeclarationError(problem, hint=f"{hint}{more}")
