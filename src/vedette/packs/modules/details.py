"""What to look at: one module, on a page of its own."""

from collections.abc import Callable, Mapping

from vedette.model.convention import Convention
from vedette.model.dashboard import Dashboard, Link, Row, Variable
from vedette.packs.modules.charts_security import SecurityCharts

OVERVIEW_UID = "vedette-modules"
OVERVIEW_TITLE = "All modules"

# Labels that a page can choose by, beside module and instance.
_CHOICES = {"provider": "Provider", "model": "Model"}


def uid(prefix: str) -> str:
    """Return the uid of a module's page."""
    return f"vedette-module-{prefix.replace('_', '-')}"


def detail(prefix: str, own: Convention) -> Dashboard:
    """Return the page of one module; those that systems are known to have get their own rows.

    Args:
        prefix: What its metrics begin with.
        own: Its metrics.
    """
    title, question, choices, rows = _PAGES.get(prefix, _general(prefix))
    where = ["module", "instance", *choices]
    charts = SecurityCharts(own=own, where=", ".join(f'{name}=~"${name}"' for name in where))
    return Dashboard(
        uid=uid(prefix),
        title=title,
        description=question,
        rows=rows(charts),
        variables=tuple(_variable(name, own) for name in where),
        links=(Link(title=OVERVIEW_TITLE, uid=OVERVIEW_UID),),
        tags=("modules",),
    )


def _variable(name: str, own: Convention) -> Variable:
    label = {"module": "Module", "instance": "Instance", **_CHOICES}[name]
    chosen = "" if name == "module" else '{module=~"$module"}'
    return Variable(name=name, label=label, query=f"label_values({own.operations}{chosen}, {name})")


def _of_any(charts: SecurityCharts) -> tuple[Row, ...]:
    return (
        Row(
            title="Now",
            panels=(
                charts.now("Operations", charts.own.operations),
                charts.failed_now(),
                charts.p95_now(),
                charts.cost_now(),
            ),
        ),
        Row(
            title="Operations",
            panels=(
                *(charts.operations(), charts.duration(), charts.errors()),
                *(charts.tokens(), charts.cost(), charts.cache()),
                *(charts.requests(), charts.validations(), charts.limits()),
            ),
        ),
    )


def _of_manager(charts: SecurityCharts) -> tuple[Row, ...]:
    now, _ = _of_any(charts)
    return (
        now,
        Row(
            title="Prompts",
            panels=(
                *(charts.operations(), charts.duration(), charts.errors()),
                *(charts.tokens(), charts.cost(), charts.cache()),
            ),
        ),
        Row(title="Security", panels=(charts.validations(width=12), charts.limits(width=12))),
    )


def _of_security(charts: SecurityCharts) -> tuple[Row, ...]:
    return (
        Row(
            title="Now",
            panels=(
                charts.now("Validations", charts.own.security_validations),
                charts.passed_now(),
                charts.now("Injections", charts.own.injections),
                charts.p95_now(),
            ),
        ),
        Row(
            title="Security",
            panels=(
                *(charts.validations(), charts.injections(), charts.limits()),
                *(charts.success(width=24), charts.events()),
            ),
        ),
    )


def _of_provider(charts: SecurityCharts) -> tuple[Row, ...]:
    return (
        Row(
            title="Now",
            panels=(
                charts.now("Requests", charts.own.requests),
                charts.failed_now(),
                charts.p95_now(),
                charts.cost_now(),
            ),
        ),
        Row(
            title="By provider",
            panels=(
                *(charts.requests(), charts.duration("provider"), charts.tokens("provider")),
                *(charts.cost("provider"), charts.errors("provider"), charts.distribution()),
            ),
        ),
    )


# Title, the question that the page answers, what it can be chosen by, its rows.
_Page = tuple[str, str, tuple[str, ...], Callable[[SecurityCharts], tuple[Row, ...]]]

_PAGES: Mapping[str, _Page] = {
    "prompt_manager": (
        "Prompt manager",
        "Are prompts managed quickly, cheaply and safely?",
        ("model",),
        _of_manager,
    ),
    "prompt_security": (
        "Prompt security",
        "What is judged, what is refused, and is somebody trying to break in?",
        (),
        _of_security,
    ),
    "llm_provider": (
        "LLM provider",
        "Which provider answers how fast, how reliably and for how much?",
        ("provider", "model"),
        _of_provider,
    ),
}


def _general(prefix: str) -> _Page:
    return (f"Module {prefix}", f"What does {prefix} do, and does it succeed?", ("model",), _of_any)
