"""The real stack, started, looked at, changed and stopped as its user would."""

import contextlib
import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

DEADLINE = 60.0
stack = pytest.mark.stack


class Project:
    """A folder with a vedette.yaml, and the commands that a user types in it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.file = home / "vedette.yaml"
        home.mkdir()
        self.file.write_text("name: trial\n")

    def command(self, *words: str) -> list[str]:
        """Return the whole command line."""
        return [sys.executable, "-m", "vedette", *words]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self.command(*words),
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=170,
            check=False,
        )

    def json(self, *words: str):
        """Run a command that must succeed, and return the JSON that it prints."""
        done = self.run(*words, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def up(self, *words: str):
        """Start the stack on free ports."""
        return self.json("up", "--detach", "--port", "auto", *words)

    def programs(self):
        """Return the status of each program by name."""
        return {row["name"]: row for row in self.json("status")["programs"]}


@pytest.fixture
def project(tmp_path) -> Iterator[Project]:
    """A project whose stack, if there is one, ends with the test."""
    result = Project(tmp_path / "prôject one")
    yield result
    done = result.run("down")
    assert done.returncode == 0, done.stderr
    assert _processes_in(result.home) == []


def _processes_in(home: Path) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes()
                if str(home).encode() in words:
                    found.append(int(entry.name))
    return found


def _eventually(ask, message="it did not happen"):
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            answer = ask()
            if answer:
                return answer
        time.sleep(0.05)
    raise AssertionError(message)


def _get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.loads(answer.read())


@stack
def test_a_stack_comes_up_is_seen_and_goes_down(project):
    told = project.up()
    assert told["name"] == "trial"
    assert set(told["urls"]) == {"prometheus", "alertmanager", "node_exporter", "console"}
    assert [row["state"] for row in told["programs"]] == ["ready"] * 4
    assert all(url.startswith("http://127.0.0.1:") for url in told["urls"].values())
    programs = project.programs()
    assert {row["state"] for row in programs.values()} == {"ready"}
    assert programs["prometheus"]["version"].count(".") == 2
    targets = _eventually(lambda: _all_up(told["urls"]["prometheus"]), "targets are not up")
    jobs = {target["labels"]["job"] for target in targets}
    assert jobs == {*told["urls"], "vedette-handover"}  # what jobs left with the console
    stopped = project.json("down")["stopped"]
    assert sorted(stopped) == sorted(told["urls"])
    assert project.run("status").returncode == 1


def _all_up(prometheus):
    targets = _get(f"{prometheus}/api/v1/targets")["data"]["activeTargets"]
    return targets if all(target["health"] == "up" for target in targets) else None


@stack
def test_a_second_up_is_refused_and_says_who_runs(project):
    project.up()
    done = project.run("up", "--detach", "--port", "auto")
    assert done.returncode == 4
    assert "a stack already runs in" in done.stderr
    assert "vedette status" in done.stderr


@stack
def test_two_ups_at_once_leave_one_stack(project):
    words = project.command("up", "--detach", "--port", "auto", "--format", "json")
    both = [
        subprocess.Popen(
            words, cwd=project.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [each.communicate(timeout=120) for each in both]
    assert sorted(each.returncode for each in both) == [0, 4]
    refusal = next(err for each, (_, err) in zip(both, said, strict=True) if each.returncode == 4)
    assert refusal.startswith("error: a stack already runs in")


@stack
def test_a_taken_port_is_named_with_its_owner_before_anything_starts(project):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ports = {"prometheus": port}
        for name in ("alertmanager", "node_exporter", "console"):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                ports[name] = free.getsockname()[1]
        project.file.write_text(f"name: trial\nports: {json.dumps(ports)}\n")
        done = project.run("up", "--detach")
    assert done.returncode == 4
    assert f"port {port} of Prometheus is taken by process {os.getpid()}" in done.stderr
    assert "--port auto" in done.stderr
    assert not (project.home / ".vedette" / "logs" / "alertmanager.log").exists()


@stack
def test_a_good_change_is_applied_without_a_restart(project):
    told = project.up()
    before = {name: row["pid"] for name, row in project.programs().items()}
    project.file.write_text("name: trial\nscrape_interval: 2s\n")
    changed = project.json("reload")
    assert changed["reloaded"] == ["prometheus"]
    config = _get(told["urls"]["prometheus"] + "/api/v1/status/config")["data"]["yaml"]
    assert "scrape_interval: 2s" in config
    assert {name: row["pid"] for name, row in project.programs().items()} == before
    assert project.run("reload").stdout.strip() == "nothing has changed"


@stack
def test_a_bad_change_leaves_what_runs_and_says_why(project):
    told = project.up()
    rendered = (project.home / ".vedette/config/prometheus/prometheus.yml").read_text()
    project.file.write_text("name: trial\nexternal_labels: {'0 bad': x}\n")
    done = project.run("reload")
    assert done.returncode != 0
    assert "0 bad" in done.stderr
    assert "hint:" in done.stderr
    after = (project.home / ".vedette/config/prometheus/prometheus.yml").read_text()
    assert after == rendered
    assert _all_up(told["urls"]["prometheus"]) is not None
    assert set(project.programs()) == set(told["urls"])


@stack
def test_what_promtool_refuses_is_quoted_and_not_used(project):
    told = project.up()
    tampered = (
        "import vedette.stack.prometheus as p, vedette.render.prometheus as r\n"
        "r.rules = lambda plan: {'rules/bad.yml': 'groups: [{name: a, rules: [{alert: X, "
        'expr: "rate("}]}]\'}\n'
        "from vedette.cli import main; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", tampered, "reload"],
        cwd=project.home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "promtool refuses the rendered files" in done.stderr
    assert "bad.yml" in done.stderr
    assert "config-" not in done.stderr
    assert [path.name for path in (project.home / ".vedette").glob("config-*")] == ["config-1"]
    assert _all_up(told["urls"]["prometheus"]) is not None


@stack
def test_a_stack_can_be_stopped_while_its_plan_file_is_broken(project):
    project.up()
    project.file.write_text("modules: [\n")
    assert project.run("status").returncode == 0
    assert project.run("down").stdout.startswith("stopped ")


@stack
def test_components_are_added_and_left_out_by_option_also_after_a_reload(project):
    told = project.up("--without", "node_exporter", "--without", "console")
    assert set(told["urls"]) == {"prometheus", "alertmanager"}
    project.file.write_text("name: trial\nscrape_interval: 2s\n")
    project.json("reload")
    assert set(project.programs()) == {"prometheus", "alertmanager"}


@stack
def test_a_service_that_does_not_start_is_warned_of_and_the_rest_stays(project):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = "{python} -c 'import sys; sys.exit(\"no model\")'"
    module = {"targets": [f"127.0.0.1:{port}"], "run": {"command": command, "ready": "/"}}
    project.file.write_text(json.dumps({"name": "trial", "modules": {"serving": module}}))
    done = project.run("up", "--detach", "--port", "auto")
    assert done.returncode == 0, done.stderr
    assert "warning: serving: it ended with code 1, 5 times" in done.stderr
    assert "no model" in done.stderr
    status = project.run("status")
    assert status.returncode == 5
    assert "crashed" in status.stdout


@stack
def test_a_program_that_the_stack_needs_and_that_does_not_start_ends_the_start(project):
    data = project.home / ".vedette" / "data" / "prometheus"
    data.mkdir(parents=True)
    (data / "wal").write_text("this should be a folder")
    done = project.run("up", "--detach", "--port", "auto")
    assert done.returncode == 5, done.stderr
    assert done.stderr.startswith("error: Prometheus does not run: it ended with code")
    assert "wal" in done.stderr
    assert "vedette logs prometheus" in done.stderr
    assert project.run("status").returncode == 1


@stack
def test_a_reload_finds_the_plan_from_any_folder_by_the_state_alone(project, tmp_path):
    project.up()
    project.file.write_text("name: trial\nscrape_interval: 2s\n")
    state = str(project.home / ".vedette")
    done = subprocess.run(
        project.command("reload", "--state", state),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "prometheus: reloaded without a restart", done.stderr


@stack
def test_a_second_ctrl_c_does_not_wait_for_what_does_not_want_to_stop(project):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    run = {"command": ["{python}", "-c", deaf]}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    modules = {"deaf": {"targets": [f"127.0.0.1:{port}"], "run": run}}
    project.file.write_text(json.dumps({"name": "trial", "modules": modules}))
    process = subprocess.Popen(
        project.command("up", "--port", "auto"),
        cwd=project.home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _eventually(lambda: project.run("status").returncode == 0)
        process.send_signal(signal.SIGINT)
        _eventually(lambda: json.loads(_status(project))["stopping"])
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert time.monotonic() - begin < 4  # its patience would be 5 s
    finally:
        process.kill()
        process.wait(timeout=20)
    assert project.run("status").returncode == 1


@stack
def test_generated_files_are_for_their_owner_alone(project):
    project.up()
    for file in (project.home / ".vedette").rglob("*"):
        if "data" not in file.parts and file.is_file():
            assert file.stat().st_mode & 0o077 == 0, file


@stack
def test_everybody_needs_the_password_where_there_is_a_login(project):
    login = "login: {username: admin, password: geheim}\n"
    project.file.write_text("name: trial\n" + login)
    told = project.up()
    assert [row["state"] for row in told["programs"]] == ["ready"] * 4
    for name in ("prometheus", "alertmanager", "node_exporter"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            _get(told["urls"][name])
        refused.value.close()
        assert refused.value.code == 401
    assert "geheim" not in json.dumps(told)
    project.file.write_text("name: trial\n" + login.replace("geheim", "anders"))
    project.json("reload")
    prometheus = urllib.request.Request(told["urls"]["prometheus"] + "/api/v1/targets")
    prometheus.add_header("Authorization", "Basic YWRtaW46YW5kZXJz")
    with urllib.request.urlopen(prometheus, timeout=5) as answer:
        assert answer.status == 200


@stack
@pytest.mark.parametrize("program", ["prometheus", "alertmanager", "node_exporter", "console"])
def test_each_program_comes_back_after_sigkill(project, program):
    project.up()
    before = project.programs()
    os.kill(before[program]["pid"], signal.SIGKILL)

    def back():
        told = {row["name"]: row for row in json.loads(_status(project))["programs"]}
        row = told[program]
        return row["state"] == "ready" and row["pid"] != before[program]["pid"] and told

    after = _eventually(back)
    assert after[program]["restarts"] == 1
    assert all(after[name]["pid"] == before[name]["pid"] for name in before if name != program)


def _status(project):
    return project.run("status", "--format", "json").stdout


@stack
def test_a_killed_supervisor_leaves_nothing_and_the_next_up_works_at_once(project):
    project.up()
    pid = project.json("status")["pid"]
    os.kill(pid, signal.SIGKILL)
    again = project.up()
    assert [row["state"] for row in again["programs"]] == ["ready"] * 4
    ours = {row["pid"] for row in again["programs"]}
    _eventually(lambda: set(_processes_in(project.home)) <= ours)


@stack
def test_ctrl_c_in_the_foreground_stops_everything(project):
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        project.command("up", "--port", "auto"),
        cwd=project.home,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(terminal)
    seen = b""
    try:
        deadline = time.monotonic() + DEADLINE
        while b"targets" not in seen and time.monotonic() < deadline:
            if select.select([controller], [], [], 0.1)[0]:
                seen += os.read(controller, 4096)
        text = seen.decode()
        assert "http://127.0.0.1:" in text
        assert "alertmanager" in text
        os.killpg(process.pid, signal.SIGINT)
        _drain(controller, process)
        assert process.returncode == 130
    finally:
        process.kill()
        process.wait(timeout=20)
        os.close(controller)
    assert project.run("status").returncode == 1


def _drain(controller, process):
    """Read what it still prints, lest it waits for us, until it ends."""
    deadline = time.monotonic() + DEADLINE
    while process.poll() is None and time.monotonic() < deadline:
        if select.select([controller], [], [], 0.1)[0]:
            with contextlib.suppress(OSError):
                os.read(controller, 4096)


@stack
def test_a_killed_foreground_takes_its_stack_with_it(project):
    process = subprocess.Popen(
        project.command("up", "--port", "auto"),
        cwd=project.home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _eventually(lambda: project.run("status").returncode == 0)
    finally:
        process.kill()
        process.wait(timeout=20)
    _eventually(lambda: project.run("status").returncode == 1)
    _eventually(lambda: not _processes_in(project.home))


class _Target:
    """Something to scrape that writes down when it served which value."""

    def __init__(self, series: int) -> None:
        self.served: list[tuple[float, int]] = []
        self._series = series
        target = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = target.page()
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.end_headers()
                self.wfile.write(body)
                target.served.append((time.time(), int(body.split()[1])))

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self._count = 0

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def page(self) -> bytes:
        self._count += 1
        rest = "".join(f'load{{n="{n}"}} {n}\n' for n in range(self._series))
        return f"scrape_number {self._count}\n{rest}".encode()


@stack
def test_no_sample_older_than_10_ms_is_lost_when_prometheus_is_killed_under_load(project):
    target = _Target(series=1000)
    threading.Thread(target=target.server.serve_forever, daemon=True).start()
    modules = {"target": {"targets": [target.address], "scrape_interval": "200ms"}}
    plan = {"name": "trial", "without": ["console"], "modules": modules}
    project.file.write_text(json.dumps(plan))
    try:
        url = project.up()["urls"]["prometheus"]
        killed = []
        for round_ in range(1, 3):
            seen = len(target.served)
            _eventually(lambda seen=seen: len(target.served) >= seen + 20)
            pid = project.programs()["prometheus"]["pid"]
            killed.append(time.time())
            os.kill(pid, signal.SIGKILL)
            ready = _eventually(lambda n=round_: _restarted(project, n))
            assert ready
        stored = _stored(url)
    finally:
        target.server.shutdown()
        target.server.server_close()
    served = [
        (at, number)
        for at, number in target.served
        if any(at < moment - 0.010 for moment in killed) and at < killed[-1]
    ]
    near = {number for at, number in served if any(0 <= moment - at <= 0.010 for moment in killed)}
    lost = [number for _, number in served if number not in stored and number not in near]
    assert len(served) >= 40
    assert lost == []


def _restarted(project, times):
    # Its exit code tells that a program is not ready, which is what is waited for here.
    rows = {row["name"]: row for row in json.loads(_status(project))["programs"]}
    row = rows["prometheus"]
    return row if row["state"] == "ready" and row["restarts"] == times else None


def _stored(url):
    answer = _get(f"{url}/api/v1/query?query=scrape_number%5B10m%5D")
    values = answer["data"]["result"][0]["values"]
    return {int(float(value)) for _, value in values}
