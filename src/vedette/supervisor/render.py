"""Render the files of every component, and have their own tools judge them."""

import contextlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from vedette import stack
from vedette.discover import names
from vedette.errors import UsageError
from vedette.model.component import Component, Launch
from vedette.model.plan import Plan
from vedette.model.program import Installed
from vedette.process.run import run

_CHECK_SECONDS = 60.0
_AT_ONCE = 2
_MOST_LINES = 12
_COMPLAINTS = ("FAILED", "error", "Error", "failed", "invalid", "yaml:")


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What runs, and with which programs.

    Args:
        plan: The plan, with the versions of the programs.
        components: The description of each of its components.
        programs: What was found, by program name.
    """

    plan: Plan
    components: Mapping[str, Component]
    programs: Mapping[str, Installed]


def listen(plan: Plan, component: str) -> str:
    """Return the address that a component binds, `host:port`."""
    host = f"[{plan.listen}]" if ":" in plan.listen else plan.listen
    return f"{host}:{plan.ports[component]}"


def launch(setup: Setup, name: str, config: Path) -> Launch:
    """Return where a component runs.

    Args:
        setup: What runs.
        name: The component.
        config: The folder of all components' files.
    """
    return Launch(
        plan=setup.plan,
        config=config / name,
        data=setup.plan.state / "data" / name,
        listen=listen(setup.plan, name),
        programs=setup.programs,
    )


def files(setup: Setup) -> dict[str, dict[str, str]]:
    """Render every component's files: component to path to text.

    Raises:
        UsageError: a component needs another that does not run.
    """
    texts = {}
    for name, component in setup.components.items():
        with explained(setup, name):
            texts[name] = dict(component.files(setup.plan))
    return texts


@contextlib.contextmanager
def explained(setup: Setup, name: str) -> Iterator[None]:
    """Say in words where a component's description asks for one that does not run.

    Raises:
        UsageError: it does.
    """
    try:
        yield
    except KeyError as error:
        missing = error.args[0]
        if missing in setup.plan.ports or missing not in names(stack):
            raise
        problem = f"{setup.components[name].title} needs {missing}, which is left out"
        hint = f"run {missing}, or leave out {name} as well"
        raise UsageError(problem, hint=hint) from None


def judge(setup: Setup, staged: Path) -> None:
    """Run every component's checks on a staged generation.

    Raises:
        UsageError: a tool refuses a file; the message quotes it.
    """
    checks = [
        (setup.programs[words[0]], words)
        for name, component in setup.components.items()
        for words in component.checks(launch(setup, name, staged))
    ]
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for refusal in pool.map(lambda check: _refusal(check[0], check[1]), checks):
            if refusal:
                shown = refusal.replace(str(staged), str(setup.plan.state / "config"))
                raise UsageError(shown, hint="correct vedette.yaml; what runs was not changed")


def _refusal(program: Installed, words: tuple[str, ...]) -> str:
    done = run((program.path, *words[1:]), timeout=_CHECK_SECONDS, cwd=program.root)
    if done.returncode == 0:
        return ""
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    complaint = "\n  ".join(_telling(lines))
    return f"{program.name} refuses the rendered files:\n  {complaint}"


def _telling(lines: list[str]) -> Iterator[str]:
    """Give the lines from the first complaint on, or the last ones where none stands out."""
    found = (at for at, line in enumerate(lines) if any(word in line for word in _COMPLAINTS))
    start = next(found, len(lines) - _MOST_LINES)
    yield from lines[max(start, 0) :][:_MOST_LINES]
