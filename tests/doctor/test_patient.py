import pytest

from vedette import planfile
from vedette.doctor.access import access, password
from vedette.doctor.patient import admit
from vedette.errors import InUseError
from vedette.model.plan import Login
from vedette.model.secret import Secret
from vedette.model.version import Version
from vedette.planfile import hosts
from vedette.supervisor import control


@pytest.fixture
def plan(tmp_path):
    """The plan of an empty folder."""
    (tmp_path / "vedette.yaml").touch()
    return planfile.read(tmp_path)


@pytest.fixture
def supervisor(monkeypatch):
    """Let a supervisor answer with these programs."""

    def answer(*programs):
        rows = [
            {"title": "T", "version": "", "detail": "", "port": None, **program}
            for program in programs
        ]
        monkeypatch.setattr(control, "call", lambda *_: {"programs": rows})

    return answer


def test_where_nothing_runs_the_plan_is_what_there_is(plan):
    patient = admit(plan)
    assert patient.running is None
    assert patient.prometheus is None
    assert set(patient.components) == set(plan.components)
    assert patient.now() > 1.7e9
    assert patient.disk(plan.home).total > 0


def test_a_stack_that_runs_is_asked_where_it_really_is(plan, supervisor):
    supervisor(
        {"name": "prometheus", "state": "ready", "port": 19090, "version": "2.53.0"},
        {"name": "console", "state": "crashed", "port": 9321, "detail": "out of memory"},
    )
    patient = admit(plan)
    assert patient.plan.ports["prometheus"] == 19090
    assert patient.plan.versions["prometheus"] == Version(2, 53)
    assert patient.plan.versions["promtool"] == Version(2, 53)
    assert patient.prometheus is not None
    patient.prometheus.close()
    assert patient.is_ready("prometheus")
    assert not patient.is_ready("console")
    assert not patient.is_ready("nothing")


def test_without_a_ready_prometheus_nobody_is_asked(plan, supervisor):
    supervisor({"name": "prometheus", "state": "starting", "port": 19090})
    assert admit(plan).prometheus is None


def test_a_supervisor_that_does_not_answer_is_an_error(plan, monkeypatch):
    def silent(*_):
        problem = "it does not answer"
        raise InUseError(problem, hint="wait")

    monkeypatch.setattr(control, "call", silent)
    with pytest.raises(InUseError):
        admit(plan)


@pytest.mark.parametrize("mark", ["there", "gone"])
def test_a_container_is_recognised_by_its_mark(plan, tmp_path, monkeypatch, mark):
    (tmp_path / "there").touch()
    monkeypatch.setattr(hosts, "_CONTAINER_MARKS", (tmp_path / mark,))
    assert admit(plan).inside_container is (mark == "there")


def test_a_login_is_taken_from_its_file(tmp_path):
    (tmp_path / "pw").write_text("secret\n")
    login = Login(username="ann", password=Secret(file=tmp_path / "pw"))
    assert access(login).password == "secret"  # noqa: S105 - a made-up one
    assert password(Login(username="ann", password=Secret(file=tmp_path / "gone"))) == ""
    assert password(Login(username="ann", password=Secret(text="typed"))) == "typed"
    assert access(None).username == ""
