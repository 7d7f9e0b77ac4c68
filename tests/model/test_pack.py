import pytest

from vedette.errors import DeclarationError
from vedette.model.metric import Metric
from vedette.model.pack import Pack
from vedette.model.threshold import Threshold

METRIC = Metric(name="up", kind="gauge", help="Is it up?")
LIMIT = Threshold(name="limit", default=1, help="Too much.", source="a test")


def test_a_pack_that_declares_a_metric_twice_is_refused():
    with pytest.raises(DeclarationError, match="metric 'up' twice"):
        Pack(title="Twice", summary="s", metrics=(METRIC, METRIC))


def test_a_pack_that_declares_a_threshold_twice_is_refused():
    with pytest.raises(DeclarationError, match="threshold 'limit' twice"):
        Pack(title="Twice", summary="s", metrics=(METRIC,), thresholds=(LIMIT, LIMIT))


def test_a_pack_of_different_things_is_accepted():
    assert Pack(title="Once", summary="s", metrics=(METRIC,), thresholds=(LIMIT,)).metrics
