"""The marks that were set."""

from vedette.model.mark import Mark
from vedette.store.database import Database

# Enough for years; a loop that marks each of its steps must not fill the disk.
MOST = 10_000
_COLUMNS = "id, kind, text, at, module, model"


def add(database: Database, mark: Mark) -> bool:
    """Keep a mark, once.

    Args:
        database: Where.
        mark: One whose id is known changes nothing.

    Returns:
        False where it was known.
    """
    row = (mark.id, mark.kind, mark.text, mark.at, mark.module, mark.model)
    with database.transaction() as connection:
        done = connection.execute(
            f"INSERT OR IGNORE INTO marks ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608 - ours
            row,
        )
        connection.execute(
            "DELETE FROM marks WHERE id NOT IN (SELECT id FROM marks ORDER BY at DESC LIMIT ?)",
            (MOST,),
        )
    return done.rowcount > 0


def between(database: Database, start: float, end: float, *, most: int = MOST) -> tuple[Mark, ...]:
    """Return the newest marks of a time range, the oldest of them first.

    Args:
        database: Where.
        start: Unix seconds.
        end: Unix seconds.
        most: How many at most.
    """
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM marks WHERE at BETWEEN ? AND ? ORDER BY at DESC, id LIMIT ?",  # noqa: S608 - ours
        start,
        end,
        most,
    )
    return tuple(Mark(**dict(row)) for row in reversed(rows))
