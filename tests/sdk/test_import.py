import subprocess
import sys

import pytest

import vedette


def loaded_by(statement):
    """The modules that a fresh interpreter has after a statement."""
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_vedette_loads_nothing_else():
    loaded = loaded_by("import vedette")
    assert "prometheus_client" not in loaded
    assert {name for name in loaded if name.startswith("vedette.")} == set()


def test_recording_loads_no_dashboard_no_alert_and_no_web_framework():
    loaded = loaded_by("from vedette.packs.serving.record import Inference")
    assert "vedette.packs.serving.metrics" in loaded
    heavy = {"vedette.packs.serving.dashboards", "vedette.packs.serving.alerts", "fastapi", "click"}
    assert not loaded & heavy


def test_what_the_package_promises_is_found_and_nothing_else():
    assert vedette.Monitor.__name__ == "Monitor"
    assert vedette.Metric.__name__ == "Metric"
    assert callable(vedette.start_monitoring_server)
    with pytest.raises(AttributeError, match="no attribute 'start'"):
        _ = vedette.start
