import re
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vedette.errors import InUseError
from vedette.model import job
from vedette.store import exposed, jobs
from vedette.store.database import NAME, Database

NOW = 1_700_000_000.0
ROWS = "rows_total"


def value(database, name, **labels):
    """What a person reads of one series of the job."""
    text = exposed.expose(database, now=NOW, scraped=False).text
    for line in text.splitlines():
        found = re.match(r"(\w+)\{(.*)\} (\S+)\Z", line)
        if found and found[1] == name:
            have = dict(re.findall(r'(\w+)="([^"]*)"', found[2]))
            if all(have.get(label) == wanted for label, wanted in labels.items()):
                return float(found[3])
    return None


def test_counters_of_successive_runs_add_up(database, say):
    assert jobs.take(database, say(say.family(ROWS, 3.0)), now=NOW)
    assert jobs.take(database, say(say.family(ROWS, 4.0)), now=NOW)
    assert value(database, ROWS, module="nightly") == 7


def test_a_handover_that_comes_twice_counts_once(database, say):
    told = say(say.family(ROWS, 3.0))
    assert jobs.take(database, told, now=NOW)
    assert not jobs.take(database, told, now=NOW)
    assert value(database, ROWS) == 3
    assert value(database, job.RUNS.name, status="success") == 1


def test_a_run_that_hands_over_again_replaces_what_it_said(database, say):
    run = uuid.uuid4().hex
    for number, count, status in ((1, 2.0, "running"), (2, 5.0, "running"), (3, 6.0, "success")):
        jobs.take(
            database, say(say.family(ROWS, count), id=run, number=number, status=status), now=NOW
        )
    assert value(database, ROWS) == 6


def test_an_earlier_word_that_comes_late_changes_nothing(database, say):
    run = uuid.uuid4().hex
    jobs.take(database, say(say.family(ROWS, 5.0), id=run, number=2, status="running"), now=NOW)
    assert not jobs.take(database, say(say.family(ROWS, 2.0), id=run, status="running"), now=NOW)
    assert value(database, ROWS) == 5


def test_histograms_add_up_bucket_by_bucket(database, say):
    for _ in range(2):
        told = say.histogram("s", {"1.0": 1.0, "+Inf": 3.0}, total=9.0)
        jobs.take(database, say(told), now=NOW)
    assert value(database, "s_bucket", le="1.0") == 2
    assert value(database, "s_bucket", le="+Inf") == 6
    assert value(database, "s_sum") == 18
    assert value(database, "s_count") == 6


def test_a_histogram_with_other_buckets_begins_anew(database, say):
    jobs.take(database, say(say.histogram("s", {"1.0": 1.0, "+Inf": 1.0}, total=1.0)), now=NOW)
    jobs.take(database, say(say.histogram("s", {"5.0": 2.0, "+Inf": 2.0}, total=4.0)), now=NOW)
    assert value(database, "s_bucket", le="1.0") is None
    assert value(database, "s_bucket", le="5.0") == 2
    assert value(database, "s_count") == 2


def test_of_a_gauge_the_last_runs_value_stays(database, say):
    jobs.take(database, say(say.family("loss", 2.0, kind="gauge"), sent=NOW + 10), now=NOW)
    jobs.take(database, say(say.family("loss", 9.0, kind="gauge"), sent=NOW), now=NOW)  # came late
    assert value(database, "loss") == 2


def test_jobs_and_their_labels_are_kept_apart(database, say):
    jobs.take(database, say(say.family(ROWS, 1.0), labels={"region": "eu"}), now=NOW)
    jobs.take(database, say(say.family(ROWS, 2.0), labels={"region": "us"}), now=NOW)
    jobs.take(database, say(say.family(ROWS, 4.0), job="weekly"), now=NOW)
    assert value(database, ROWS, region="eu") == 1
    assert value(database, ROWS, region="us") == 2
    assert value(database, ROWS, module="weekly") == 4


