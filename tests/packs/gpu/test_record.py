from vedette.packs.gpu.record import GpuMemory
from vedette.sdk.monitor import Monitor


def exposed(monitor):
    return {line for line in monitor.expose().body.decode().splitlines() if line[:4] == "gpu_"}


def test_a_program_records_what_it_knows_and_nothing_appears_before_or_beside_it():
    monitor = Monitor(isolated=True)
    memory = GpuMemory(monitor=monitor)
    assert exposed(monitor) == set()
    memory.record(percent=45.0)
    assert exposed(monitor) == {'gpu_memory_percent{gpu=""} 45.0'}
    memory.record(percent=50)
    GpuMemory("1", monitor=monitor).record(percent=7, used_bytes=1024)
    assert exposed(monitor) == {
        'gpu_memory_percent{gpu=""} 50.0',
        'gpu_memory_percent{gpu="1"} 7.0',
        'gpu_memory_used_bytes{gpu="1"} 1024.0',
    }


def test_what_is_recorded_by_hand_stays_beside_what_the_driver_tells(fake, scrape):
    scrape.watch(fake.FakeNvml(fake.H200))
    GpuMemory(monitor=scrape.monitor).record(percent=45.0)
    samples = [scrape(), scrape()][-1]
    assert samples["gpu_memory_percent", ""] == 45
    assert samples["gpu_memory_percent", "0"] > 80
