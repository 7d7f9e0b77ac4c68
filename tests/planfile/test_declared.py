"""Metrics that a plan file declares."""

import pytest

from vedette.render import grafana, prometheus

DECLARED = """
metrics:
  orders_total: {kind: counter, help: Orders that were placed., labels: [channel]}
  basket_value_mean: {kind: gauge, help: What a basket is worth on average}
"""


def test_a_declared_metric_is_shown_and_missed_when_it_is_gone(read):
    plan = read(DECLARED)

    assert {"business", "business-declared"} <= set(plan.packs)
    page = next(text for name, text in grafana.dashboards(plan).items() if "declared" in name)
    assert "sum by (module, channel) (rate(orders_total{" in page
    assert "sum by (module) (basket_value_mean{" in page
    rules = prometheus.rules(plan)["rules/business-declared.yml"]
    assert "absent(orders_total)" in rules
    assert "absent(basket_value_mean)" in rules


def test_without_declared_metrics_nothing_is_added(read):
    assert not {"business", "business-declared"} & set(read("name: shop").packs)


@pytest.mark.parametrize(
    "keys, said, hint",
    [
        ("{orders: {kind: counter, help: x}}", "does not end in _total", "rename it"),
        ("{a-b: {kind: gauge, help: x}}", "not a metric name", "letters"),
        ("{a: {kind: gauge, help: x, labels: [b-c]}}", "not a label name", "letters"),
        ("{a: {kind: histogram, help: x}}", "histogram", "counter"),
        ("{a: {kind: gauge}}", "no help", "shown wherever it is"),
        ("{http_requests_total: {kind: counter, help: x}}", "metric of the pack 'http'", "another"),
        ("{up_bucket: 3}", "3", "kind"),
    ],
)
def test_a_wrong_declaration_is_refused_with_a_remedy(refuse, keys, said, hint):
    finding = refuse(f"metrics: {keys}")[0]
    assert said in finding.message
    assert hint in finding.hint
