"""Debian packages: the newest suite whose program runs here, through an apt made of shell."""

from dataclasses import replace
from pathlib import Path

import pytest

from vedette.errors import ProgramMissingError
from vedette.model.program import DebianPackage, Patch, Program
from vedette.model.version import Version
from vedette.supervisor.get import Step, obtain
from vedette.supervisor.get import apt as real_apt

# Answers as apt-get does, from a folder of packages per suite: <suite>/<package>_1_all.deb
_APT = """#!/bin/sh
for word; do case $word in Dir::Etc::SourceList=*) list=${word#*=};; esac; last=$word; done
suite=$(sed -n 's/^Suites: //p' "$list")
pool="$POOL/$suite"
echo "$suite $*" >> "$POOL/asked"
[ -e "$POOL/down" ] && { echo "E: Failed: Could not resolve 'pool'" >&2; exit 100; }
[ -d "$pool" ] || { echo "E: The repository '$suite' is not signed." >&2; exit 100; }
file="${last}_1_all.deb"
case " $* " in
  *" update "*) echo "Codename: name-of-$suite" > ../lists/pool_InRelease ;;
  *)
    [ -f "$pool/$file" ] || { echo "E: Unable to locate package $last" >&2; exit 100; }
    case " $* " in
      *" --print-uris "*) echo "'http://pool/$file' $file $(wc -c < "$pool/$file") SHA256:0" ;;
      *) cp "$pool/$file" . ;;
    esac ;;
esac
"""


@pytest.fixture
def pool(tmp_path: Path, make, monkeypatch) -> Path:
    """A machine with our apt, Debian 12's name and one source; gives the packages' folder."""
    folder = tmp_path / "pool"
    folder.mkdir()
    make.executable(tmp_path / "apt bin/apt-get", _APT.encode())
    monkeypatch.setenv("PATH", f"{tmp_path / 'apt bin'}:/usr/bin:/bin")
    monkeypatch.setenv("POOL", str(folder))
    source = tmp_path / "debian.list"
    source.write_text("deb http://pool bookworm main\n")
    release = {"ID": "debian", "VERSION_CODENAME": "bookworm"}
    monkeypatch.setattr(real_apt, "_source_files", lambda: [source])
    monkeypatch.setattr(real_apt, "_release", lambda: release)
    return folder


@pytest.fixture
def offer(pool, make):
    """Put a package into a suite."""

    def put(suite: str, package: str = "sentry", **files: bytes) -> None:
        folder = pool / suite
        folder.mkdir(exist_ok=True)
        members = {f"usr/bin/{name}": data for name, data in files.items()}
        (folder / f"{package}_1_all.deb").write_bytes(make.deb(members))

    return put


def _program(command: str = "sentry", /, **package: object) -> Program:
    debian = replace(DebianPackage(name="sentry", binary=f"usr/bin/{command}"), **package)  # type: ignore[arg-type]
    return Program(name=command, minimum=Version(1, 0), debian=debian)


def test_the_newest_suite_is_preferred(sources, offer, make):
    offer("testing", sentry=make.script("3.0.0"))
    offer("bookworm", sentry=make.script("1.0.0"))

    found = obtain([_program()], sources)["sentry"]

    assert found.version == Version(3, 0)
    assert found.path.parent.name == "3.0.0-debian-name-of-testing"
    assert found.detail == "sentry_1_all.deb of http://pool name-of-testing"
    assert found.root is None


def test_a_program_that_does_not_run_here_sends_us_to_the_next_suite(sources, offer, make):
    news: list[Step] = []
    offer("testing", sentry=b"\x7fELF for a newer C library")
    offer("stable", sentry=b"#!/bin/sh\necho GLIBC_9.99 not found >&2\nexit 1\n")
    offer("bookworm", sentry=make.script("1.0.0"))

    found = obtain([_program()], sources, news.append)["sentry"]

    assert found.version == Version(1, 0)
    assert any("looking further" in step.text and "GLIBC_9.99" in step.text for step in news)


def test_a_suite_whose_signature_fails_is_passed_over(sources, offer, make):
    offer("bookworm", sentry=make.script("1.0.0"))

    assert obtain([_program()], sources)["sentry"].version == Version(1, 0)


