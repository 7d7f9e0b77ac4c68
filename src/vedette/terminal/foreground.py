"""A stack in the foreground: a live table until Ctrl-C."""

import signal
import time
from collections.abc import Callable
from typing import Any, Self

from rich.console import RenderableType
from rich.live import Live

from vedette.clients.http import Access
from vedette.clients.prometheus import Prometheus
from vedette.errors import VedetteError
from vedette.model.plan import Login
from vedette.process.living import send
from vedette.supervisor import launch
from vedette.terminal import stack
from vedette.terminal.output import screen

_REFRESH_SECONDS = 1.0
_STOPPING_SECONDS = 0.1
_WATCHDOG = "Watchdog"  # fires always, to show that alerts can

Status = dict[str, Any]


def foreground(started: launch.Started, announce: Callable[[Status], None]) -> bool:
    """Show a stack until it ends or is interrupted; interrupted twice, it is killed.

    Args:
        started: The stack; it is attached to this process.
        announce: Told the first status in which everything is ready.

    Returns:
        True where it was interrupted, False where it was stopped from elsewhere. Either way
        nothing of it is left.

    Raises:
        ProgramFailedError: it did not start, or its supervisor ended.
    """
    interrupts = _Interrupts(started)
    try:
        with interrupts:
            announce(until_ready(started))
            _watch(started, interrupts)
    except VedetteError:
        if not interrupts.count:
            raise
    finally:
        launch.stop(started.plan.state)
    return interrupts.count > 0


def until_ready(started: launch.Started) -> Status:
    """Wait until everything is ready, with a live table where there is a terminal.

    Raises:
        ProgramFailedError: a program that the stack needs did not start.
    """
    console = screen(stderr=True)
    if not console.is_terminal:
        return launch.wait_until_ready(started.status)
    with Live(console=console, transient=True, refresh_per_second=10) as live:
        return launch.wait_until_ready(
            started.status, lambda status: live.update(stack.table(status))
        )


class _Interrupts:
    """Counts Ctrl-C and SIGTERM: the first stops the stack, the second kills it."""

    def __init__(self, started: launch.Started) -> None:
        self.count = 0
        self._started = started
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _handle(self, *_: object) -> None:
        self.count += 1
        # The supervisor understands the same two steps.
        if self._started.child.returncode is None:
            send([self._started.child.pid], signal.SIGTERM)


class _Picture:
    """The live table, with what Prometheus says about targets and alerts."""

    def __init__(self, started: launch.Started) -> None:
        plan = started.plan
        self._prometheus = None
        if "prometheus" in plan.components:
            access = _access(plan.login)
            self._prometheus = Prometheus(plan.url("prometheus"), access)

    def draw(self, status: Status) -> RenderableType:
        """Return the picture of this moment; a Prometheus that is away leaves gaps."""
        try:
            targets = self._prometheus.targets() if self._prometheus else []
            alerts = self._prometheus.alerts() if self._prometheus else []
        except VedetteError:
            return stack.live(status, [], [])
        shown = [alert for alert in alerts if alert.name != _WATCHDOG]
        return stack.live(status, targets, [f"{alert.name} {alert.state}" for alert in shown])


def _access(login: Login | None) -> Access:
    if login is None:
        return Access()
    return Access(
        username=login.username,
        password=login.password.reveal(),
        certificate=str(login.tls_certificate or ""),
    )


def _watch(started: launch.Started, interrupts: _Interrupts) -> None:
    console = screen()
    if not console.is_terminal:
        while _status(started) is not None:
            time.sleep(_REFRESH_SECONDS)
        return
    with Live(console=console, refresh_per_second=2, transient=True) as live:
        picture = _Picture(started)
        while (status := _status(started)) is not None:
            live.update(picture.draw(status))
            time.sleep(_STOPPING_SECONDS if interrupts.count else _REFRESH_SECONDS)


def _status(started: launch.Started) -> Status | None:
    """Return the status; None once the stack was stopped, as by `vedette down`."""
    status: Status | None = None
    while status is None:
        if started.child.poll() == 0:
            return None
        status = started.status()
        time.sleep(0.0 if status else _STOPPING_SECONDS)
    return status
