"""What metrics that a plan file declares add."""

import subprocess
from dataclasses import replace

import pytest

from vedette.model.metric import Metric
from vedette.packs.business.declared import declared
from vedette.render import prometheus

METRICS = (
    Metric(name="orders_total", kind="counter", help="Orders.", labels=("channel",)),
    Metric(name="basket_value_mean", kind="gauge", help="What a basket is worth."),
)
CASES = """
rule_files: [declared.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - {series: 'orders_total{module="shop"}', values: '0+1x40'}
    alert_rule_test:
      - eval_time: 10m
        alertname: DeclaredMetricMissing
        exp_alerts: []
      - eval_time: 30m
        alertname: DeclaredMetricMissing
        exp_alerts:
          - exp_labels: {metric: basket_value_mean, severity: ticket}
            exp_annotations:
              summary: Nobody exposes basket_value_mean
              description: >-
                The plan declares it, and no target has exposed it for 15 minutes:
                1 metric of this name is missing.
  - interval: 1m
    input_series:
      - {series: 'orders_total{module="shop"}', values: '0+1x40'}
      - {series: 'basket_value_mean{module="shop"}', values: '3x40'}
    alert_rule_test:
      - {eval_time: 30m, alertname: DeclaredMetricMissing, exp_alerts: []}
"""


@pytest.mark.stack
def test_a_metric_that_nobody_exposes_is_missed_by_its_name(bare_plan, promtool, tmp_path):
    plan = replace(bare_plan, packs={"declared": declared(METRICS)})
    (tmp_path / "declared.yml").write_text(prometheus.rules(plan)["rules/declared.yml"])
    (tmp_path / "cases.yml").write_text(CASES)
    done = subprocess.run(
        [promtool, "test", "rules", tmp_path / "cases.yml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_metric_has_a_panel_that_sums_what_it_means():
    (page,) = declared(METRICS).dashboards
    asked = {panel.title: panel.queries[0].expr for panel in page.rows[0].panels}
    assert asked["orders_total"].startswith("sum by (module, channel) (rate(")
    assert asked["basket_value_mean"].startswith("sum by (module) (basket_value_mean")
