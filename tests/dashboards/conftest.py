"""Dashboards to read."""

import json

import pytest

from vedette.dashboards.dashboard import Dashboard, Panel
from vedette.dashboards.load import load


@pytest.fixture
def read():
    """Read a dashboard given as a Python object."""

    def _read(**given) -> Dashboard:
        return load(json.dumps(given), "some.json")

    return _read


@pytest.fixture
def read_panel(read):
    """Read a dashboard of one panel and return the panel."""

    def _read(**given) -> Panel:
        dashboard: Dashboard = read(panels=[given])
        return dashboard.sections[0].panels[0]

    return _read
