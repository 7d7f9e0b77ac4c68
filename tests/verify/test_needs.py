import pytest

from vedette.verify import needs
from vedette.verify.ledger import Line
from vedette.verify.promise import Promise


class Said(Promise):
    """A line for tests."""

    def words(self) -> str:
        """Return nothing of interest."""
        return "said"


def _lines(*needed):
    return [Line(kind="said", promise=Said(needs=need)) for need in needed]


@pytest.mark.parametrize("there, added", [(True, ("grafana",)), (False, ())])
def test_a_component_runs_beside_the_plan_only_where_its_program_is_there(
    monkeypatch, there, added
):
    monkeypatch.setitem(needs.PRESENT, "grafana", lambda: there)
    assert needs.components(_lines(None, "grafana", "gpu")) == added


def test_nothing_runs_beside_the_plan_that_no_line_is_about(monkeypatch):
    monkeypatch.setitem(needs.PRESENT, "grafana", lambda: True)
    assert needs.components(_lines(None)) == ()


def test_a_program_is_looked_for_without_getting_it(tmp_path, monkeypatch):
    monkeypatch.setenv("VEDETTE_CACHE", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not needs.PRESENT["grafana"]()
