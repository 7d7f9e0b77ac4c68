"""`vedette doctor`: what is wrong, why, and what to do."""

from pathlib import Path

import click

from vedette.terminal.output import (
    exit_code,
    findings_json,
    format_option,
    print_findings,
    print_json,
    print_table,
)
from vedette.terminal.plan import plan_options


@click.command()
@plan_options
@format_option
def command(file: Path | None, state: Path | None, form: str) -> None:
    """Look at every program, port, target, rule and panel; say what is wrong and what to do.

    It works whether the stack runs or not. The exit code is 1 where something is wrong.
    """
    from dataclasses import replace

    from vedette import planfile
    from vedette.doctor.diagnosis import Diagnosis
    from vedette.doctor.examine import examine
    from vedette.doctor.patient import admit

    reading = planfile.examine(file)
    if reading.plan is None:
        diagnosis = Diagnosis(fine=(), findings=())
    else:
        plan = reading.plan
        if state is not None:
            plan = replace(plan, state=state.expanduser().absolute())
        diagnosis = examine(admit(plan, reading.path))
    findings = (*reading.findings, *diagnosis.findings)
    if form == "json":
        fine = [{"subject": one.subject, "message": one.message} for one in diagnosis.fine]
        print_json({**findings_json(findings), "fine": fine})
    else:
        if diagnosis.fine:
            print_table(("fine", ""), [(one.subject, one.message) for one in diagnosis.fine])
        print_findings(findings)
    raise SystemExit(exit_code(findings))
