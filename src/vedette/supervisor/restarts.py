"""When a program that ended is started again, and when that is no longer sensible."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How patient the supervisor is with a program that ends.

    Args:
        first_delay: Seconds before the first restart; each further one doubles it.
        longest_delay: Where the doubling ends, in seconds.
        limit: So many exits within `window` are a crash loop.
        window: In seconds; a program that stayed up as long starts afresh.
        slow_delay: Seconds between tries once the verdict is a crash loop.
    """

    first_delay: float = 0.25
    longest_delay: float = 30.0
    limit: int = 5
    window: float = 60.0
    slow_delay: float = 60.0


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What to do about an exit.

    Args:
        delay: Seconds until the next start.
        crash_loop: True where the limit is reached.
        exits: Exits within the window.
        seconds: Time over which they happened.
    """

    delay: float
    crash_loop: bool
    exits: int
    seconds: float


@dataclass(kw_only=True)
class Restarts:
    """The exits of one program, judged by a monotonic clock."""

    policy: Policy = field(default_factory=Policy)
    _exits: list[float] = field(default_factory=list)

    def exited(self, *, started: float, now: float) -> Verdict:
        """Judge an exit.

        Args:
            started: When this life of the program began, on the monotonic clock.
            now: When it ended, on the same clock.
        """
        if now - started >= self.policy.window:
            self._exits.clear()
        self._exits = [at for at in self._exits if now - at < self.policy.window] + [now]
        count = len(self._exits)
        crash_loop = count >= self.policy.limit
        doubled = self.policy.first_delay * 2 ** (count - 1)
        return Verdict(
            delay=self.policy.slow_delay if crash_loop else min(doubled, self.policy.longest_delay),
            crash_loop=crash_loop,
            exits=count,
            seconds=now - self._exits[0],
        )

    def forget(self) -> None:
        """Start afresh, as after a restart that was asked for."""
        self._exits.clear()
