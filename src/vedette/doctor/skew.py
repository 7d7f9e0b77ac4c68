"""How far another clock is from ours; pure."""

from email.utils import parsedate_to_datetime

from vedette.model.finding import Finding
from vedette.model.unit import humanise

# A Date header counts whole seconds, and an answer takes its time.
LIMIT_SECONDS = 5.0
STAMP_LIMIT_SECONDS = 60.0


def by_date(subject: str, date: str, now: float) -> Finding | None:
    """Compare a server's `Date` header with our clock.

    Args:
        subject: Whose clock it is.
        date: The header; one that cannot be read is no finding.
        now: Our clock, in seconds since 1970.
    """
    try:
        theirs = parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    return between(subject, theirs - now, limit=LIMIT_SECONDS)


def between(subject: str, ahead: float, *, limit: float) -> Finding | None:
    """Judge how far a clock is ahead of ours.

    Args:
        subject: Whose clock it is.
        ahead: Seconds; negative where it is behind.
        limit: Seconds that do not matter.
    """
    if abs(ahead) <= limit:
        return None
    way = "ahead of" if ahead > 0 else "behind"
    return Finding(
        rule="clock-skew",
        level="warning",
        subject=subject,
        message=f"the clock of {subject} is {humanise(abs(ahead), 'seconds')} {way} ours",
        hint="let both machines keep their time by NTP (`timedatectl` shows whether they do)",
    )


def by_stamps(subject: str, stamps: tuple[float, ...], now: float) -> Finding | None:
    """Judge the times that samples carry themselves.

    Args:
        subject: Whose samples.
        stamps: In seconds since 1970.
        now: Our clock.
    """
    if not stamps:
        return None
    worst = max((stamp - now for stamp in stamps), key=abs)
    if abs(worst) <= STAMP_LIMIT_SECONDS:
        return None
    way = "in the future" if worst > 0 else "ago"
    return Finding(
        rule="clock-samples",
        level="warning",
        subject=subject,
        message=f"{subject} exposes a sample with a time of its own,"
        f" {humanise(abs(worst), 'seconds')} {way}",
        hint="leave the times out of the exposition: Prometheus writes them",
    )
