import uuid

from prometheus_client.parser import text_string_to_metric_families

from vedette.model import job
from vedette.model.mark import MARK, Mark
from vedette.store import exposed, jobs, marks

NOW = 1_700_000_000.0


def lines(found):
    return [line for line in found.text.splitlines() if not line.startswith("#")]


def test_a_new_counter_is_scraped_as_zero_once_and_then_as_it_is(database, say):
    jobs.take(database, say(say.family("rows_total", 3.0, table="a"), status="running"), now=NOW)
    first = exposed.expose(database, now=NOW)
    assert lines(first) == ['rows_total{instance="",job="nightly",module="nightly",table="a"} 0.0']
    exposed.shown(database, first.fresh)
    again = exposed.expose(database, now=NOW)
    assert lines(again)[0].endswith(" 3.0")
    assert again.fresh == ()


def test_a_scrape_that_did_not_arrive_is_no_scrape(database, say):
    jobs.take(database, say(say.family("rows_total", 3.0)), now=NOW)
    exposed.expose(database, now=NOW)
    assert exposed.expose(database, now=NOW).fresh


def test_a_new_series_of_a_known_counter_begins_with_zero_too(database, say):
    jobs.take(database, say(say.family("rows_total", 3.0, table="a"), status="running"), now=NOW)
    exposed.shown(database, exposed.expose(database, now=NOW).fresh)
    jobs.take(database, say(say.family("rows_total", 4.0, table="b"), status="running"), now=NOW)
    assert [line.rpartition(" ")[2] for line in lines(exposed.expose(database, now=NOW))] == [
        "3.0",
        "0.0",
    ]


def test_a_whole_histogram_begins_with_zero(database, say):
    told = say.histogram("s", {"1.0": 1.0, "+Inf": 3.0}, total=9.0)
    jobs.take(database, say(told, status="running"), now=NOW)
    assert {line.rpartition(" ")[2] for line in lines(exposed.expose(database, now=NOW))} == {"0.0"}


def test_a_gauge_is_exposed_at_once(database, say):
    jobs.take(database, say(say.family("loss", 0.25, kind="gauge"), status="running"), now=NOW)
    assert lines(exposed.expose(database, now=NOW))[0].endswith(" 0.25")


def test_what_the_job_calls_as_the_stack_does_is_renamed_as_prometheus_would(database, say):
    told = say.family("x_total", 1.0, module="own", region="b")
    jobs.take(database, say(told, labels={"region": "a"}, status="running"), now=NOW)
    line = lines(exposed.expose(database, now=NOW))[0]
    assert 'exported_module="own"' in line
    assert 'exported_region="b"' in line
    assert ',region="a"' in line
    assert 'module="nightly"' in line


def test_every_text_can_be_read_back(database, say):
    nasty = 'a"b\\c\nd\u2028é'
    jobs.take(database, say(say.family("x_total", 1.0, of=nasty), job=nasty), now=NOW)
    text = exposed.expose(database, now=NOW, scraped=False).text
    samples = [s for f in text_string_to_metric_families(text) for s in f.samples]
    assert any(s.labels.get("of") == nasty and s.labels["module"] == nasty for s in samples)


def test_numbers_that_are_none_are_written_as_prometheus_reads_them(database, say):
    words = enumerate(("inf", "-inf", "nan"))
    families = [say.family(f"g{at}", word, kind="gauge") for at, word in words]
    jobs.take(database, say(*families), now=NOW)
    text = exposed.expose(database, now=NOW).text
    values = {line.rpartition(" ")[2] for line in text.splitlines() if line.startswith("g")}
    assert values == {"+Inf", "-Inf", "NaN"}


def test_one_name_of_two_kinds_stands_under_two_headings(database, say):
    jobs.take(database, say(say.family("x", 1.0, kind="gauge"), status="running"), now=NOW)
    jobs.take(database, say(say.family("x", 1.0), job="b", status="running"), now=NOW)
    text = exposed.expose(database, now=NOW).text
    assert text.count("# TYPE x counter") == 1
    assert text.count("# TYPE x gauge") == 1


def test_the_metrics_of_jobs_and_marks_are_those_that_their_pack_declares(database, say):
    from vedette.packs.jobs.metrics import METRICS

    jobs.take(database, say(), now=NOW)
    marks.add(database, Mark(id=uuid.uuid4().hex, kind="incident", text="t", at=NOW))
    text = exposed.expose(database, now=NOW).text
    told = {line.split(" ")[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert told == {metric.name for metric in METRICS}
    assert job.RUNS.name in told


def test_a_mark_is_a_series_whose_value_is_its_time(database):
    made = Mark(id="a" * 32, kind="deployment", text='v2 "final"', at=NOW - 5, module="shop")
    marks.add(database, made)
    (line,) = lines(exposed.expose(database, now=NOW))
    assert line.startswith(f'{MARK}{{id="{made.id}",kind="deployment",model="",module="shop",')
    assert line.endswith(f'text="v2 \\"final\\""}} {NOW - 5}')


def test_only_the_newest_marks_of_the_last_month_are_series(database):
    for at in range(exposed.MOST_MARKS + 5):
        marks.add(database, Mark(id=f"{at:032x}", kind="training", text="t", at=NOW - at))
    old = Mark(id="f" * 32, kind="training", text="old", at=NOW - 31 * 86_400)
    marks.add(database, old)
    found = lines(exposed.expose(database, now=NOW))
    assert len(found) == exposed.MOST_MARKS
    assert found[-1].endswith(f" {NOW}")
    assert len(marks.between(database, 0, NOW)) == exposed.MOST_MARKS + 6
