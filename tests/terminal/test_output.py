import json

import pytest

from vedette.model.finding import Finding
from vedette.terminal import output


def _finding(level="error", **more):
    return Finding(rule="r", level=level, subject="s", message="m [x]", hint="h", **more)


@pytest.mark.parametrize("level, code", [("error", 1), ("warning", 1), ("info", 0)])
def test_errors_and_warnings_change_the_exit_code_and_information_never_does(level, code):
    assert output.exit_code([_finding(level)]) == code


def test_findings_become_one_json_object_with_counts():
    found = output.findings_json([_finding(file="f.yaml", line=3), _finding("info")])
    assert found["summary"] == {"error": 1, "warning": 0, "info": 1}
    assert found["findings"][0]["severity"] == "error"
    assert found["findings"][0]["line"] == 3


def test_a_finding_is_printed_with_its_place_and_its_hint(capsys):
    output.print_findings([_finding(file="f.yaml", line=3, column=7)])
    assert capsys.readouterr().out.splitlines() == ["f.yaml:3:7: error m [x] (r)", "  hint: h"]


def test_json_keeps_letters_of_every_language(capsys):
    output.print_json({"name": "Überwachung"})
    text = capsys.readouterr().out
    assert "Überwachung" in text
    assert json.loads(text) == {"name": "Überwachung"}
