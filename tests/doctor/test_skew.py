import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.doctor.skew import between, by_date, by_stamps

NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    "date, said",
    [
        ("Tue, 14 Nov 2023 22:13:20 GMT", None),
        ("Tue, 14 Nov 2023 22:13:24 GMT", None),
        ("Tue, 14 Nov 2023 22:23:20 GMT", "10 min ahead of"),
        ("Tue, 14 Nov 2023 21:13:20 GMT", "1 h behind"),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_compared_with_our_clock(date, said):
    finding = by_date("api", date, NOW)
    assert (finding is None) == (said is None)
    if finding and said:
        assert said in finding.message
        assert "NTP" in finding.hint


@given(st.text(max_size=40))
def test_any_date_header_is_taken(date):
    by_date("api", date, NOW)


def test_samples_with_a_wrong_time_of_their_own_are_named():
    assert by_stamps("api", (), NOW) is None
    assert by_stamps("api", (NOW - 30,), NOW) is None
    late = by_stamps("api", (NOW, NOW - 7200), NOW)
    assert late is not None
    assert "2 h ago" in late.message
    early = by_stamps("api", (NOW + 7200,), NOW)
    assert early is not None
    assert "2 h in the future" in early.message


def test_a_difference_below_the_limit_does_not_matter():
    assert between("api", -5.0, limit=5.0) is None
    assert between("api", 5.1, limit=5.0) is not None
