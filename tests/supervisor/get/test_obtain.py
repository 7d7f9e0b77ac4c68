"""Obtain: the sources in their order, and one clear error where none helps."""

import subprocess
import sys
from dataclasses import replace

import pytest

from vedette.errors import ProgramMissingError, UsageError
from vedette.model.version import Version
from vedette.supervisor.get import Sources, Step, cache, locate, obtain
from vedette.supervisor.get.obtain import ways


def test_the_sources_are_tried_from_the_nearest_to_the_farthest():
    titles = [each.title for network in (False, True) for each in ways(network=network)]

    assert titles == [
        "PATH and folders",
        "cache",
        "official release",
        "distribution's package",
        "Python package",
    ]


def test_a_program_on_path_is_taken_and_nothing_is_downloaded(shop, sources, released, make):
    binary = make.executable(sources.cache.parent / "no bin" / "sentry", make.script("1.5.0"))

    found = obtain([released()], sources)["sentry"]

    assert (found.path, found.version, found.source) == (binary, Version(1, 5), "path")
    assert shop.asked == []


def test_a_program_that_is_too_old_is_passed_over_and_said_so(sources, released, make):
    make.executable(sources.cache.parent / "no bin" / "sentry", make.script("1.5.0"))
    program = replace(released(minimum="2.0"), release=None)

    with pytest.raises(ProgramMissingError, match=r"sentry is 1\.5\.0, older than 2\.0\.0"):
        obtain([program], sources)


def test_a_release_is_got_once_and_then_comes_from_the_cache(shop, sources, released):
    program = released()

    first, second = (obtain([program], sources)["sentry"] for _ in range(2))

    assert (first.source, second.source) == ("release", "cache")
    assert first.path == second.path
    assert len(shop.asked) == 1
    assert list((sources.cache / "downloads").iterdir()) == []


def test_a_cached_binary_that_has_changed_is_refused_and_got_again(shop, sources, released, make):
    program = released()
    path = obtain([program], sources)["sentry"].path
    make.executable(path, make.script("6.6.6"))

    news: list[Step] = []

    found = obtain([program], sources, news.append)["sentry"]

    assert "refused from the cache" in news[0].text
    assert found.version == Version(1, 2, 3)
    assert found.source == "release"
    assert cache.sha256(found.path) == make.sha256(make.script("1.2.3"))
    assert len(shop.asked) == 2


def test_programs_of_one_archive_download_it_once(shop, sources, released, make):
    program = released()
    assert program.release
    data = make.tar({"sentry-1.2.3/sentry": make.script("1.2.3"), "tool": make.script("1.2.3")})
    shop.files["/1.2.3/sentry.tar.gz"] = data
    release = replace(program.release, sums=dict.fromkeys(program.release.sums, make.sha256(data)))
    both = [
        replace(program, release=release),
        replace(program, name="tool", release=replace(release, member="tool")),
    ]

    assert set(obtain(both, sources)) == {"sentry", "tool"}
    assert len(shop.asked) == 1


def test_every_missing_program_is_told_in_one_error_with_what_to_copy(sources, released, shop):
    programs = [released(name="sentry"), released(name="picket")]
    shop.files.clear()

    with pytest.raises(ProgramMissingError) as error:
        obtain(programs, sources)

    problem, hint = error.value.problem, error.value.hint
    for name in ("sentry", "picket"):
        assert f"{name}: PATH and folders: no {name}" in problem
        assert f"{name}.tar.gz answered 404" in problem
    assert problem.count("cache: nothing there") == 1  # what holds for all is said once
    assert "VEDETTE_PROGRAMS" in hint
    assert str(sources.cache) in hint
    assert error.value.exit_code == 3


def test_offline_tells_which_file_to_copy_where(sources, released):
    program = released()
    assert program.release

    with pytest.raises(ProgramMissingError) as error:
        obtain([program], replace(sources, offline=True))

    address = program.release.url.format(version="1.2.3")
    wanted = sources.cache / "downloads" / "sentry.tar.gz"
    assert f"copy {address} to {wanted}" in error.value.hint


def test_offline_takes_what_the_cache_has(sources, released):
    program = released()
    obtain([program], sources)

    found = obtain([program], replace(sources, offline=True))["sentry"]

    assert found.source == "cache"


