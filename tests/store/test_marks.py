from vedette.model.mark import Mark
from vedette.store import marks


def mark(at, text="t"):
    return Mark(id=f"{int(at):032x}", kind="incident", text=text, at=float(at))


def test_a_mark_that_comes_twice_is_kept_once(database):
    assert marks.add(database, mark(5))
    assert not marks.add(database, mark(5))
    assert marks.between(database, 0, 10) == (mark(5),)


def test_marks_are_told_by_time_and_only_those_of_the_range(database):
    for at in (9, 2, 5):
        marks.add(database, mark(at))
    assert [one.at for one in marks.between(database, 2, 5)] == [2, 5]
    assert [one.at for one in marks.between(database, 0, 10, most=2)] == [5, 9]


def test_a_loop_that_marks_each_step_loses_its_oldest_marks(database, monkeypatch):
    monkeypatch.setattr(marks, "MOST", 3)
    for at in range(5):
        marks.add(database, mark(at))
    assert [one.at for one in marks.between(database, 0, 10)] == [2, 3, 4]
