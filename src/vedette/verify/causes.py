"""What is broken on purpose: one cause may serve several promises at once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class _Broken:
    since: float
    users: int = 1
    mended: threading.Event = field(default_factory=threading.Event)
    mended_at: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Held:
    """A cause that is in effect.

    Args:
        since: When it was produced, in seconds since the epoch.
    """

    since: float
    _broken: _Broken

    def mended(self, within: float) -> float:
        """Wait until nobody needs the cause any more and it is mended.

        Args:
            within: Seconds.

        Returns:
            When it was mended, in seconds since the epoch.
        """
        self._broken.mended.wait(within)
        return self._broken.mended_at or time.time()


class Causes:
    """Produces each cause once for all who need it, and mends it when the last has seen it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._active: dict[str, _Broken] = {}

    @contextmanager
    def produced(
        self, name: str, produce: Callable[[], None], mend: Callable[[], None]
    ) -> Iterator[Held]:
        """Have something broken for as long as the block runs, at least.

        Args:
            name: Equal names are the same cause.
            produce: Breaks it; called by the first.
            mend: Mends it; called by the last.
        """
        with self._lock:
            broken = self._active.get(name)
            if broken is None:
                broken = _Broken(since=time.time())
                produce()
                self._active[name] = broken
            else:
                broken.users += 1
        try:
            yield Held(since=broken.since, _broken=broken)
        finally:
            with self._lock:
                broken.users -= 1
                if broken.users == 0:
                    del self._active[name]
                    broken.mended_at = time.time()
                    mend()
                    broken.mended.set()
