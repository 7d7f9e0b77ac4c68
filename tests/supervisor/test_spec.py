from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vedette.supervisor.spec import ProgramSpec, StackSpec, loads, start_order

NAMES = st.text(alphabet="abcdef", min_size=1, max_size=2)
TEXTS = st.text(max_size=8)


@st.composite
def programs(draw):
    names = draw(st.lists(NAMES, unique=True, max_size=6))
    return tuple(
        ProgramSpec(
            name=name,
            title=draw(TEXTS),
            command=tuple(draw(st.lists(TEXTS, min_size=1, max_size=3))),
            folder="/",
            environment=draw(st.dictionaries(TEXTS, TEXTS, max_size=2)),
            after=tuple(draw(st.lists(NAMES, unique=True, max_size=3))),
        )
        for name in names
    )


@given(programs())
def test_a_specification_survives_the_pipe(rows):
    spec = StackSpec(name="tëst", home="/h o", state="/s", programs=rows, wishes={"file": ""})
    text = spec.dumps()
    assert "\n" not in text
    assert loads(text) == spec


@given(programs())
def test_every_program_is_started_once_and_after_those_it_needs(rows):
    ranks = start_order(rows)
    placed = [row.name for rank in ranks for row in rank]
    assert sorted(placed) == sorted(row.name for row in rows)
    earlier: set[str] = set()
    for rank in ranks[:-1]:  # a circle, if there is one, is all in the last
        for row in rank:
            assert set(row.after) & set(placed) <= earlier
        earlier |= {row.name for row in rank}


def test_a_program_needs_a_new_process_only_where_its_command_line_changed():
    row = ProgramSpec(name="a", title="A", command=("a",), folder="/", port=1)
    assert row.same_process(replace(row, files="other", version="2", stop_seconds=9.0))
    for change in ({"command": ("b",)}, {"folder": "/x"}, {"environment": {"A": "1"}}):
        assert not row.same_process(replace(row, **change))
