import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.exposition.read import read
from vedette.lint.judge import lint
from vedette.lint.ours import Names, names
from vedette.model.metric import Metric


def declared(*metrics, **prefixes):
    return Names(declared={each.name: each for each in metrics}, prefixes=prefixes)


def test_a_finding_tells_its_rule_its_subject_and_its_line(judge):
    findings = judge("# HELP a_ms x\n# TYPE a_ms gauge\na_ms 1\n")
    [found] = findings
    assert (found.rule, found.subject) == ("lint-abbreviated-unit", "a_ms")
    assert found.place() == "text:1"


def test_findings_stand_in_the_order_of_the_text(judge):
    findings = judge("b_ms 1\na_ms 1\n!\n")
    assert [one.line for one in findings] == sorted(one.line for one in findings)


def test_a_line_that_cannot_be_read_is_an_error_with_its_column(judge):
    [found] = [one for one in judge("a{b=c} 1\n") if one.rule == "lint-syntax"]
    assert (found.level, found.place()) == ("error", "text:1:5")
    assert "refuses the whole answer" in found.hint


def test_what_can_be_read_all_the_same_is_a_warning(judge):
    [found] = [one for one in judge("# HELP a x\n# HELP a x\n") if one.rule == "lint-syntax"]
    assert found.level == "warning"


def test_a_waived_name_is_information_with_its_reason(judge):
    metric = Metric(
        name="hf_latency_ms", kind="gauge", help="Waited.", waiver="dashboards use that name"
    )
    text = "# HELP hf_latency_ms x\n# TYPE hf_latency_ms gauge\nhf_latency_ms 1\n"
    [found] = judge(text, names=declared(metric))
    assert found.level == "info"
    assert "dashboards use that name" in found.message


def test_what_is_wrong_besides_the_name_stays_a_warning_for_a_waived_one(judge):
    metric = Metric(name="a_ms", kind="gauge", help="Waited.", waiver="old")
    levels = {one.rule: one.level for one in judge("a_ms 1\n", names=declared(metric))}
    assert levels["lint-help"] == "warning"


def test_findings_on_another_programs_metrics_are_information(judge):
    known = declared(**{"vllm:": "vLLM"})
    findings = judge("vllm:queue_ms 1\n", names=known)
    assert {one.level for one in findings} == {"info"}
    assert all("vLLM" in one.message for one in findings)


def test_a_broken_histogram_of_another_program_stays_an_error(judge):
    text = '# HELP x_a h\n# TYPE x_a histogram\nx_a_bucket{le="1"} 1\n'
    [found] = judge(text, names=declared(x_="X"))
    assert found.level == "error"


@pytest.mark.parametrize("name", ["node_exporter", "prometheus", "prometheus_client"])
def test_well_known_programs_give_no_warning(recorded, judge, name):
    findings = judge(recorded(name), names=names())
    assert [one for one in findings if one.level != "info"] == []


def test_open_metrics_counters_are_judged_by_the_name_that_queries_use(judge):
    text = "# TYPE jobs counter\n# HELP jobs Done.\njobs_total 1\n# EOF\n"
    assert judge(text) == []


@given(st.text(st.sampled_from('ab_msTotal{}=",:#1 \n'), max_size=80))
def test_any_text_is_judged_without_an_exception(text):
    known = declared(Metric(name="ab", kind="gauge", help="x", labels=("m",)))
    for found in lint(read(text.encode()), known, source="x", module="ab"):
        assert found.message
        assert found.hint


def test_a_hundred_thousand_lines_take_seconds_not_minutes():
    rows = "".join(f'a_total{{user="{n}"}} 1\n' for n in range(100_000))
    began = time.perf_counter()
    findings = lint(read(rows.encode()), declared())
    assert time.perf_counter() - began < 30
    assert any(one.rule == "lint-cardinality" for one in findings)
