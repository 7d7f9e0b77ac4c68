"""Pins: checksums that a user adds."""

from dataclasses import replace

import pytest

from vedette.errors import UsageError, VedetteError
from vedette.model.program import Program, Release
from vedette.model.version import Version
from vedette.supervisor.get import pins

PROGRAM = Program(
    name="sentry",
    minimum=Version(1, 0),
    release=Release(
        version="1.0.0",
        url="https://example.invalid/v{version}/sentry-{version}.{os}-{arch}.tar.gz",
        member="sentry-{version}.{os}-{arch}/sentry",
        published="nowhere",
    ),
)
AMD, ARM = "a" * 64, "B" * 64
SUMS = f"{AMD}  sentry-2.0.0.linux-amd64.tar.gz\n{ARM} *./sentry-2.0.0.darwin-arm64.tar.gz\n"


@pytest.fixture
def listed(tmp_path):
    file = tmp_path / "sha256sums.txt"
    file.write_text(f"{'c' * 64}  sentry-2.0.0.windows-amd64.zip\n{SUMS}")
    return str(file)


def test_a_pin_makes_its_release_the_one_that_is_downloaded(sources, listed):
    pins.pin(PROGRAM, "2.0.0", sums=listed, sources=sources)

    assert PROGRAM.release
    release = pins.effective(PROGRAM.release, sources.cache)
    assert release.version == "2.0.0"
    assert release.sums == {"linux-amd64": AMD, "darwin-arm64": ARM.lower()}
    assert release.published == listed
    assert pins.member(release, "linux-arm64") == "sentry-2.0.0.linux-arm64/sentry"


def test_without_a_pin_the_known_release_stands(sources):
    assert PROGRAM.release
    assert pins.effective(PROGRAM.release, sources.cache) == PROGRAM.release


def test_programs_of_one_archive_share_a_pin(sources, listed):
    pins.pin(PROGRAM, "2.0.0", sums=listed, sources=sources)

    assert PROGRAM.release
    other = replace(PROGRAM.release, member="sentry-{version}.{os}-{arch}/tool")
    assert pins.effective(other, sources.cache).version == "2.0.0"


def test_a_pin_may_name_another_address(sources, tmp_path):
    file = tmp_path / "sums"
    file.write_text(f"{AMD}  sentry_2.0.0_77_linux_amd64.tar.gz\n")
    url = "https://example.invalid/{version}/sentry_{version}_77_{os}_{arch}.tar.gz"

    release = pins.pin(PROGRAM, "2.0.0", sums=str(file), sources=sources, url=url)

    assert pins.address(release, "linux-amd64").endswith(
        "/2.0.0/sentry_2.0.0_77_linux_amd64.tar.gz"
    )
    assert PROGRAM.release
    assert pins.effective(PROGRAM.release, sources.cache).url == url


def test_the_sums_may_come_from_an_address(sources, shop):
    shop.files["/sha256sums.txt"] = SUMS.encode()

    release = pins.pin(PROGRAM, "2.0.0", sums=f"{shop.address}/sha256sums.txt", sources=sources)

    assert release.sums["linux-amd64"] == AMD


def test_sums_of_another_release_are_refused_by_name(sources, listed):
    with pytest.raises(UsageError, match=r"holds no SHA-256 of sentry-3\.0\.0\.linux-amd64"):
        pins.pin(PROGRAM, "3.0.0", sums=listed, sources=sources)


@pytest.mark.parametrize("version", ["", "latest", "v"])
def test_a_word_that_is_no_version_is_refused(sources, listed, version):
    with pytest.raises(UsageError, match="is not a version"):
        pins.pin(PROGRAM, version, sums=listed, sources=sources)


def test_a_program_without_a_release_cannot_be_pinned(sources, listed):
    with pytest.raises(UsageError, match="no official release"):
        pins.pin(replace(PROGRAM, release=None), "2.0.0", sums=listed, sources=sources)


def test_a_missing_list_is_named(sources, tmp_path):
    with pytest.raises(UsageError, match=r"cannot read .*gone"):
        pins.pin(PROGRAM, "2.0.0", sums=str(tmp_path / "gone"), sources=sources)


def test_a_binary_list_is_refused(sources, tmp_path):
    file = tmp_path / "sums"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot read"):
        pins.pin(PROGRAM, "2.0.0", sums=str(file), sources=sources)


def test_a_list_on_a_server_that_lacks_it_is_an_error_with_a_way_out(sources, shop):
    with pytest.raises(VedetteError, match="404") as error:
        pins.pin(PROGRAM, "2.0.0", sums=f"{shop.address}/gone", sources=sources)
    assert "copy the file" in error.value.hint


def test_offline_no_list_is_fetched(sources, shop):
    shop.files["/sums"] = SUMS.encode()
    with pytest.raises(UsageError, match="network is forbidden"):
        pins.pin(
            PROGRAM,
            "2.0.0",
            sums=f"{shop.address}/sums",
            sources=replace(sources, offline=True),
        )
    assert shop.asked == []


def test_a_damaged_file_of_pins_says_what_to_do(sources):
    sources.cache.mkdir(parents=True)
    (sources.cache / "pins.json").write_text("{")
    assert PROGRAM.release
    with pytest.raises(UsageError, match=r"pins\.json cannot be read"):
        pins.effective(PROGRAM.release, sources.cache)
