"""From a fresh clone with an empty cache to the first chart with data.

Usage: .venv/bin/python bench/fresh.py
Clones this checkout's HEAD into a temporary folder, runs the README's `make up` there with
an empty cache of programs, and waits until the console answers a panel's query with a value.
Limit: 180 s on an idle machine. The package managers' own caches are left as they are.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIMIT_SECONDS = 180.0
PATIENCE_SECONDS = 600.0
# What the first panel of the serving dashboard rests on.
QUESTION = "sum(rate(http_requests_total[1m])) > 0"


def main() -> int:
    """Measure once; 1 where the limit is missed."""
    with tempfile.TemporaryDirectory(prefix="vedette-fresh-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        environment = {**os.environ, "VEDETTE_CACHE": f"{folder}/cache"}
        start = time.monotonic()
        make = ["make", "-C", str(clone), f"PYTHON={_system_python()}"]
        try:
            subprocess.run([*make, "up", "ARGS=--detach --port auto"], env=environment, check=True)
            ready = time.monotonic() - start
            _wait_for_data(_console(clone, environment), start)
            charted = time.monotonic() - start
        finally:
            subprocess.run([*make, "down"], env=environment, check=False)
    print(f"everything ready        {ready:6.1f} s")
    print(f"first chart with data   {charted:6.1f} s   limit {LIMIT_SECONDS:.0f} s")
    return int(charted > LIMIT_SECONDS)


def _system_python() -> str:
    return str(Path(sys.base_prefix) / "bin" / "python3")


def _console(clone: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [clone / ".venv/bin/vedette", "status", "--format", "json"],
        cwd=clone / "examples" / "serving",
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    programs = json.loads(done.stdout)["programs"]
    return str(next(program["url"] for program in programs if program["name"] == "console"))


def _wait_for_data(console: str, start: float) -> None:
    query = urllib.parse.urlencode({"query": QUESTION})
    while time.monotonic() - start < PATIENCE_SECONDS:
        with urllib.request.urlopen(f"{console}/api/prometheus/api/v1/query?{query}") as answer:
            if json.load(answer)["data"]["result"]:
                return
        time.sleep(0.2)
    message = f"{QUESTION} had no value after {PATIENCE_SECONDS:.0f} s"
    raise SystemExit(message)


if __name__ == "__main__":
    raise SystemExit(main())
