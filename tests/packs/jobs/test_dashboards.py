import pytest

from vedette.packs.jobs.dashboards import DASHBOARDS

PANELS = [panel for row in DASHBOARDS[0].rows for panel in row.panels]


@pytest.mark.parametrize(
    "panel", [p for p in PANELS if p.kind != "timeseries"], ids=lambda p: p.title
)
def test_how_jobs_ended_is_asked_of_this_moment_not_of_a_days_last_step(panel):
    assert all(query.instant for query in panel.queries)
