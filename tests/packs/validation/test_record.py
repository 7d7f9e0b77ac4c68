from vedette.packs.validation.record import Check
from vedette.sdk.monitor import Monitor


def test_a_check_is_counted_by_outcome_and_its_last_result_is_shown():
    monitor = Monitor(isolated=True)
    check = Check("length", monitor=monitor)
    assert check.record(True)
    assert not check.record(False)
    text = monitor.expose().body.decode()
    assert 'data_validation_checks_total{check_name="length",status="success"} 1.0' in text
    assert 'data_validation_checks_total{check_name="length",status="failure"} 1.0' in text
    assert 'validation_checks{check_name="length"} 0.0' in text
