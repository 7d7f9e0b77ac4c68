"""A stack under a real supervisor process: how it starts, fails, ends and is changed."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from vedette.errors import InUseError, ProgramFailedError, UsageError, VedetteError
from vedette.supervisor import control, launch
from vedette.supervisor.clock import Clock


def _events(house):
    lines = house.folder.events.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _until_ready(house):
    return launch.wait_until_ready(lambda: control.call(house.folder.path, "status"))


def test_programs_start_in_order_and_become_ready(house):
    late = house.server("late", after=("early",))
    house.up(late, house.server("early"))
    house.wait("late", "ready")
    told = [(row["event"], row["program"]) for row in _events(house)]
    assert told.index(("ready", "early")) < told.index(("started", "late"))


def test_a_program_waits_for_one_that_is_not_ready_and_says_so(house):
    house.up(house.server("early", 503), house.server("late", after=("early",)))
    row = house.wait("late", "waiting")
    assert row["detail"] == "waits for early"
    assert row["pid"] is None


def test_the_status_tells_what_a_person_wants_to_know(house):
    server = house.server("web", version="3.5.3", source="cache")
    child = house.up(server)
    row = house.wait("web", "ready")
    told = control.call(house.folder.path, "status")
    assert told["pid"] == child.pid
    assert told["state"] == str(house.folder.path)
    assert (row["port"], row["url"]) == (server.port, server.url)
    assert (row["version"], row["source"], row["restarts"]) == ("3.5.3", "cache", 0)
    assert row["memory_bytes"] > 1_000_000
    assert house.lives(row["pid"])


def test_two_at_once_are_refused_and_told_who_has_the_folder(house):
    child = house.up(house.server("web"))
    house.wait("web", "ready")
    with pytest.raises(InUseError) as refused:
        house.folder.acquire(house.home, Clock())
    assert f"process {child.pid}" in refused.value.problem
    assert str(house.home) in refused.value.problem


def test_a_program_that_exits_at_once_is_a_crash_loop_that_quotes_its_log(house):
    code = "import sys; sys.exit('no licence for this model')"
    house.up(house.program("web", code))
    row = house.wait("web", "crashed")
    assert "ended with code 1, 5 times" in row["detail"]
    assert "no licence for this model" in row["detail"]
    with pytest.raises(ProgramFailedError, match="no licence for this model"):
        _until_ready(house)


def test_of_a_long_last_line_the_end_is_quoted_and_the_cut_is_shown(house):
    house.up(house.program("web", "import sys; sys.exit('blah ' * 200 + 'the end')"))
    detail = house.wait("web", "crashed")["detail"]
    quote = detail.rpartition(": ")[2]
    assert quote.startswith("…")
    assert quote.endswith("the end")


def test_a_program_that_hangs_at_its_start_is_given_up_after_its_patience(house):
    hung = house.program("web", "import time; time.sleep(600)", patient_seconds=0.5)
    house.up(replace(hung, ready=f"http://127.0.0.1:{house.free_port()}/"))
    row = house.wait("web", "crashed")
    assert "not ready within 0.5 s: nothing listens at" in row["detail"]
    assert row["pid"] is None


def test_a_program_that_answers_500_is_not_ready_and_is_quoted(house):
    house.up(house.server("web", 500, patient_seconds=0.5))
    row = house.wait("web", "crashed")
    assert row["detail"] == "not ready within 0.5 s: it answered 500: as told"


def test_a_port_taken_during_the_start_is_named_with_its_owner(house):
    port = house.free_port()
    other = house.server("first", port=port)
    house.up(other, house.server("second", port=port, after=("first",)))
    house.wait("first", "ready")
    row = house.eventually(lambda: "taken" in (row := house.status()["second"])["detail"] and row)
    first = house.status()["first"]["pid"]
    assert f"port {port} is taken by process {first}" in row["detail"]


def test_a_program_that_cannot_be_executed_is_told_in_words(house):
    bad = replace(house.program("web", ""), command=("/nowhere/prometheus",))
    house.up(bad)
    row = house.wait("web", "backoff")
    assert row["detail"] == "cannot start /nowhere/prometheus: there is no such program"


def test_a_killed_program_is_started_again(house):
    house.up(house.server("web"))
    before = house.wait("web", "ready")
    os.kill(before["pid"], signal.SIGKILL)
    house.eventually(lambda: house.status()["web"]["pid"] not in {None, before["pid"]})
    after = house.wait("web", "ready")
    assert after["restarts"] == 1
    exits = [row for row in _events(house) if row["event"] == "backoff"]
    assert "it was ended by SIGKILL" in exits[0]["detail"]


def test_what_a_killed_program_left_behind_is_ended_before_it_starts_again(house, tmp_path):
    note = tmp_path / "grandchild"
    house.up(house.server("web", 200, note))
    before = house.wait("web", "ready")
    grandchild = int(note.read_text())
    os.kill(before["pid"], signal.SIGKILL)
    house.eventually(lambda: not house.lives(grandchild))


def test_a_graceful_stop_goes_in_reverse_order(house):
    child = house.up(house.server("early"), house.server("late", after=("early",)))
    house.wait("late", "ready")
    told = control.call(house.folder.path, "stop")
    assert told["stopped"] == ["early", "late"]
    house.eventually(lambda: child.poll() is not None)
    assert child.returncode == 0
    stops = [row["program"] for row in _events(house) if row["event"] == "stopped"]
    assert stops == ["late", "early", ""]
    assert not house.folder.record.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_the_supervisor_stops_everything(house, tmp_path, number):
    note = tmp_path / "grandchild"
    child = house.up(house.server("web", 200, note))
    pid = house.wait("web", "ready")["pid"]
    os.kill(child.pid, number)
    house.eventually(lambda: child.poll() is not None)
    assert child.returncode == 0
    assert not house.lives(pid)
    assert not house.lives(int(note.read_text()))


def test_a_second_interrupt_kills_what_does_not_want_to_stop(house):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    child = house.up(house.program("deaf", deaf, stop_seconds=600.0))
    pid = house.wait("deaf", "ready")["pid"]
    os.kill(child.pid, signal.SIGINT)
    house.eventually(lambda: control.call(house.folder.path, "status")["stopping"])
    assert house.lives(pid)
    os.kill(child.pid, signal.SIGINT)
    house.eventually(lambda: child.poll() is not None)
    assert not house.lives(pid)


def test_a_program_that_ignores_the_stop_is_killed_after_its_time(house):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    house.up(house.program("deaf", deaf, stop_seconds=0.3))
    pid = house.wait("deaf", "ready")["pid"]
    launch.stop(house.folder.path)
    assert not house.lives(pid)


@pytest.mark.parametrize("session", [(), ("of its own",)])
def test_no_orphan_survives_a_killed_supervisor(house, tmp_path, session):
    note = tmp_path / "grandchild"
    child = house.up(house.server("web", 200, note, *session))
    pid = house.wait("web", "ready")["pid"]
    grandchild = int(note.read_text())
    assert house.lives(grandchild)
    os.kill(child.pid, signal.SIGKILL)
    house.eventually(lambda: not house.lives(pid) and not house.lives(grandchild))


def test_orphans_end_also_where_the_leash_was_killed_before(house):
    child = house.up(house.server("web"))
    first = house.wait("web", "ready")["pid"]
    leash = _leash(child.pid)
    os.kill(leash, signal.SIGKILL)
    house.eventually(lambda: not house.lives(leash))
    os.kill(first, signal.SIGKILL)  # its successor is reported to a new leash
    house.eventually(lambda: house.status()["web"]["pid"] not in {None, first})
    second = house.wait("web", "ready")["pid"]
    assert _leash(child.pid) != leash
    os.kill(child.pid, signal.SIGKILL)
    house.eventually(lambda: not house.lives(second))


def _leash(supervisor):
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            words = (entry / "cmdline").read_bytes() if (entry / "cmdline").exists() else b""
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1] if words else ""
            if b"leash.py" in words and parent == str(supervisor):
                return int(entry.name)
    return 0


def test_the_record_of_a_killed_supervisor_does_not_pass_for_a_stack(house):
    child = house.up(house.server("web"))
    house.wait("web", "ready")
    os.kill(child.pid, signal.SIGKILL)
    child.process.wait(timeout=10)
    assert house.folder.record.exists()
    with pytest.raises(control.NotRunningError):
        control.call(house.folder.path, "status")
    house.up(house.server("web"))
    house.wait("web", "ready")


def test_an_attached_stack_ends_when_its_input_closes(house):
    child = house.up(house.server("web"), attached=True)
    pid = house.wait("web", "ready")["pid"]
    child.close_input()
    house.eventually(lambda: child.poll() is not None)
    assert not house.lives(pid)


def test_a_restart_replaces_one_process_and_no_other(house):
    house.up(house.server("one"), house.server("two"))
    one, two = house.wait("one", "ready")["pid"], house.wait("two", "ready")["pid"]
    assert control.call(house.folder.path, "restart", program="one") == {"restarted": ["one"]}
    assert house.wait("one", "ready")["pid"] != one
    assert house.wait("two", "ready")["pid"] == two


def test_a_restart_of_nobody_names_who_there_is(house):
    house.up(house.server("one"))
    house.wait("one", "ready")
    with pytest.raises(VedetteError, match="there are one") as refused:
        control.call(house.folder.path, "restart", program="two")
    assert refused.value.exit_code == UsageError.exit_code


def test_a_reload_touches_only_what_changed(house):
    base = house.server("files", files="old")
    same, moved, gone = house.server("same"), house.server("moved"), house.server("gone")
    told = replace(base, reload=f"{base.url}/reload")
    house.up(told, same, moved, gone)
    _until_ready(house)
    before = {name: row["pid"] for name, row in house.status().items()}
    new = house.spec(
        replace(told, files="new"),
        same,
        replace(moved, environment={"A": "B"}),
        house.server("fresh"),
    )
    changed = control.call(house.folder.path, "reload", spec=new.dumps())
    assert changed == {
        "started": ["fresh"],
        "stopped": ["gone"],
        "restarted": ["moved"],
        "reloaded": ["files"],
        "failed": {},
    }
    _until_ready(house)
    after = {name: row["pid"] for name, row in house.status().items()}
    assert set(after) == {"files", "same", "moved", "fresh"}
    assert (after["files"], after["same"]) == (before["files"], before["same"])
    assert after["moved"] != before["moved"]


def test_a_refused_reload_says_why(house):
    server = house.server("web", 200, files="old")
    refusing = house.server("judge", 500)
    house.up(replace(server, reload=refusing.url), replace(refusing, ready=""))
    _until_ready(house)
    house.eventually(lambda: _answers(refusing.url))
    new = house.spec(replace(server, reload=refusing.url, files="new"), replace(refusing, ready=""))
    changed = control.call(house.folder.path, "reload", spec=new.dumps())
    assert changed["failed"] == {"web": "it answered 500: as told"}


def _answers(url):
    import urllib.error
    import urllib.request

    try:
        urllib.request.urlopen(url, timeout=2).close()
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


def test_the_record_and_the_logs_are_for_their_owner_alone(house):
    house.up(house.server("web"))
    house.wait("web", "ready")
    for file in (house.folder.record, house.folder.log("web"), house.folder.events):
        assert file.stat().st_mode & 0o077 == 0, file
    socket = Path(json.loads(house.folder.record.read_text())["socket"])
    assert socket.parent.stat().st_mode & 0o077 == 0
    assert len(str(socket)) < 100


def test_a_state_folder_deeper_than_a_socket_may_be_works(house):
    house.home = house.home / ("x" * 120) / ("y" * 120)
    house.home.mkdir(parents=True)
    house.folder = type(house.folder)(house.home / ".vedette")
    house.up(house.server("web"))
    house.wait("web", "ready")


def test_an_unknown_command_is_answered_with_those_there_are(house):
    house.up(house.server("web"))
    house.wait("web", "ready")
    with pytest.raises(VedetteError, match="it knows status, stop"):
        control.call(house.folder.path, "dance")


def test_the_supervisor_needs_none_of_the_heavy_parts():
    code = "import vedette.supervisor.__main__, sys; print(' '.join(sys.modules))"
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    heavy = {"pydantic", "rich", "httpx", "fastapi", "psutil", "click", "prometheus_client"}
    assert heavy.isdisjoint(done.stdout.split())


def test_a_log_that_grows_is_rotated_while_its_program_runs(house):
    code = (
        "import sys, time\n"
        "sys.stdout.write('x' * 11_000_000); sys.stdout.flush()\n"
        "while True: time.sleep(0.1); print('still here', flush=True)\n"
    )
    house.up(house.program("web", code))
    pid = house.wait("web", "ready")["pid"]
    log = house.folder.log("web")
    # Copied first, emptied second: in between both are large.
    house.eventually(lambda: log.with_name("web.log.1").exists() and log.stat().st_size < 1_000_000)
    house.eventually(lambda: "still here" in log.read_text())
    assert house.status()["web"]["pid"] == pid


def test_a_frozen_program_still_stops_in_good_time(house):
    house.up(house.program("web", "import time; time.sleep(600)", stop_seconds=600.0))
    pid = house.wait("web", "ready")["pid"]
    os.kill(pid, signal.SIGSTOP)
    launch.stop(house.folder.path)
    assert not house.lives(pid)
