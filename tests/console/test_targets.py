from vedette.console.targets import Target, usual_interval


def _target(interval):
    return Target(
        job="",
        instance="",
        module="",
        health="up",
        error="",
        url="",
        last_scrape="",
        scrape_seconds=0,
        interval=interval,
        labels={},
    )


def test_targets_that_are_down_come_first(console, prometheus):
    rows = [
        {"labels": {"job": "a"}, "health": "up"},
        {"labels": {"job": "z"}, "health": "down", "lastError": "refused"},
    ]
    prometheus.answers["/api/v1/targets"] = {"activeTargets": rows}
    found = console.get("/api/targets").json()
    assert [(one["job"], one["error"]) for one in found] == [("z", "refused"), ("a", "")]


def test_the_usual_scrape_interval_is_the_most_common():
    targets = [_target("5s"), _target("15s"), _target("5s"), _target("")]
    assert usual_interval(targets, 15) == 5


def test_without_targets_the_interval_is_the_default():
    assert usual_interval([], 15) == 15
