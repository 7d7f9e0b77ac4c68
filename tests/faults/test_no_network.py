"""A machine that reaches nothing, and has nothing."""

import sys
from pathlib import Path

import pytest

PROGRAMS = ("prometheus", "promtool", "alertmanager", "amtool", "node_exporter")


@pytest.fixture
def lonely(terminal, tmp_path):
    """A terminal without programs, an empty cache, and a network that refuses everything."""
    refusing = "http://127.0.0.1:9"
    terminal.environment = {
        "PATH": str(tmp_path / "nothing"),
        "VEDETTE_CACHE": str(tmp_path / "cache"),
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), refusing),
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), refusing),
        "no_proxy": "",
        "NO_PROXY": "",
    }
    return terminal


@pytest.mark.parametrize("offline", ["0", "1"], ids=["unreachable", "forbidden"])
def test_up_says_what_was_tried_for_each_program_and_what_to_copy_where(lonely, tmp_path, offline):
    lonely.plan("name: lonely\n")
    lonely.environment["VEDETTE_OFFLINE"] = offline
    done = lonely.vedette("up", "--detach")
    assert done.returncode == 3
    assert done.stderr.count("error: ") == 1
    for program in PROGRAMS:
        assert f"  {program}: PATH and folders: " in done.stderr
    # What is the same for all of them may be said once.
    for way in ("cache", "official release", "distribution's package"):
        assert f" {way}: " in done.stderr
    assert f".tar.gz to {tmp_path / 'cache' / 'downloads'}" in done.stderr
    assert "VEDETTE_PROGRAMS" in done.stderr
    assert lonely.vedette("status").returncode == 1


def test_what_needs_no_program_still_works(lonely):
    lonely.plan("name: lonely\n")
    assert lonely.vedette("config", "check").returncode == 0
    assert lonely.vedette("export", "compose", "out").returncode == 0
    assert (lonely.home / "out" / "compose.yaml").is_file()
    assert lonely.vedette("components", "list").returncode == 0


@pytest.mark.stack
def test_with_a_cache_that_was_copied_here_the_stack_starts(lonely, kept_programs, tmp_path):
    lonely.environment["PATH"] = str(Path(sys.executable).parent)
    (tmp_path / "cache").symlink_to(kept_programs)
    lonely.plan("name: lonely\n")
    got = lonely.vedette("components", "get")
    if got.returncode == 3:
        pytest.skip("the programs of this machine are not in the cache")
    done = lonely.vedette("up", "--detach", "--port", "auto")
    assert done.returncode == 0, done.stderr
