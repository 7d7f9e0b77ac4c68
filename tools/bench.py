"""Run every measurement of bench/ in turn, or those that are named.

Usage: .venv/bin/python tools/bench.py [NAME...] [-- ARGUMENT...]
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

BENCH = Path(__file__).parent.parent / "bench"


def main(words: Sequence[str]) -> int:
    """Run them; 1 where one misses its limit."""
    cut = words.index("--") if "--" in words else len(words)
    names, arguments = words[:cut], words[cut + 1 :]
    programs = [path for path in sorted(BENCH.glob("*.py")) if not names or path.stem in names]
    failed = []
    for program in programs:
        print(f"== bench/{program.name}", flush=True)
        if subprocess.run([sys.executable, str(program), *arguments], check=False).returncode:
            failed.append(program.name)
    if failed:
        print(f"missed its limit: {', '.join(failed)}")
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
