"""What promtool finds in an exposition, we find, too."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vedette.exposition.read import read
from vedette.lint.judge import lint
from vedette.lint.ours import Names, names
from vedette.stack.prometheus import COMPONENT as PROMETHEUS

DATA = Path(__file__).parent.parent / "data" / "expositions"
NOTHING = Names(declared={}, prefixes={})
# promtool's words, and the rule that says the same here.
SAME = {
    r"no help text": "lint-help",
    r"use base unit": "lint-base-unit",
    r"counter metrics should have|non-counter metrics should not": "lint-total",
    r"non-gauge metrics should not": "lint-timestamp",
    r"non-(histogram|summary)|non-histogram and non-summary": "lint-reserved",
    r"should not include (the )?type": "lint-type-in-name",
    r"should not contain ':'": "lint-colon",
    r"snake_case": "lint-snake-case",
    r"abbreviated units": "lint-abbreviated-unit",
    r"not unique": "lint-unique",
}
MESSY = """\
# HELP messy_latencyMs x
# TYPE messy_latencyMs histogram
messy_latencyMs_bucket{le="+Inf",userName="a"} 1
messy_latencyMs_sum{userName="a"} 1
messy_latencyMs_count{userName="a"} 1
# TYPE messy_ms gauge
messy_ms 1
# TYPE messy_jobs counter
messy_jobs 1
# TYPE messy_users_total gauge
messy_users_total 1
# TYPE messy_kilobytes gauge
messy_kilobytes 1
# TYPE messy_run_minutes_total counter
messy_run_minutes_total 1
# TYPE messy_bucket gauge
messy_bucket{le="5",quantile="1"} 1
# TYPE messy_count gauge
messy_count 1
# TYPE messy_sum counter
messy_sum 1
# TYPE messy_gauge_size gauge
messy_gauge_size 1
# TYPE messy_histogram histogram
messy_histogram_bucket{le="+Inf"} 0
messy_histogram_sum 0
messy_histogram_count 0
# TYPE messy_summary summary
messy_summary{quantile="0.5"} 0
messy_summary_sum 0
messy_summary_count 0
# TYPE messy:rate gauge
messy:rate 1
# TYPE messy_start_timestamp_seconds counter
messy_start_timestamp_seconds 1
messy_twice{a="b"} 1
messy_twice{a="b"} 2
messy_milliamperes 1
messy_millivolts_volts 1
messy_thermometers 1
messy_mb_total 3
messy_h 3
# HELP messy_empty
# TYPE messy_empty gauge
messy_empty 1
"""


@pytest.fixture(scope="module", params=["oldest", "newest"])
def promtool(request, from_suite):
    wanted = [program for program in PROMETHEUS.programs if program.name == "promtool"]
    return from_suite(request.param, wanted)["promtool"].path


def its_findings(promtool, body):
    """The pairs of metric and rule that promtool tells of."""
    done = subprocess.run(
        [promtool, "check", "metrics"], input=body, capture_output=True, check=False, timeout=60
    )
    assert done.returncode in {0, 3}, done.stderr
    told = set()
    for line in (done.stdout + done.stderr).decode().splitlines():
        metric, _, text = line.partition(" ")
        [rule] = [rule for words, rule in SAME.items() if re.search(words, text)]
        told.add((metric, rule))
    return told


def our_findings(body, known=NOTHING):
    return {(one.subject, one.rule) for one in lint(read(body), known)}


@pytest.mark.stack
@pytest.mark.parametrize("name", sorted(file.stem for file in DATA.glob("*.txt")))
def test_every_finding_of_promtool_on_a_real_exposition_is_found(promtool, name):
    body = (DATA / f"{name}.txt").read_bytes()
    theirs = its_findings(promtool, body)
    assert theirs <= our_findings(body)
    assert theirs <= our_findings(body, names())


@pytest.mark.stack
def test_every_kind_of_finding_of_promtool_is_found(promtool):
    theirs = its_findings(promtool, MESSY.encode())
    assert theirs <= our_findings(MESSY.encode())
    newer = {"lint-timestamp", "lint-unique"}
    expected = set(SAME.values()) - newer
    assert {rule for _, rule in theirs} >= expected


WORDS = st.sampled_from(
    (
        *("app", "queue", "users", "kB", "ms", "seconds", "milliseconds", "bytes"),
        *("total", "count", "sum", "info", "gauge", "days", "m", "h"),
    )
)


@pytest.mark.stack
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.lists(WORDS, min_size=1, max_size=3).map("_".join),
            st.sampled_from(["counter", "gauge", "untyped"]),
            st.sampled_from(["", "Said."]),
        ),
        min_size=1,
        max_size=40,
        unique_by=lambda one: one[0],
    )
)
def test_every_finding_of_promtool_on_any_names_is_found(promtool, families):
    body = "".join(
        f"# HELP x_{name} {text}\n# TYPE x_{name} {kind}\nx_{name} 1\n"
        for name, kind, text in families
    ).encode()
    assert its_findings(promtool, body) <= our_findings(body)
