"""The supervisor process: `python -m vedette.supervisor LOCK` with a specification on its input.

Only the standard library and the lean parts of Vedette are imported here.
"""

import asyncio
import os
import sys

from vedette.errors import VedetteError
from vedette.supervisor.serve import supervise
from vedette.supervisor.spec import StackSpec, loads

_CHUNK = 1 << 16


def _read_spec() -> StackSpec:
    text = b""
    while not text.endswith(b"\n"):
        chunk = os.read(0, _CHUNK)
        if not chunk:
            break
        text += chunk
    return loads(text.decode())


def main() -> int:
    """Run a stack until it is told to stop."""
    try:
        asyncio.run(supervise(_read_spec(), int(sys.argv[1])))
    except VedetteError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
