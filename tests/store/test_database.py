import sqlite3
import stat
import threading

import pytest

from vedette.errors import UsageError
from vedette.store import database as module
from vedette.store.database import NAME, Database
from vedette.store.migrations import MIGRATIONS


def test_a_new_database_has_every_migration_and_is_its_owners_alone(tmp_path):
    path = tmp_path / NAME
    Database(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


def test_a_database_of_before_gets_the_steps_that_it_lacks(tmp_path, monkeypatch):
    path = tmp_path / NAME
    Database(path).close()
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (x)"))
    opened = Database(path)
    assert opened.rows("SELECT * FROM later") == []
    opened.close()


def test_a_database_of_a_newer_vedette_is_refused(tmp_path, monkeypatch):
    path = tmp_path / NAME
    with monkeypatch.context() as patch:
        patch.setattr(module, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (x)"))
        Database(path).close()
    with pytest.raises(UsageError, match="newer Vedette"):
        Database(path)


@pytest.mark.parametrize(
    "spoil",
    [lambda path: path.write_bytes(b"no database" * 99), lambda path: path.mkdir()],
    ids=["a text", "a folder"],
)
def test_what_is_no_database_is_refused_with_what_to_do(tmp_path, spoil):
    path = tmp_path / NAME
    spoil(path)
    with pytest.raises(UsageError, match="cannot be used") as caught:
        Database(path)
    assert "move the file away" in caught.value.hint


def test_what_fails_in_the_middle_changes_nothing(database):
    def fail():
        with database.transaction() as connection:
            connection.execute("INSERT INTO marks VALUES ('a', 'k', 't', 1, '', '')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert database.rows("SELECT * FROM marks") == []


def test_threads_may_write_at_once(database):
    def write(number):
        for at in range(20):
            with database.transaction() as connection:
                row = (f"{number}-{at}",)
                connection.execute("INSERT INTO marks VALUES (?, 'k', 't', 1, '', '')", row)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(database.rows("SELECT id FROM marks")) == 80
