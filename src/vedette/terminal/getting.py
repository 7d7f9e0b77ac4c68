"""Show how programs are got: bars on a terminal, plain lines everywhere else."""

import contextlib
import threading
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Column

from vedette.model.unit import humanise
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
    whole, cut = Column(no_wrap=True, overflow="ignore"), Column(no_wrap=True, overflow="ellipsis")
    columns = (
        TextColumn("[bold]{task.fields[program]}", table_column=whole),
        BarColumn(bar_width=10),
        TextColumn("{task.fields[amount]}{task.description}", markup=False, table_column=cut),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        yield _Bars(bars)


class _Bars:
    """One bar per program; it only swings where nothing is counted."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, tuple[str, TaskID]] = {}
        self._lock = threading.Lock()

    def __call__(self, step: Step) -> None:
        task = self._task(step)
        share = f"{humanise(step.done, 'bytes')} of {humanise(step.total, 'bytes')}, "
        amount = share if step.total else ""
        self._bars.update(task, description=step.text, completed=step.done, amount=amount)

    def _task(self, step: Step) -> TaskID:
        with self._lock:
            text, task = self._tasks.get(step.program, ("", None))
            if task is not None and text == step.text:
                return task
            if task is not None:
                self._bars.remove_task(task)
            task = self._bars.add_task(
                "", program=step.program, amount="", total=step.total or None
            )
            self._tasks[step.program] = (step.text, task)
            return task


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
