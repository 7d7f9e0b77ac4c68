"""What the tests of the SDK share."""

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as plain

from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    """Instruments with a registry of their own."""
    return Monitor(isolated=True)


@pytest.fixture(scope="session")
def samples():
    """Read every sample back by its name and label values, by prometheus_client's parser."""

    def read(monitor, accept=""):
        text = monitor.expose(accept).body.decode()
        parse = openmetrics if accept.startswith("application/openmetrics-text") else plain
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in parse(text)
            for sample in family.samples
        }

    return read
