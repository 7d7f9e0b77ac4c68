"""Real disks that are read-only, too small, or fill up."""

import json
import time
import urllib.parse
import urllib.request

import pytest

pytestmark = pytest.mark.stack
_PATIENCE = 60.0
_MISSED_SCRAPES = 12.0  # seconds: two of them, and some more


@pytest.fixture
def folder(tmp_path):
    """The state folder, on which a disk is mounted."""
    (tmp_path / "vedette.yaml").write_text("name: full\nstate: state\n")
    result = tmp_path / "state"
    result.mkdir()
    return result


def test_a_state_folder_on_a_read_only_disk_is_refused(mount, folder):
    done = mount(folder, "ro").vedette("up", "--detach", "--port", "auto")
    assert done.returncode == 2
    assert "the file system is read-only" in done.stderr
    assert "--state" in done.stderr


def test_a_disk_that_is_too_small_to_begin_is_refused_and_nothing_runs(mount, folder):
    terminal = mount(folder, "size=32k")
    done = terminal.vedette("up", "--detach", "--port", "auto")
    assert done.returncode == 4
    assert "the disk is full" in done.stderr
    assert "free some space" in done.stderr
    assert terminal.vedette("status").returncode == 1
    assert "config" not in terminal.run("ls", str(folder)).stdout


def test_programs_cannot_be_got_into_a_read_only_cache(mount, tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    terminal = mount(cache, "ro")
    terminal.environment = {"VEDETTE_CACHE": str(cache), "PATH": "/usr/bin:/bin"}
    done = terminal.vedette("components", "get", "prometheus")
    assert done.returncode == 2
    assert f"the cache {cache} cannot be used" in done.stderr
    assert "Read-only file system" in done.stderr


def test_a_disk_that_fills_up_is_told_and_used_again_once_freed(mount, folder):
    terminal = mount(folder, "size=20m")
    done = terminal.vedette("up", "--detach", "--port", "auto", "--format", "json")
    assert done.returncode == 0, done.stderr
    try:
        _fill_and_free(terminal, folder, json.loads(done.stdout)["urls"]["prometheus"])
    finally:
        assert terminal.vedette("down").returncode == 0


def _fill_and_free(terminal, folder, prometheus):
    before = _programs(terminal)
    _until(lambda: _oldest(prometheus), "no samples")
    filler = folder / "filler"
    assert terminal.run("dd", "if=/dev/zero", f"of={filler}", "bs=1k").returncode == 1
    # Its log is on the full disk as well, so only the samples can tell.
    _until(lambda: time.time() - _oldest(prometheus) > _MISSED_SCRAPES, "samples went on")

    (terminal.home / "vedette.yaml").write_text("name: full\nstate: state\nretention: 3d\n")
    refused = terminal.vedette("reload")
    assert refused.returncode == 4
    assert "the disk is full" in refused.stderr

    assert terminal.run("rm", str(filler)).returncode == 0
    freed = time.time()
    _until(lambda: _oldest(prometheus) > freed, "no new samples")
    assert terminal.vedette("reload").returncode == 0
    after = _programs(terminal)
    assert {state for _, state in after.values()} == {"ready"}
    # Prometheus maps files into memory and may be ended by a disk that cannot hold them.
    assert {**after, "prometheus": None} == {**before, "prometheus": None}


def _programs(terminal):
    rows = json.loads(terminal.vedette("status", "--format", "json").stdout)["programs"]
    return {row["name"]: (row["pid"], row["state"]) for row in rows}


def _oldest(prometheus):
    """When the target that was scraped the longest ago was; 0 where nobody can say."""
    query = urllib.parse.urlencode({"query": "min(timestamp(up))"})
    try:
        with urllib.request.urlopen(f"{prometheus}/api/v1/query?{query}", timeout=5) as answer:
            rows = json.load(answer)["data"]["result"]
    except OSError:
        return 0.0
    return float(rows[0]["value"][1]) if rows else 0.0


def _until(ask, message):
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if ask():
            return
        time.sleep(0.2)
    raise AssertionError(message)
