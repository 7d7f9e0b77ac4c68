import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import DeclarationError, ProgramMissingError
from vedette.model.version import FEATURES, Version, has, need

parts = st.integers(min_value=0, max_value=9999)
versions = st.builds(Version, parts, parts, parts)


@given(versions)
def test_a_version_is_found_again_in_what_it_prints(version):
    assert Version.find(str(version)) == version


@given(versions, st.sampled_from(["prometheus, version {} (branch: HEAD)", "v{}+ds1-1", "{}\n"]))
def test_a_version_is_found_in_what_programs_print(version, sentence):
    assert Version.find(sentence.format(version)) == version


@given(versions, versions)
def test_versions_compare_as_their_numbers_do(one, two):
    numbers = [(v.major, v.minor, v.patch) for v in (one, two)]
    assert (one < two) == (numbers[0] < numbers[1])


def test_ten_is_newer_than_nine():
    assert Version(2, 10) > Version(2, 9)


def test_a_missing_patch_counts_as_zero():
    assert Version.find("2.53") == Version(2, 53, 0)


@pytest.mark.parametrize("text", ["", "no number", "7"])
def test_a_text_without_a_version_has_none(text):
    assert Version.find(text) is None


@pytest.mark.parametrize("row", FEATURES, ids=lambda row: f"{row.program} {row.name}")
def test_a_feature_is_offered_from_its_first_version_to_before_its_last(row):
    assert has(row.program, row.name, row.since)
    assert not has(row.program, row.name, Version(row.since.major - 1, 99))
    if row.until:
        assert not has(row.program, row.name, row.until)


@pytest.mark.parametrize("row", FEATURES, ids=lambda row: f"{row.program} {row.name}")
def test_an_unknown_version_is_taken_for_the_newest(row):
    assert has(row.program, row.name, None) == (row.until is None)


def test_needing_what_a_version_lacks_says_what_to_do_instead():
    with pytest.raises(ProgramMissingError, match=r"0\.25\.0 has no webhook url_file") as caught:
        need("alertmanager", "webhook url_file", Version(0, 25))
    assert caught.value.hint == "write the url itself"


def test_needing_what_a_version_has_is_silent():
    need("alertmanager", "webhook url_file", Version(0, 28))


def test_a_feature_that_the_table_lacks_is_refused():
    with pytest.raises(DeclarationError, match="no 'telepathy' of prometheus"):
        has("prometheus", "telepathy", None)
