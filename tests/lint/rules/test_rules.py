"""Each rule by a text that breaks it, and by one that does not."""

import pytest

from vedette import packs
from vedette.discover import discover, names
from vedette.exposition.nouns import Family, Sample
from vedette.lint import rules
from vedette.lint.rule import Rule, Scope
from vedette.model.pack import Pack

UUID = "0b0e5b0a-7c58-4f0c-9a54-1c1f4a7b8a11"


def told(judge, text, rule, **more):
    return [one for one in judge(text, **more) if one.rule == f"lint-{rule}"]


@pytest.mark.parametrize(
    "rule, text, message, hint",
    [
        ("help", "a 1\n", "a has no help text", "# HELP a "),
        ("help", "# HELP a\n# TYPE a gauge\na 1\n", "a has no help text", "# HELP a "),
        (
            "base-unit",
            "# TYPE a_milliseconds histogram\na_milliseconds_count 0\n",
            "a_milliseconds is in milliseconds; the base unit is seconds",
            "rename it to a_seconds and divide each value by 1,000",
        ),
        (
            "base-unit",
            "# TYPE run_minutes_total counter\nrun_minutes_total 0\n",
            "is in minutes",
            "rename it to run_seconds_total and multiply each value by 60",
        ),
        (
            "abbreviated-unit",
            "# TYPE a_latency_ms gauge\na_latency_ms 1\n",
            "a_latency_ms abbreviates its unit to 'ms'",
            "rename it to a_latency_seconds and divide each value by 1,000",
        ),
        (
            "abbreviated-unit",
            "used_mb 1\n",
            "'mb'",
            "used_bytes and multiply each value by 1,000,000",
        ),
        ("abbreviated-unit", "walked_m 1\n", "'m'", "give it a base unit"),
        (
            "percent",
            "# TYPE memory_used_percent gauge\nmemory_used_percent 45\n",
            "memory_used_percent is called a percent",
            "rename it to memory_used_ratio and divide each value by 100",
        ),
        ("percent", "kv_usage_perc 1\n", "called a perc", "kv_usage_ratio"),
        ("total", "# TYPE jobs counter\njobs 1\n", "does not end in _total", "to jobs_total"),
        (
            "total",
            "# TYPE active_users_total gauge\nactive_users_total 1\n",
            "ends in _total, but is a gauge",
            "rename it to active_users; or make it a counter",
        ),
        ("timestamp", "# TYPE a_timestamp_seconds counter\n", "point in time", "make it a gauge"),
        ("reserved", "# TYPE a_count gauge\na_count 1\n", "ends in _count", "rename it to a"),
        ("reserved", "# TYPE a_bucket summary\n", "ends in _bucket", "rename it to a"),
        (
            "reserved",
            '# TYPE a gauge\na{le="5"} 1\n',
            "has the label 'le', but is a gauge",
            "'le' is for a histogram alone",
        ),
        ("reserved", '# TYPE a gauge\na{quantile="1"} 1\n', "'quantile'", "for a summary alone"),
        ("type-in-name", "# TYPE a_gauge gauge\na_gauge 1\n", "the type 'gauge'", "rename it to a"),
        ("colon", "a:b 1\n", "has a colon", "rename it to a_b"),
        ("snake-case", "queueSize 1\n", "queueSize is in camelCase", "rename it to queue_size"),
        ("snake-case", 'a{userName="b"} 1\n', "the label userName", "to user_name"),
        ("label-names", 'a{instance="b"} 1\n', "one that the scrape sets", "exported_instance"),
    ],
)
def test_a_rule_tells_what_is_wrong_and_how_to_mend_it(judge, rule, text, message, hint):
    [found] = told(judge, text, rule)
    assert message in found.message
    assert hint in found.hint
    assert found.level == "warning"
    assert found.line


@pytest.mark.parametrize("name, level", [("daily_cost_pounds", "info"), ("a_pounds", "warning")])
def test_pounds_of_money_are_told_from_those_of_weight(judge, name, level):
    [found] = told(judge, f"{name} 1\n", "base-unit")
    assert found.level == level


