"""psutil and /proc tell the same; what neither can tell is absent."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from vedette.packs.process import _source
from vedette.packs.process._look import _places, _whole
from vedette.packs.process._proc import Proc
from vedette.packs.process._psutil import Psutil
from vedette.packs.process._source import Mount

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")


@pytest.fixture
def both():
    return Proc(), Psutil(psutil)


@pytest.fixture
def child():
    """A process below this one, with one of its own."""
    code = (
        "import subprocess, sys\n"
        "below = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=sys.stdin)\n"
        "print(below.pid, flush=True)\n"
        "below.wait()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield process.pid, int(process.stdout.readline())
    process.communicate("\n")


def test_both_see_the_children_and_theirs(both, child):
    for source in both:
        seen = {each.pid: each for each in source.children()}
        assert set(child) <= seen.keys()
        assert seen[child[0]].words[0] == sys.executable
        assert seen[child[0]].memory > 2**20
        assert seen[child[0]].cpu_seconds >= 0
        assert os.getpid() not in seen


def test_both_tell_the_same_of_the_process(both):
    ours, theirs = both
    assert ours.threads() == theirs.threads()
    assert ours.open_files() == pytest.approx(theirs.open_files(), abs=2)
    assert ours.disk() == pytest.approx(theirs.disk(), abs=2**20)


def test_both_tell_the_same_of_the_machine(both):
    ours, theirs = both
    assert ours.memory()[0] == theirs.memory()[0]
    assert ours.memory()[1] == pytest.approx(theirs.memory()[1], rel=0.2)
    for one, other in zip(ours.processor(), theirs.processor(), strict=True):
        assert one == pytest.approx(other, rel=0.05)
    assert set(_whole(ours.disks())) == set(_whole(theirs.disks()))
    assert set(ours.networks()) == set(theirs.networks())
    assert {each.place for each in theirs.mounts()} <= {each.place for each in ours.mounts()}


def test_linux_tells_where_psutil_is_not_installed(monkeypatch):
    assert isinstance(_source.source(), Psutil)
    monkeypatch.setitem(sys.modules, "psutil", None)
    assert isinstance(_source.source(), Proc)
    monkeypatch.setattr(_source, "_PROC", Path("/nowhere"))
    assert _source.source() is None


def test_recorded_files_of_linux_are_read(tmp_path):
    (tmp_path / "stat").write_text("cpu  100 0 50 800 50 0 0 0 0 0\ncpu0 1\n")
    (tmp_path / "diskstats").write_text(
        " 8 0 sda 10 0 2000 5 20 0 4000 6 0 7 8\n 8 1 sda1 1 0 20 5 20 0 40 6 0 7 8\n"
    )
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "dev").write_text(
        "Inter-| Receive\n face |bytes\n  eth0: 700 1 2 3 4 5 6 7 900 1\n"
    )
    (tmp_path / "self").mkdir()
    (tmp_path / "self" / "mounts").write_text(
        "/dev/sda1 /my\\040data ext4 rw,noatime 0 0\nproc /proc proc rw 0 0\n"
    )
    source = Proc(tmp_path)
    tick = os.sysconf("SC_CLK_TCK")
    assert source.processor() == (150 / tick, 1000 / tick)
    assert source.disks()["sda"] == (2000 * 512, 4000 * 512)
    assert source.networks() == {"eth0": (700, 900)}
    assert [(each.place, each.kind) for each in source.mounts()] == [("/my data", "ext4")]


def test_a_child_that_ends_while_it_is_looked_at_is_left_out(tmp_path):
    for pid, name in ((7, "a (b) c"), (8, "gone")):
        (tmp_path / str(pid)).mkdir()
        words = f"S {os.getpid()} 0 0 0 0 0 0 0 0 0 50 25 0 0 0 0 0 0 0 0 10 0"
        if name != "gone":
            (tmp_path / str(pid) / "stat").write_text(f"{pid} ({name}) {words}\n")
    [child] = Proc(tmp_path).children()
    assert (child.pid, child.words) == (7, ())
    assert child.cpu_seconds == 75 / os.sysconf("SC_CLK_TCK")

    def vanished():
        raise psutil.NoSuchProcess(9)

    gone = SimpleNamespace(oneshot=vanished)
    fake = SimpleNamespace(
        Error=psutil.Error,
        Process=lambda: SimpleNamespace(children=lambda **_: [gone]),
    )
    assert list(Psutil(fake).children()) == []  # type: ignore[arg-type]  # stands for the module


def test_a_part_of_a_disk_does_not_count_twice():
    names = ["sda", "sda1", "sda12", "nvme0n1", "nvme0n1p2", "loop3", "dm-0", "sdb", "vda1"]
    assert _whole(names) == ["sda", "nvme0n1", "sdb", "vda1"]


def test_a_device_is_told_once_and_what_cannot_be_written_never(tmp_path):
    (tmp_path / "data" / "below").mkdir(parents=True)
    (tmp_path / "hosts").write_text("")

    def mount(device, place, kind="ext4", options="rw"):
        return Mount(device=device, place=str(place), kind=kind, options=options)

    places = _places(
        [
            mount("/dev/sda1", tmp_path / "data" / "below"),
            mount("/dev/sda1", tmp_path / "data"),
            mount("/dev/sda2", tmp_path / "hosts"),
            mount("/dev/loop1", tmp_path, kind="squashfs", options="ro"),
            mount("/dev/sdc", tmp_path, options="ro,noatime"),
        ]
    )
    assert places == ["/", str(tmp_path / "data")]
