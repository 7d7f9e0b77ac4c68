"""What prometheus_client writes we read, and as its own parser does."""

import math
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import core, exposition
from prometheus_client.openmetrics import exposition as open_exposition
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_families
from prometheus_client.parser import text_string_to_metric_families as plain_families
from prometheus_client.samples import Exemplar

from vedette.exposition.read import read

OPEN = "application/openmetrics-text; version=1.0.0"
TEXT = "text/plain; version=0.0.4"
VALUES = st.floats(allow_nan=True, allow_infinity=True)
COUNTS = st.floats(min_value=0, allow_nan=False, allow_infinity=False)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LABELS = st.dictionaries(st.sampled_from(["a", "b", "_c", "D9"]), WORDS, max_size=3)


@st.composite
def gauges(draw, name):
    family = core.GaugeMetricFamily(name, draw(WORDS.filter(str.strip)) + ".")
    for labels in draw(
        st.lists(LABELS, max_size=3, unique_by=lambda one: tuple(sorted(one.items())))
    ):
        family.add_sample(name, labels, draw(VALUES))
    return family


@st.composite
def counters(draw, name):
    family = core.CounterMetricFamily(name, "Counted.")
    # Its parser stumbles over a quote in an exemplar, so no such one is compared.
    exemplar = Exemplar({"trace_id": draw(st.text("0123456789abcdef"))}, draw(VALUES))
    family.add_sample(f"{name}_total", draw(LABELS), draw(COUNTS), exemplar=exemplar)
    return family


@st.composite
def histograms(draw, name):
    family = core.HistogramMetricFamily(name, "Waited.", unit="seconds")
    low, more = draw(st.integers(0, 99)), draw(st.integers(0, 99))
    buckets = [("0.5", low), ("+Inf", low + more)]
    family.add_metric([], buckets, sum_value=draw(COUNTS))
    return family


@st.composite
def registries(draw):
    families = [
        draw(gauges("temperature")),
        draw(counters("requests")),
        draw(histograms("wait_seconds")),
        core.InfoMetricFamily("build", "Built.", value={"version": draw(WORDS)}),
    ]
    return SimpleNamespace(collect=lambda: families)


def ours(exposed):
    return sorted(
        (one.name, tuple(sorted(one.labels.items())), written(one.value))
        for family in exposed.families.values()
        for one in family.samples
    )


def theirs(families):
    return sorted(
        (one.name, tuple(sorted(one.labels.items())), written(one.value))
        for family in families
        for one in family.samples
    )


def written(value):
    return "NaN" if math.isnan(value) else float(value)


@given(registries())
def test_the_text_format_is_read_as_it_was_written(registry):
    body = exposition.generate_latest(registry)
    exposed = read(body, TEXT)
    assert exposed.problems == ()
    assert ours(exposed) == theirs(registry.collect())
    assert ours(exposed) == theirs(plain_families(body.decode()))
    kinds = {name: family.kind for name, family in exposed.families.items()}
    assert kinds == {
        "temperature": "gauge",
        "requests_total": "counter",
        "wait_seconds": "histogram",
        "build_info": "gauge",
    }
    assert exposed.families["temperature"].help == registry.collect()[0].documentation


@given(registries())
def test_open_metrics_is_read_as_it_was_written(registry):
    body = open_exposition.generate_latest(registry)
    exposed = read(body, OPEN)
    assert [one for one in exposed.problems if "128 characters" not in one.message] == []
    assert ours(exposed) == theirs(registry.collect())
    assert ours(exposed) == theirs(open_families(body.decode()))
    [counted] = exposed.families["requests"].samples
    wanted = registry.collect()[1].samples[0].exemplar
    assert counted.exemplar is not None
    assert counted.exemplar.labels == wanted.labels
    assert written(counted.exemplar.value) == written(wanted.value)
    assert exposed.families["wait_seconds"].unit == "seconds"