FINE = """\
# HELP http_request_duration_seconds Time to answer.
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{endpoint="/users/{id}",le="0.1"} 20
http_request_duration_seconds_bucket{endpoint="/users/{id}",le="+Inf"} 20
http_request_duration_seconds_sum{endpoint="/users/{id}"} 1
http_request_duration_seconds_count{endpoint="/users/{id}"} 20
# HELP started_timestamp_seconds When.
# TYPE started_timestamp_seconds gauge
started_timestamp_seconds 1700000000
# HELP jobs_total Done.
# TYPE jobs_total counter
jobs_total{status="200",route="/v1/models",size="512"} 1
# HELP build_info Built.
# TYPE build_info gauge
build_info{commit="0123456789abcdef0123456789abcdef01234567",version="1.2.3.4"} 1
"""


def test_what_follows_the_rules_gives_nothing_to_say(judge):
    assert judge(FINE) == []


def test_a_series_that_stands_twice_is_an_error(judge):
    [found] = told(judge, 'a{b="c"} 1\na{b="d"} 1\na{b="c"} 2\n', "unique")
    assert (found.level, found.line) == ("error", 3)
    assert "the first is in line 1" in found.message


@pytest.mark.parametrize("count, level", [(100, None), (101, "warning"), (1001, "error")])
def test_many_label_sets_are_told_with_the_label_that_makes_them(judge, count, level):
    rows = "".join(f'a{{user="u{n}",kind="x{n % 3}"}} 1\n' for n in range(count))
    found = told(judge, rows, "cardinality")
    assert [one.level for one in found] == ([level] if level else [])
    if found:
        assert f"the label user alone has {count:,} values" in found[0].message
        assert "leave user out" in found[0].hint


def test_the_buckets_of_a_histogram_are_one_label_set(judge):
    rows = "".join(f'a_bucket{{le="{n}"}} 1\n' for n in range(200))
    assert told(judge, f"# TYPE a histogram\n{rows}", "cardinality") == []


@pytest.mark.parametrize(
    "label, value, look",
    [
        ("user", "ann@example.org", "e-mail"),
        ("who", "ann@example.org", "e-mail"),
        ("session", UUID, "a UUID"),
        ("client", "192.0.2.7", "an IP address"),
        ("client", "2001:db8:0:0:0:0:0:1", "an IP address"),
        ("endpoint", "/users/123", "a path with an id"),
        ("endpoint", f"/users/{UUID}/edit", "a path with an id"),
        ("endpoint", "/search?q=x", "a path with an id"),
        ("endpoint", "https://example.org/items/9", "a path with an id"),
        ("token", "0123456789abcdef01", "a hash or token"),
        ("user_id", "4711471", "a long number"),
    ],
)
def test_ids_addresses_and_paths_do_not_belong_in_labels(judge, label, value, look):
    [found] = told(judge, f'a{{{label}="{value}"}} 1\n', "label-values")
    assert look in found.message
    assert repr(value) in found.message


@pytest.mark.parametrize(
    "label, values",
    [
        ("size", ["1048576"]),
        ("revision", ["0123456789abcdef01", "0123456789abcdef02"]),
        ("gpu_uuid", [UUID, UUID.replace("0", "1")]),
        ("endpoint", ["/v1/models", "/users/{id}", "/"]),
        ("model", ["org/small-8b-2024-01"]),
        ("status", ["200", "404"]),
    ],
)
def test_words_from_a_short_list_may_look_like_ids(judge, label, values):
    rows = "".join(f'a{{{label}="{value}"}} 1\n' for value in values)
    assert told(judge, rows, "label-values") == []


def test_two_numbers_in_one_label_are_ids_whatever_it_is_called(judge):
    assert told(judge, 'a{shard="123456"} 1\na{shard="123457"} 1\n', "label-values")