def test_the_end_of_a_run_is_told(database, say):
    jobs.take(database, say(seconds=7.0), now=NOW)
    jobs.take(database, say(status="failed", seconds=70.0, sent=NOW + 5), now=NOW)
    assert value(database, job.RUNS.name, status="success") == 1
    assert value(database, job.RUNS.name, status="failed") == 1
    assert value(database, job.SECONDS.count) == 2
    assert value(database, job.SECONDS.bucket, le="15.0") == 1
    assert value(database, job.LAST_SECONDS.name) == 70
    assert value(database, job.LAST_END.name) == NOW + 5
    assert value(database, job.LAST_FAILED.name) == 1


def test_a_run_that_falls_silent_failed_and_keeps_what_it_said(database, say):
    run = uuid.uuid4().hex
    jobs.take(database, say(say.family(ROWS, 2.0), id=run, status="running"), now=NOW)
    assert jobs.tidy(database, now=NOW + jobs.SILENT_SECONDS - 1) == 0
    assert jobs.tidy(database, now=NOW + jobs.SILENT_SECONDS + 1) == 1
    assert jobs.tidy(database, now=NOW + jobs.SILENT_SECONDS + 2) == 0
    assert value(database, job.LAST_FAILED.name) == 1
    assert value(database, ROWS) == 2


def test_a_silent_run_that_speaks_again_goes_on_where_it_was(database, say):
    run = uuid.uuid4().hex
    jobs.take(database, say(say.family(ROWS, 2.0), id=run, status="running"), now=NOW)
    jobs.tidy(database, now=NOW + jobs.SILENT_SECONDS + 1)
    jobs.take(database, say(say.family(ROWS, 5.0), id=run, number=9), now=NOW)
    assert value(database, ROWS) == 5


def test_a_job_that_has_not_run_for_long_is_forgotten(database, say):
    jobs.take(database, say(say.family(ROWS, 2.0)), now=NOW)
    jobs.take(database, say(say.family(ROWS, 2.0), job="alive", sent=NOW + 80 * 86_400), now=NOW)
    jobs.tidy(database, now=NOW + 91 * 86_400)
    assert value(database, ROWS, module="nightly") is None
    assert value(database, ROWS, module="alive") == 2


def test_what_was_taken_survives_the_database_being_opened_anew(tmp_path, say):
    first = Database(tmp_path / NAME)
    told = say(say.family(ROWS, 3.0))
    jobs.take(first, told, now=NOW)
    first.close()
    again = Database(tmp_path / NAME)
    assert not jobs.take(again, told, now=NOW)
    assert value(again, ROWS) == 3
    again.close()


def test_a_flood_of_series_is_refused_and_leaves_nothing(database, say, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_SERIES", 30)
    flood = [say.family(f"rows{number}_total", 1.0) for number in range(40)]
    with pytest.raises(InUseError, match="more than 30 series"):
        jobs.take(database, say(*flood), now=NOW)
    assert exposed.expose(database, now=NOW).text == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    runs=st.lists(st.lists(st.integers(0, 50), min_size=1, max_size=4), max_size=4),
    seed=st.randoms(use_true_random=False),
)
def test_however_handovers_arrive_the_sum_is_that_of_the_runs(say, tmp_path, runs, seed):
    told = []
    for steps in runs:
        run, total = uuid.uuid4().hex, 0
        for number, step in enumerate(steps, 1):
            total += step
            status = "success" if number == len(steps) else "running"
            words = {"id": run, "number": number, "status": status}
            told.append(say(say.family(ROWS, float(total)), **words))
    arriving = told + seed.sample(told, len(told) // 2)
    seed.shuffle(arriving)
    database = Database(tmp_path / f"{uuid.uuid4().hex}.db")
    for each in arriving:
        jobs.take(database, each, now=NOW)
    assert (value(database, ROWS) or 0) == sum(map(sum, runs))
    database.close()


@pytest.mark.parametrize("word", ["nan", "inf"])
def test_one_number_that_is_none_spoils_no_sum(database, say, word):
    jobs.take(database, say(say.family(ROWS, word)), now=NOW)
    jobs.take(database, say(say.family(ROWS, 2.0)), now=NOW)
    assert value(database, ROWS) == 2