def test_what_is_wrong_with_a_suite_is_said_once_and_not_for_every_program(sources, offer, make):
    news: list[Step] = []
    offer("bookworm", sentry=make.script("1.0.0"), picket=make.script("1.0.0", "picket"))

    obtain([_program("sentry"), _program("picket")], sources, news.append)

    assert sum("'testing' is not signed" in step.text for step in news) == 1


def test_an_asked_for_suite_is_the_only_one_and_has_a_store_of_its_own(sources, offer, make):
    offer("testing", sentry=make.script("3.0.0"))
    offer("bookworm", sentry=make.script("1.0.0"))

    asked = obtain([_program()], replace(sources, suite="bookworm"))["sentry"]
    usual = obtain([_program()], sources)["sentry"]

    assert (asked.version, usual.version) == (Version(1, 0), Version(3, 0))


def test_a_program_that_moved_into_another_package_is_found_there(sources, offer, make):
    offer("bookworm", sentry=make.script("1.0.0"), tool=make.script("1.0.0", "tool"))

    program = _program("tool", name="tool", elsewhere=("sentry",))

    assert obtain([program], sources)["tool"].version == Version(1, 0)


def test_a_patched_program_starts_from_its_folder_and_loses_its_siblings(sources, pool, make):
    shell = (
        b"#!/bin/sh\n[ -x ./usr/bin/sentry ] && cat /usr/share/sentry || cat usr/share//sentry\n"
    )
    members = {
        "usr/bin/sentry": shell.replace(b"cat /usr/share/sentry ||", b"true /usr/share/sentry &&"),
        "usr/bin/other": b"",
        "usr/share/sentry": b"version 1.0.0",
    }
    folder = pool / "bookworm"
    folder.mkdir()
    (folder / "sentry_1_all.deb").write_bytes(make.deb(members))
    patch = Patch(old=b"/usr/share/sentry", new=b"usr/share//sentry")

    found = obtain([_program(patch=patch)], sources)["sentry"]

    assert found.root == found.path.parents[2]
    assert found.path.name == "sentry"
    assert b"true usr/share//sentry" in found.path.read_bytes()
    assert not (found.path.parent / "other").exists()
    assert (found.root / "usr/share/sentry").is_file()


def test_the_lists_are_read_once_for_several_programs(sources, offer, pool, make):
    for suite in ("testing", "bookworm"):
        offer(suite, sentry=make.script("1.0.0"), tool=make.script("1.0.0", "tool"))

    obtain([_program(), _program("tool")], sources)

    asked = (pool / "asked").read_text().splitlines()
    assert sum(line.endswith(" update") for line in asked) == 1


def test_nothing_is_left_of_the_packages(sources, offer, make):
    offer("testing", sentry=make.script("1.0.0"))
    obtain([_program()], sources)
    assert list(sources.cache.glob("apt/*/debs/*")) == []


def test_offline_asks_no_apt(sources, offer, pool, make):
    offer("testing", sentry=make.script("1.0.0"))
    with pytest.raises(ProgramMissingError, match="network is forbidden"):
        obtain([_program()], replace(sources, offline=True))
    assert not (pool / "asked").exists()


@pytest.mark.usefixtures("pool")
def test_every_suite_that_failed_is_told_with_apts_own_words(sources):
    with pytest.raises(ProgramMissingError) as error:
        obtain([_program()], sources)
    for suite in ("testing", "stable", "bookworm"):
        assert f"http://pool {suite}: E: The repository '{suite}' is not signed." in str(
            error.value
        )


def test_an_archive_that_cannot_be_reached_is_asked_once(sources, pool):
    (pool / "down").touch()

    with pytest.raises(ProgramMissingError, match="Could not resolve 'pool'"):
        obtain([_program(), _program("tool")], sources)

    assert len((pool / "asked").read_text().splitlines()) == 1


@pytest.mark.usefixtures("pool")
def test_a_machine_without_apt_says_so(sources, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissingError, match="this machine has no apt"):
        obtain([_program()], sources)