def test_a_platform_without_a_pinned_sum_is_refused_with_the_command_that_fills_it(
    sources, released, shop
):
    program = released()
    assert program.release
    bare = replace(program, release=replace(program.release, sums={}))

    with pytest.raises(ProgramMissingError, match="refused: no SHA-256") as error:
        obtain([bare], sources)

    command = "vedette components pin sentry --version 1.2.3 --sums FILE"
    assert command in error.value.hint
    assert shop.asked == []


def test_a_release_that_does_not_run_here_is_not_kept(sources, released, shop, make):
    program = released()
    assert program.release
    data = make.tar({"sentry-1.2.3/sentry": b"\x7fELF of another machine"})
    shop.files["/1.2.3/sentry.tar.gz"] = data
    sums = dict.fromkeys(program.release.sums, make.sha256(data))
    foreign = replace(program, release=replace(program.release, sums=sums))

    with pytest.raises(ProgramMissingError, match="does not run here"):
        obtain([foreign], sources)

    assert cache.entries(sources.store, "sentry") == []


def test_a_whole_archive_is_kept_where_the_binary_needs_it(sources, released, shop, make):
    program = released()
    assert program.release
    data = make.tar({"sentry-1.2.3/bin/sentry": make.script("1.2.3"), "sentry-1.2.3/pages": b"p"})
    shop.files["/1.2.3/sentry.tar.gz"] = data
    release = replace(
        program.release,
        whole=True,
        member="sentry-{version}/bin/sentry",
        sums=dict.fromkeys(program.release.sums, make.sha256(data)),
    )

    found = obtain([replace(program, release=release)], sources)["sentry"]

    assert (found.path.parents[1] / "pages").read_bytes() == b"p"


def test_a_bare_binary_is_kept_as_it_comes(sources, released, shop, make):
    program = released()
    assert program.release
    data = make.script("1.2.3")
    shop.files["/1.2.3/sentry.tar.gz"] = data
    release = replace(
        program.release, member="", sums=dict.fromkeys(program.release.sums, make.sha256(data))
    )

    found = obtain([replace(program, release=release)], sources)["sentry"]

    assert found.version == Version(1, 2, 3)


def test_an_asked_for_suite_looks_neither_at_path_nor_at_releases(sources, released, make, shop):
    make.executable(sources.cache.parent / "no bin" / "sentry", make.script("1.5.0"))

    with pytest.raises(ProgramMissingError):
        obtain([released()], replace(sources, suite="bookworm"))

    assert shop.asked == []


def test_locate_finds_but_never_gets(sources, released, shop):
    program = released()
    assert locate([program], sources) == {}
    obtain([program], sources)
    assert locate([program], sources)["sentry"].version == Version(1, 2, 3)
    assert len(shop.asked) == 1


def test_an_interrupt_stops_the_work_of_every_thread(sources, released):
    def impatient(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        obtain([released(name="a"), released(name="b")], sources, impatient)

    assert cache.known(sources.store) in (["a"], ["a", "b"], ["b"], [])
    assert all(cache.entries(sources.store, name) == [] for name in ("a", "b"))


def test_a_cache_that_cannot_be_written_is_an_error_for_people(tmp_path, released):
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match=r"the cache .* cannot be used: Not a directory"):
        obtain([released()], Sources(cache=tmp_path / "file" / "cache", path=""))


def test_two_processes_that_want_the_same_program_download_it_once(shop, sources, released):
    program = released()
    assert program.release
    code = f"""
from pathlib import Path
from vedette.model.program import Program, Release
from vedette.model.version import Version
from vedette.supervisor.get import Sources, obtain
release = Release(
    version="1.2.3", url={program.release.url!r}, member={program.release.member!r},
    sums={dict(program.release.sums)!r}, published="this test",
)
program = Program(name="sentry", minimum=Version(1, 0), release=release)
sources = Sources(cache=Path({str(sources.cache)!r}), path="")
print(obtain([program], sources)["sentry"].path)
"""
    both = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    paths = {process.communicate(timeout=60)[0].strip() for process in both}

    assert [process.returncode for process in both] == [0, 0]
    assert paths == {str(sources.cache / "programs/sentry/1.2.3-release/sentry-1.2.3/sentry")}
    assert len(shop.asked) == 1
