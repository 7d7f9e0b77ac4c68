"""The real binding, on a library in C that answers as a driver does."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

# The first look is at once, the second is what a scrape a moment later asks for.
_PROGRAM = """
from vedette.packs.gpu.record import watch_gpus
from vedette.packs.gpu.watch import GpuWatch
from vedette.sdk.monitor import Monitor

GpuWatch.SHORTEST = 0.0
monitor = Monitor(isolated=True)
watch_gpus(monitor=monitor)
while "gpu_sm_active_ratio" not in (text := monitor.expose().body.decode()):
    assert 'reason="error"' not in text, text
print(text)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a program exposes that watches the recorded GPU."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("it takes a C compiler on Linux")
    folder = tmp_path_factory.mktemp("driver")
    source = Path(__file__).with_name("nvml.c")
    library = folder / "libnvidia-ml.so.1"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={"LD_LIBRARY_PATH": str(folder), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(done.stdout)
        for sample in family.samples
        if sample.name.startswith("gpu_")
    }


def test_every_type_and_structure_is_read_as_the_driver_writes_it(told):
    expected = {
        ("gpu_monitor_up", "", "nvidia"): 1,
        ("gpu_info", "580.1", "0", "", "Recorded GPU", "GPU-recorded"): 1,
        ("gpu_lost", "0"): 0,
        ("gpu_memory_used_bytes", "0"): 40,
        ("gpu_memory_total_bytes", "0"): 100,
        ("gpu_memory_reserved_bytes", "0"): 5,
        ("gpu_memory_percent", "0"): 40,
        ("gpu_utilization_ratio", "0"): 0.75,
        ("gpu_memory_controller_utilization_ratio", "0"): 0.25,
        ("gpu_temperature_celsius", "0"): 55,
        ("gpu_memory_temperature_celsius", "0"): 66,
        ("gpu_energy_joules_total", "0"): 2**40 / 1000,
        ("gpu_power_watts", "0"): 250.5,
        ("gpu_clock_hertz", "sm", "0"): 1.001e9,
        ("gpu_clock_maximum_hertz", "sm", "0"): 2e9,
        ("gpu_clock_event_active", "0", "sw_thermal"): 1,
        ("gpu_clock_event_active", "0", "power_cap"): 0,
        ("gpu_ecc_errors_total", "0", "corrected"): 7,
        ("gpu_ecc_errors_total", "0", "uncorrected"): 2,
        ("gpu_remapped_rows", "corrected", "0"): 1,
        ("gpu_row_remap_pending", "0"): 1,
        ("gpu_row_remap_failed", "0"): 0,
        ("gpu_pcie_replays_total", "0"): 3,
        ("gpu_processes", "0"): 2,
        ("gpu_process_memory_bytes", "0", "trainer1"): 30,
        ("gpu_xid_errors_total", "0", "79"): 2,
        ("gpu_sm_active_ratio", "0"): 0.2,
        ("gpu_tensor_active_ratio", "0"): 0.5,
    }
    assert {key: told.get(key) for key in expected} == expected


def test_what_the_driver_lacks_is_absent_and_said_to_be(told):
    names = {key[0] for key in told}
    absent = {"gpu_temperature_slowdown_celsius", "gpu_power_limit_watts", "gpu_dram_active_ratio"}
    assert not absent & names
    signals = {key[3] for key in told if key[0] == "gpu_signal_unavailable"}
    assert signals == {"clock_video", "power_limit", "slowdown_temperature"}
