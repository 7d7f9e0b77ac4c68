"""When the driver is asked, how long a scrape waits, and what is said where nobody answers."""

import logging
import os
import sys
import threading
import time

import pynvml
import pytest

from vedette.packs.gpu import record
from vedette.packs.gpu._nvml import CallError, Driver, UnavailableError, UnsupportedError
from vedette.sdk.monitor import Monitor


def up(samples):
    """The reason that the one gauge gives; empty where the driver answers."""
    [(reason, value)] = [
        (key[1], value) for key, value in samples.items() if key[0] == "gpu_monitor_up"
    ]
    assert value == (not reason)
    return reason


def test_the_real_binding_says_on_a_machine_without_a_driver_that_there_is_none(caplog):
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError_LibraryNotFound:
        pass
    else:
        pytest.skip("this machine has a GPU")
    monitor = Monitor(isolated=True)
    with caplog.at_level(logging.INFO, logger="vedette"):
        record.watch_gpus(monitor=monitor)
        deadline = time.monotonic() + 30
        while "starting" in (text := monitor.expose().body.decode()):
            assert time.monotonic() < deadline
    lines = [line for line in text.splitlines() if line.startswith("gpu_")]
    assert lines == ['gpu_monitor_up{reason="library_not_found",vendor="nvidia"} 0.0']
    assert caplog.messages == ["vedette watches no GPU: library_not_found"]


@pytest.mark.parametrize(
    "code,reason",
    [
        (12, "library_not_found"),
        (9, "driver_not_loaded"),
        (18, "driver_version_mismatch"),
        (4, "no_permission"),
        (999, "error"),
    ],
)
def test_why_there_is_nothing_is_said_in_a_word_and_not_asked_again(fake, scrape, code, reason):
    library = fake.FakeNvml(fake.H200)
    library.init_error = code
    scrape.watch(library)
    assert up(scrape()) == reason
    assert len(scrape(later=3600)) == 1
    assert library.calls == [("nvmlInit",)]


def test_without_the_binding_the_reason_names_it(monkeypatch, scrape):
    monkeypatch.setitem(sys.modules, "pynvml", None)
    scrape.watch(None)
    assert up(scrape()) == "pynvml_not_installed"


def test_a_driver_without_gpus_is_left_alone(fake, scrape):
    library = fake.FakeNvml()
    scrape.watch(library)
    assert up(scrape()) == "no_gpu"
    assert library.calls == [("nvmlInit",), ("nvmlShutdown",)]


def test_scrapes_that_follow_at_once_do_not_ask_again(fake, scrape):
    library = fake.FakeNvml(fake.H200)
    scrape.watch(library)
    for _ in range(5):
        scrape(later=0.1)
    assert [call[0] for call in library.calls].count("nvmlDeviceGetPowerUsage") == 1
    scrape(later=1)
    assert [call[0] for call in library.calls].count("nvmlDeviceGetPowerUsage") == 2


def test_a_scrape_does_not_wait_for_a_driver_that_is_slow(fake, scrape):
    library = fake.FakeNvml(fake.H200)
    library.answering = threading.Event()
    watch = scrape.watch(library, patience=0.01)
    began = time.monotonic()
    assert up(scrape()) == "starting"
    assert time.monotonic() - began < 5
    assert up(scrape(later=31)) == "no_answer"
    library.answering.set()
    watch._thread.join(30)
    samples = scrape(later=0)
    assert up(samples) == ""
    assert ("gpu_memory_used_bytes", "0") in samples


def test_readings_of_before_are_shown_for_half_a_minute_and_no_longer(fake, scrape, monkeypatch):
    library = fake.FakeNvml(fake.H200)
    watch = scrape.watch(library)
    scrape()
    hangs = threading.Event()
    monkeypatch.setattr(watch._session, "read", lambda: hangs.wait(30) and [])
    monkeypatch.setattr(watch, "_patience", 0.01)
    assert ("gpu_memory_used_bytes", "0") in scrape()
    assert ("gpu_memory_used_bytes", "0") in scrape(later=20)
    samples = scrape(later=20)
    assert up(samples) == "no_answer"
    assert len(samples) == 1
    hangs.set()
    watch._thread.join(30)


def test_a_driver_that_is_loaded_anew_is_found_again(fake, scrape, caplog):
    library = fake.FakeNvml(fake.H200)
    scrape.watch(library)
    energy = scrape()["gpu_energy_joules_total", "0"]
    library.cards[0]["nvmlDeviceGetMemoryInfo"] = pynvml.NVMLError(1)
    library.init_error = 9
    with caplog.at_level(logging.INFO, logger="vedette"):
        assert up(scrape()) == "driver_reloaded"
        assert up(scrape()) == "driver_not_loaded"
        scrape(later=30)
        library.init_error = None
        library.cards[0] |= {
            "nvmlDeviceGetMemoryInfo": fake.H200["nvmlDeviceGetMemoryInfo"],
            "nvmlDeviceGetTotalEnergyConsumption": 5000,
        }
        assert up(scrape(later=20)) == "driver_not_loaded"  # it is asked once in a minute
        samples = scrape(later=60)
    assert up(samples) == ""
    assert samples["gpu_energy_joules_total", "0"] == 5 < energy
    assert [call[0] for call in library.calls].count("nvmlInit") == 3
    assert caplog.messages.count("vedette watches no GPU: driver_not_loaded") == 1


def test_a_fault_of_ours_is_logged_and_is_no_fault_of_the_program(fake, scrape, caplog):
    library = fake.FakeNvml({**fake.H200, "nvmlDeviceGetUUID": RuntimeError("unheard of")})
    scrape.watch(library)
    assert up(scrape()) == "error"
    assert "unheard of" in caplog.text


def test_a_card_that_cannot_be_asked_yet_is_tried_again(fake, scrape):
    library = fake.FakeNvml(fake.H200)
    library.cards[0]["nvmlDeviceGetUUID"] = pynvml.NVMLError(999)
    scrape.watch(library)
    assert set(scrape()) == {("gpu_monitor_up", "", "nvidia")}
    library.cards[0]["nvmlDeviceGetUUID"] = "GPU-1111"
    assert ("gpu_memory_used_bytes", "0") in scrape()


def test_a_fork_asks_in_a_session_of_its_own(fake, scrape, monkeypatch):
    library = fake.FakeNvml(fake.H200)
    scrape.watch(library)
    scrape()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert up(scrape(later=0)) == ""
    assert [call[0] for call in library.calls].count("nvmlInit") == 2


def test_a_function_that_an_older_binding_lacks_is_not_supported(fake):
    driver = Driver(fake.FakeNvml(fake.H200))
    with pytest.raises(UnsupportedError, match="not_supported"):
        driver.call("nvmlDeviceGetSomethingNew")


def test_what_an_answer_means_is_told_by_its_code(fake):
    library = fake.FakeNvml({"nvmlDeviceGetName": pynvml.NVMLError(17)})
    driver = Driver(library)
    with pytest.raises(CallError, match="operating system has blocked"):
        driver.call("nvmlDeviceGetName", library.cards[0])
    library.cards[0]["nvmlDeviceGetName"] = pynvml.NVMLError(18)
    with pytest.raises(UnavailableError, match="driver_version_mismatch"):
        driver.call("nvmlDeviceGetName", library.cards[0])
