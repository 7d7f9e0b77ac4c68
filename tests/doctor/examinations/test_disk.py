import errno

import pytest

from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations.disk import EXAMINATION
from vedette.doctor.patient import Disk

GIB = 1 << 30


def look(patient):
    return list(EXAMINATION.examine(patient))


@pytest.mark.parametrize(
    "total, free, rule",
    [
        (100 * GIB, 50 * GIB, None),
        (100 * GIB, GIB // 2, "disk-nearly-full"),
        (1000 * GIB, 10 * GIB, "disk-nearly-full"),
        (100 * GIB, GIB // 10, "disk-full"),
        (1000 * GIB, 0, "disk-full"),
        (0, 0, "disk-full"),
    ],
)
def test_what_is_left_of_the_disk_is_judged(patient, total, free, rule):
    (result,) = look(patient(disk=lambda _: Disk(total=total, free=free)))
    assert getattr(result, "rule", None) == rule
    assert "left" in result.message


def test_a_state_folder_that_is_not_there_yet_is_judged_by_the_one_above(patient, tmp_path):
    asked = []

    def disk(folder):
        asked.append(folder)
        return Disk(total=GIB * 100, free=GIB * 50)

    (result,) = look(patient(disk=disk))
    assert isinstance(result, Fine)
    assert asked == [tmp_path]


def test_a_disk_that_cannot_be_read_is_told(patient):
    def broken(_):
        raise OSError(errno.EIO, "input/output error")

    (finding,) = look(patient(disk=broken))
    assert finding.rule == "disk-unreadable"
    assert "input/output error" in finding.message
