import pytest

from vedette import planfile
from vedette.errors import UsageError
from vedette.model.component import Component
from vedette.model.program import Installed, Program
from vedette.model.version import Version
from vedette.supervisor import generations, render


def _component(words=("judge", "check")):
    return Component(
        title="Web",
        summary="For tests.",
        programs=(Program(name="judge", minimum=Version(1, 0)),),
        image="",
        port=1,
        arguments=lambda launch: (launch.listen,),
        files=lambda plan: {"web.yml": f"name: {plan.name}\n"},
        checks=lambda launch: ((*words, str(launch.config / "web.yml")),),
    )


@pytest.fixture
def setup(tmp_path):
    """One component and a judge that is a shell script of the test's."""
    (tmp_path / "vedette.yaml").write_text("name: test\nports: {console: 4711}\n")

    def make(script):
        judge = tmp_path / "judge"
        judge.write_text(f"#!/bin/sh\n{script}\n")
        judge.chmod(0o700)
        found = Installed(name="judge", path=judge, version=Version(1, 0), source="path")
        plan = planfile.read(tmp_path / "vedette.yaml")
        plan.state.mkdir(exist_ok=True)
        return render.Setup(
            plan=plan, components={"console": _component()}, programs={"judge": found}
        )

    return make


def _judged(setup):
    staged = generations.stage(setup.plan.state, render.files(setup))
    render.judge(setup, staged)


def test_what_the_judge_accepts_is_accepted_as_it_was_staged(setup, tmp_path):
    _judged(setup(f'[ "$1" = check ] && cp "$2" {tmp_path}/seen'))
    assert (tmp_path / "seen").read_text() == "name: test\n"


def test_a_refusal_is_quoted_under_the_name_that_people_know(setup):
    script = 'echo "Checking $2"; echo "  FAILED: $2: line 1: bad name" >&2; exit 1'
    with pytest.raises(UsageError) as refused:
        _judged(setup(script))
    problem = refused.value.problem
    assert problem.startswith("judge refuses the rendered files:\n")
    assert "/config/console/web.yml: line 1: bad name" in problem
    assert "config-1" not in problem
    assert "Checking" not in problem
    assert "what runs was not changed" in refused.value.hint


def test_of_a_long_refusal_without_a_telling_word_the_end_is_quoted(setup):
    with pytest.raises(UsageError) as refused:
        _judged(setup("seq 1 100; exit 3"))
    assert refused.value.problem.splitlines()[1:] == [f"  {n}" for n in range(89, 101)]


def test_an_address_is_bound_where_the_plan_says(setup):
    made = setup("true")
    assert render.listen(made.plan, "console") == "127.0.0.1:4711"
    launch = render.launch(made, "console", made.plan.state / "config")
    assert launch.config == made.plan.state / "config" / "console"
    assert launch.data == made.plan.state / "data" / "console"
