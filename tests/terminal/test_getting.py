"""How getting programs looks."""

import io

from rich.console import Console
from rich.progress import Progress

from vedette.supervisor.get import Step
from vedette.terminal import getting


def test_without_a_terminal_every_piece_of_news_is_one_plain_line(capsys):
    with getting.getting() as report:
        for done in range(5):
            report(Step(program="promtool", text="downloading [it]", done=done, total=5))
        report(Step(program="promtool", text="unpacking"))

    said = capsys.readouterr()
    assert said.err.splitlines() == ["promtool: downloading [it]", "promtool: unpacking"]
    assert said.out == ""


def test_on_a_terminal_there_is_one_bar_per_program_with_its_bytes():
    screen = Console(file=io.StringIO(), force_terminal=True, width=100)
    with Progress(console=screen, auto_refresh=False) as bars:
        report = getting._Bars(bars)
        report(Step(program="promtool", text="reading lists"))
        report(Step(program="promtool", text="downloading", done=512, total=2048))
        report(Step(program="amtool", text="unpacking"))

        promtool, amtool = bars.tasks
        assert (promtool.completed, promtool.total) == (512, 2048)
        assert promtool.fields["amount"] == "512 B of 2 KiB, "
        assert amtool.total is None  # swings