def test_a_text_as_a_label_is_told_by_its_length(judge):
    [found] = told(judge, f'a{{prompt="{"word " * 60}"}} 1\n', "label-values")
    assert "has 300 characters" in found.message


def histogram(*buckets, count=None):
    rows = "".join(f'a_ms_bucket{{le="{le}"}} {value}\n' for le, value in buckets)
    return f"# TYPE a_ms histogram\n{rows}a_ms_count {buckets[-1][1] if count is None else count}\n"


@pytest.mark.parametrize(
    "text, said, level",
    [
        (histogram(("1", 1), ("2", 2)), 'no bucket le="+Inf"', "error"),
        (histogram(("1", 5), ("+Inf", 2)), "do not add up", "error"),
        (histogram(("1", 1), ("+Inf", 2), count=7), "a_ms_count is 7", "error"),
        (histogram(("one", 1), ("+Inf", 2)), "no number in `le`", "error"),
        (histogram(("10", 1), ("+Inf", 400)), "399 of 400 observations", "warning"),
    ],
)
def test_buckets_must_add_up_and_reach_as_far_as_the_values(judge, text, said, level):
    [found] = told(judge, text, "buckets")
    assert said in found.message
    assert found.level == level


def test_few_observations_say_nothing_of_the_buckets(judge):
    assert told(judge, histogram(("10", 1), ("+Inf", 19)), "buckets") == []


@pytest.fixture(scope="module")
def known():
    from vedette.lint.ours import names as everybody

    return everybody("prompt-manager")


def test_a_metric_of_the_convention_is_held_to_its_kind(judge, known):
    text = "# TYPE prompt_manager_operations_total gauge\nprompt_manager_operations_total 1\n"
    [found] = told(judge, text, "contract", names=known)
    assert "take it for a counter" in found.message


def test_labels_that_alerts_look_for_and_do_not_find_are_told(judge, known):
    text = (
        "# TYPE prompt_manager_operations_total counter\n"
        'prompt_manager_operations_total{op="x"} 1\n'
    )
    [found] = told(judge, text, "contract", names=known)
    assert "has the labels op where" in found.message
    assert found.level == "info"


def test_a_name_that_is_nearly_known_is_asked_about(judge, known):
    [found] = told(judge, "prompt_manager_operation_total 1\n", "misspelt", names=known)
    assert "did you mean prompt_manager_operations_total?" in found.message
    assert found.level == "info"


def test_the_metrics_of_a_module_begin_with_its_name(judge, known):
    text = "# TYPE cacheHits counter\ncacheHits 1\n"
    [found] = told(judge, text, "module-prefix", names=known, module="prompt_manager")
    assert found.hint == "rename it to prompt_manager_cache_hits_total"
    for fine in ("prompt_manager_x 1\n", "process_cpu_seconds_total 1\n", "model_loaded 1\n"):
        assert told(judge, fine, "module-prefix", names=known, module="prompt_manager") == []


def test_every_rule_has_a_title_that_is_a_sentence():
    known = discover(rules, "RULE", Rule)
    assert len(known) == len(names(rules)) >= 15
    assert all(rule.title.endswith(".") for rule in known.values())


NAMING = {name: rule for name, rule in discover(rules, "RULE", Rule).items() if rule.naming} | {
    "help": discover(rules, "RULE", Rule)["help"]
}
OURS = [
    metric
    for pack in discover(packs, "PACK", Pack).values()
    for metric in pack.metrics
    if not metric.external and not metric.waiver
]


@pytest.mark.parametrize("metric", OURS, ids=str)
def test_our_own_metrics_pass_our_own_rules_unless_they_say_why(metric):
    kind = {"info": "gauge", "stateset": "gauge"}.get(metric.kind, metric.kind)
    sample = Sample(metric.name, dict.fromkeys(metric.labels, "x"), 1.0, None, None, 1)
    family = Family(name=metric.name, kind=kind, help=metric.help, samples=[sample])
    assert [found for rule in NAMING.values() for found in rule.check(family, Scope())] == []
