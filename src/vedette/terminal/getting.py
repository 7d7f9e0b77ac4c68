"""Show how programs are got: bars on a terminal, plain lines everywhere else."""

import contextlib
import threading
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn

from vedette.supervisor.get import Progress as Report
from vedette.supervisor.get import Step
from vedette.terminal.output import screen


@contextlib.contextmanager
def getting() -> Iterator[Report]:
    """Give the progress function for `obtain`; everything is written to standard error."""
    console = screen(stderr=True)
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (
        TextColumn("[bold]{task.fields[program]}"),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        DownloadColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        yield _Bars(bars)


class _Bars:
    """One bar per program."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}
        self._lock = threading.Lock()

    def __call__(self, step: Step) -> None:
        with self._lock:
            if step.program not in self._tasks:
                self._tasks[step.program] = self._bars.add_task("", program=step.program)
            task = self._tasks[step.program]
        self._bars.update(
            task, description=step.text, completed=step.done, total=step.total or None
        )


class _Lines:
    """One line per piece of news, none per byte."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last: dict[str, str] = {}
        self._lock = threading.Lock()

    def __call__(self, step: Step) -> None:
        with self._lock:
            if self._last.get(step.program) == step.text:
                return
            self._last[step.program] = step.text
            self._console.print(f"{step.program}: {step.text}", markup=False)
