"""The supervisor's end of the leash: tells it what to end when the supervisor is gone."""

from pathlib import Path

from vedette import settings
from vedette.process import leash
from vedette.process.spawn import Child, Command, spawn


class Tether:
    """Holds the pipe to the leash, and starts another where the leash was killed."""

    def __init__(self, token: str, folder: Path, log: Path) -> None:
        self._token = token
        self._folder = folder
        self._log = log
        self._groups: set[int] = set()
        self._leash: Child | None = None

    def start(self) -> None:
        """Start the leash.

        Raises:
            ProgramFailedError: it cannot be started.
        """
        script = str(Path(leash.__file__))
        self._leash = spawn(
            Command(
                arguments=(settings.interpreter(), "-I", "-S", script, self._token),
                folder=self._folder,
                log=self._log,
                dies_with_parent=False,
                piped_input=True,
            )
        )
        for group in self._groups:
            self._tell(f"+{group}\n")

    def add(self, group: int) -> None:
        """Have a process group ended with the supervisor."""
        self._groups.add(group)
        if not self._tell(f"+{group}\n"):
            self.release()
            self.start()

    def discard(self, group: int) -> None:
        """Forget a process group that is gone."""
        self._groups.discard(group)
        self._tell(f"-{group}\n")

    def release(self) -> None:
        """Let go: the leash ends what is left, and then itself."""
        if self._leash is not None:
            self._leash.close_input()

    def _tell(self, line: str) -> bool:
        return self._leash is None or self._leash.write(line.encode())
