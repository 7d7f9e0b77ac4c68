from datetime import UTC, datetime

import pytest

from vedette.errors import UsageError
from vedette.terminal.moment import moment, written

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text,hour,minute",
    [
        ("10:30", 10, 30),
        ("9:05", 9, 5),
        ("10:30:00", 10, 30),
        ("2026-05-04T10:30", 10, 30),
        ("2026-05-04 10:30+00:00", 10, 30),
        ("2026-05-04T12:30+02:00", 10, 30),
        ("90m", 10, 30),
        ("-1.5h", 10, 30),
        ("90 m ago", 10, 30),
        (str(datetime(2026, 5, 4, 10, 30, tzinfo=UTC).timestamp()), 10, 30),
    ],
)
def test_a_moment_can_be_written_in_many_ways(text, hour, minute):
    assert moment(text, NOW) == NOW.replace(hour=hour, minute=minute).timestamp()


@pytest.mark.parametrize("text", ["", "soon", "25:00", "10h30", "2026-13-01", "5 parsecs"])
def test_what_is_no_moment_is_refused_with_what_is_one(text):
    with pytest.raises(UsageError, match="is no moment") as caught:
        moment(text, NOW)
    assert "15m" in caught.value.hint


def test_a_moment_is_written_as_people_here_read_it():
    local = NOW.astimezone()
    assert written(NOW.timestamp()) == f"{local:%Y-%m-%d %H:%M:%S}"
