"""The pictures of what is refused: validations, injections, limits."""

from dataclasses import dataclass

from vedette.model.dashboard import Panel, Query, Step
from vedette.packs.modules import thresholds
from vedette.packs.modules.charts import Charts, limit

_MINUTE = 60
_REFUSED = ', status="failed"'


@dataclass(frozen=True, kw_only=True)
class SecurityCharts(Charts):
    """Pictures of what one module refuses; see `Charts`."""

    def passed(self) -> str:
        """Return the share of inputs that pass."""
        validations = self.own.security_validations
        passed = self.rate(validations, extra=', status="passed"')
        return f"{passed} / {self.rate(validations)}"

    def passed_now(self) -> Panel:
        """The share of inputs that pass, as one number."""
        return Panel(
            title="Success rate now",
            description="Share of inputs that pass; few fail on an ordinary day.",
            kind="stat",
            unit="percentunit",
            decimals=1,
            width=6,
            height=4,
            queries=(Query(expr=self.passed()),),
            steps=(Step(colour="blue"),),
        )

    def success(self, width: int = 12) -> Panel:
        """The share of inputs that pass."""
        return Panel(
            title="Success rate",
            description="Share of inputs that pass; a sudden fall is an attack or a new rule.",
            unit="percentunit",
            width=width,
            minimum=0,
            maximum=1,
            queries=(Query(expr=self.passed(), legend="passed"),),
        )

    def validations(self, width: int = 8) -> Panel:
        """What is judged."""
        return Panel(
            title="Security validations",
            description=(
                "Inputs judged per second, by the verdict. ModuleSecurityFailures fires for a "
                f"surge of failed ones above {thresholds.SECURITY_FAILURES:human} per second."
            ),
            unit="ops",
            width=width,
            queries=(
                Query(expr=self.rate(self.own.security_validations, "status"), legend="{{status}}"),
            ),
            steps=limit(thresholds.SECURITY_FAILURES),
        )

    def injections(self) -> Panel:
        """What is found."""
        return Panel(
            title="Injections detected",
            description="Injections found per second, by type; none is a quiet day.",
            unit="ops",
            queries=(Query(expr=self.rate(self.own.injections, "type"), legend="{{type}}"),),
        )

    def limits(self, width: int = 8) -> Panel:
        """Who is told to wait."""
        return Panel(
            title="Rate-limit hits",
            description=(
                "Callers per second that are told to wait. ModuleRateLimited fires for what "
                f"stays above {thresholds.RATE_LIMIT_HITS:human} per second."
            ),
            unit="ops",
            width=width,
            queries=(
                Query(expr=f"{self.rate(self.own.rate_limit_hits)} or vector(0)", legend="hits"),
            ),
            steps=limit(thresholds.RATE_LIMIT_HITS),
        )

    def events(self) -> Panel:
        """What happened when."""
        refused = self.rate(self.own.security_validations, extra=_REFUSED)
        return Panel(
            title="Event timeline",
            description="Events per minute: what was found, refused and turned away, and when.",
            width=24,
            queries=(
                Query(
                    expr=f"{self.rate(self.own.injections, 'type')} * {_MINUTE}",
                    legend="injection {{type}}",
                ),
                Query(expr=f"{refused} * {_MINUTE}", legend="input refused"),
                Query(
                    expr=f"{self.rate(self.own.rate_limit_hits)} * {_MINUTE}",
                    legend="caller turned away",
                ),
            ),
        )
