"""Record what a module by convention does: `Module("llm_provider")`, made once and kept."""

from typing import Unpack, overload

from vedette.model.convention import OUTCOMES, VERDICTS, WHAT, convention
from vedette.model.metric import Metric
from vedette.packs.modules._key import UNNAMED, Key, Using, With, key_of, text
from vedette.packs.modules._operation import Operation
from vedette.sdk.monitor import Monitor, default_monitor
from vedette.sdk.rows import Cell, Rows

_OK, _ERROR = OUTCOMES
_PASSED, _FAILED = VERDICTS


class Module:
    """One module; its metrics begin with its name, so that one overview shows all modules.

    Values of labels become series: keep operations, providers, models and kinds of errors few.

    Args:
        name: `prompt-manager` or `prompt_manager`.
        currency: What `cost` is counted in, ISO 4217.
        monitor: Whose instruments; the process's own unless given.

    Raises:
        DeclarationError: the name breaks the convention.
    """

    def __init__(self, name: str, *, currency: str = "USD", monitor: Monitor | None = None) -> None:
        bind = monitor or default_monitor()
        metrics = convention(name)
        seconds = Cell(metric=metrics.operation_seconds, value="seconds")
        done, broken = (
            Cell(metric=metrics.operations, value=1, labels={"status": status})
            for status in OUTCOMES
        )
        error = Cell(metric=metrics.errors, value=1)
        self._done = Rows(bind, WHAT, (seconds, done))
        self._broken = Rows(bind, (*WHAT, "error_type"), (seconds, broken, error))
        tokens = Cell(metric=metrics.tokens, value="tokens")
        cost = Cell(metric=metrics.cost, value="cost", labels={"currency": currency})
        self._tokens, self._cost = Rows(bind, WHAT, (tokens,)), Rows(bind, WHAT, (cost,))
        found = Cell(metric=metrics.cache_hits, value="hits")
        missed = Cell(metric=metrics.cache_misses, value="misses")
        self._looked_up = Rows(bind, WHAT, (found, missed))
        self._requests = _counted(bind, metrics.requests)
        self._limited = _counted(bind, metrics.rate_limit_hits)
        self._judged = _counted(bind, metrics.security_validations, "status")
        self._found = _counted(bind, metrics.injections, "type")
        self._outcomes = _Beginning(bind, metrics.operations, OUTCOMES)
        self._verdicts = _Beginning(bind, metrics.security_validations, VERDICTS)

    @overload
    def operation(
        self,
        operation: str,
        *,
        seconds: float,
        ok: bool = True,
        error_type: str = "",
        **what: Unpack[Using],
    ) -> None: ...

    @overload
    def operation(self, operation: str, **what: Unpack[Using]) -> Operation: ...

    def operation(
        self,
        operation: str,
        *,
        seconds: float | None = None,
        ok: bool = True,
        error_type: str = "",
        **what: Unpack[Using],
    ) -> Operation | None:
        """Record an operation; without `seconds`, return what times one.

        That is a context manager (`with module.operation("complete") as work:`) and a
        decorator of functions, of async ones too. A block or a call that raises has failed.

        Args:
            operation: What is done, `complete`.
            seconds: How long it took.
            ok: False where it failed.
            error_type: What failed; `unknown` where it failed and nobody says.
            what: `provider`, `model`, `model_version`; `tokens` and `cost` that it spent.
        """
        key = key_of(operation, what)
        if seconds is None:
            return Operation(key, self._ended, self._spent)
        self._ended(key, seconds, "" if ok else text(error_type) or UNNAMED)
        self._spent(key, what.get("tokens"), what.get("cost"))
        return None

    def cache(self, *, hit: bool, operation: str = "", **what: Unpack[With]) -> None:
        """Count a look-up.

        Args:
            hit: Whether the cache had the answer.
            operation: What the answer was for.
            what: `provider`, `model`, `model_version`.
        """
        # Both, so that a ratio is known from the first look-up on.
        self._looked_up(*key_of(operation, what))(*((1, 0) if hit else (0, 1)))

    def requested(self, *, operation: str = "", **what: Unpack[With]) -> None:
        """Count a request, before anybody knows how it ends.

        Args:
            operation: What it asks for.
            what: `provider` that it is meant for, `model`, `model_version`.
        """
        self._requests(*key_of(operation, what))()

    def security(
        self,
        *,
        passed: bool,
        injection: str | bool = "",
        operation: str = "",
        **what: Unpack[With],
    ) -> None:
        """Count an input that was judged, and the injection that was found in it.

        Args:
            passed: The verdict.
            injection: The type of the injection, `instruction_override`; True for one of
                unknown type, empty for none.
            operation: What the input was for.
            what: `provider`, `model`, `model_version`.
        """
        key = key_of(operation, what)
        self._verdicts.at_zero(key)
        self._judged(*key, _PASSED if passed else _FAILED)()
        if injection:
            self._found(*key, UNNAMED if injection is True else text(injection))()

    def rate_limited(self, *, operation: str = "", **what: Unpack[With]) -> None:
        """Count a caller that was told to wait, or to go away.

        Args:
            operation: What was asked for.
            what: `provider`, `model`, `model_version`.
        """
        self._limited(*key_of(operation, what))()

    def _ended(self, key: Key, seconds: float, error: str) -> None:
        self._outcomes.at_zero(key)
        (self._broken(*key, error) if error else self._done(*key))(seconds)

    def _spent(self, key: Key, tokens: float | None, cost: float | None) -> None:
        # What spends nothing of the kind has no series of it.
        if tokens is not None:
            self._tokens(*key)(tokens)
        if cost is not None:
            self._cost(*key)(cost)


class _Beginning:
    """Lets the series of every outcome begin at 0: of one that begins at 1 no rise is seen."""

    __slots__ = ("_known", "_outcomes", "_rows")

    def __init__(self, monitor: Monitor, metric: Metric, outcomes: tuple[str, ...]) -> None:
        nothing = Cell(metric=metric, value=0)
        self._rows = Rows(monitor, (*WHAT, "status"), (nothing,))
        self._outcomes = outcomes
        self._known: set[Key] = set()

    def at_zero(self, key: Key) -> None:
        """Let them begin, where they have not yet."""
        if key not in self._known:
            self._known.add(key)
            for outcome in self._outcomes:
                self._rows(*key, outcome)()


def _counted(monitor: Monitor, metric: Metric, *labels: str) -> Rows:
    return Rows(monitor, (*WHAT, *labels), (Cell(metric=metric, value=1),))
