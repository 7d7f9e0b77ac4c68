from typing import Any

import pytest

from vedette.packs.validation.record import Check, Checks
from vedette.sdk.monitor import Monitor


@pytest.fixture
def monitor():
    return Monitor(isolated=True)


@pytest.fixture
def read(monitor, value):
    """One sample of the monitor."""
    return lambda name, **labels: value(monitor, name, **labels)


def test_a_check_is_counted_by_outcome_and_its_last_result_is_shown(monitor, read):
    check = Check("length", monitor=monitor)
    assert check.record(True)
    assert not check.record(False)
    for status in ("success", "failure"):
        assert read("data_validation_checks_total", check_name="length", status=status) == 1
    assert read("validation_checks", check_name="length") == 0


def test_the_checks_of_a_program_are_told_apart_by_name(monitor, read):
    checks = Checks(monitor=monitor)
    checks.record("length", True)
    checks.record("alphabet", False)
    assert read("validation_checks", check_name="length") == 1
    assert read("validation_checks", check_name="alphabet") == 0
    assert read("data_validation_checks_total", check_name="length", status="failure") == 0


def test_a_check_that_never_ran_has_neither_passed_nor_failed(monitor, read):
    Check("length", monitor=monitor)
    assert read("data_validation_checks_total", check_name="length", status="failure") == 0
    assert read("validation_checks", check_name="length") is None


def test_a_verdict_that_is_none_is_lost_and_never_raises(monitor, read):
    class Undecided:
        def __bool__(self):
            raise ArithmeticError

    undecided: Any = Undecided()
    Checks(monitor=monitor).record("length", undecided)
    assert read("vedette_lost_records_total", metric="data_validation_checks_total") == 2
    assert read("vedette_lost_records_total", metric="validation_checks") == 1
