"""What each kind of card tells, and what it does not."""

import logging

import pynvml
import pytest

GIB = 2**30


def of(samples, name):
    """The samples of one metric: label values to the value."""
    return {key[1:]: value for key, value in samples.items() if key[0] == name}


def names(samples):
    return {key[0] for key in samples}


def test_a_whole_card_tells_all_in_base_units(fake, scrape):
    scrape.watch(fake.FakeNvml(fake.H200))
    samples = scrape()
    told = {name: of(samples, name) for name in names(samples)}
    assert told["gpu_monitor_up"] == {("", "nvidia"): 1}
    assert told["gpu_memory_used_bytes"] == {("0",): 114 * GIB}
    assert told["gpu_memory_total_bytes"] == {("0",): 141 * GIB}
    assert told["gpu_memory_reserved_bytes"] == {("0",): GIB / 2}
    assert told["gpu_memory_percent"]["0",] == pytest.approx(80.85, abs=0.01)
    assert told["gpu_utilization_ratio"] == {("0",): 0.97}
    assert told["gpu_memory_controller_utilization_ratio"] == {("0",): 0.41}
    assert told["gpu_temperature_celsius"] == {("0",): 61}
    assert told["gpu_temperature_slowdown_celsius"] == {("0",): 92}
    assert told["gpu_memory_temperature_celsius"] == {("0",): 70}
    assert told["gpu_energy_joules_total"] == {("0",): 123_456.789}
    assert told["gpu_power_watts"] == {("0",): 512.3}
    assert told["gpu_power_limit_watts"] == {("0",): 700}
    assert (
        told["gpu_clock_hertz"]["sm", "0"] == told["gpu_clock_maximum_hertz"]["sm", "0"] == 1.98e9
    )
    assert told["gpu_clock_event_active"]["0", "power_cap"] == 1
    assert told["gpu_clock_event_active"]["0", "hw_thermal"] == 0
    assert told["gpu_ecc_errors_total"] == {("0", "corrected"): 0, ("0", "uncorrected"): 0}
    assert told["gpu_row_remap_failed"] == told["gpu_lost"] == {("0",): 0}
    assert told["gpu_processes"] == {("0",): 1}
    assert told["gpu_process_memory_bytes"] == {("0", "trainer0"): 100 * GIB}
    assert "gpu_signal_unavailable" not in told
    [(version, gpu, mig, product, uuid)] = told["gpu_info"]
    assert (version, gpu, mig, product, uuid) == ("580.65.06", "0", "", "NVIDIA H200", "GPU-1111")


def test_activity_is_told_from_the_second_look_on_as_a_share(fake, scrape):
    scrape.watch(fake.FakeNvml(fake.H200))
    assert "gpu_sm_active_ratio" not in names(scrape(later=0))
    samples = scrape()
    assert samples["gpu_sm_active_ratio", "0"] == pytest.approx(0.2)
    assert samples["gpu_tensor_active_ratio", "0"] == pytest.approx(0.5)
    assert samples["gpu_dram_active_ratio", "0"] == pytest.approx(1.0)
    assert scrape()["gpu_sm_active_ratio", "0"] == pytest.approx(0.2)


def test_a_card_for_desks_tells_little_and_no_zero_stands_for_the_rest(fake, scrape, caplog):
    library = fake.FakeNvml(fake.GEFORCE)
    with caplog.at_level(logging.INFO, logger="vedette"):
        scrape.watch(library)
        samples = [scrape(), scrape(), scrape()][-1]
    assert names(samples) == {
        "gpu_monitor_up",
        "gpu_info",
        "gpu_lost",
        "gpu_memory_used_bytes",
        "gpu_memory_total_bytes",
        "gpu_memory_percent",
        "gpu_temperature_celsius",  # by the older function
        "gpu_clock_event_active",  # by the older function, too
        "gpu_signal_unavailable",
    }
    missing = {signal: reason for _, reason, signal in of(samples, "gpu_signal_unavailable")}
    assert missing["utilization"] == missing["power"] == missing["xid"] == "not_supported"
    assert sum("does not tell its power:" in line for line in caplog.messages) == 1
    asked = [call[0] for call in library.calls]
    assert asked.count("nvmlDeviceGetPowerUsage") == 1
    assert asked.count("nvmlDeviceGetMemoryInfo") == 4  # at once, and at each scrape


def test_what_a_person_may_not_ask_is_said_to_be_forbidden(fake, scrape):
    card = {**fake.H200, "nvmlDeviceGetPcieReplayCounter": pynvml.NVMLError(4)}
    scrape.watch(fake.FakeNvml(card))
    samples = scrape()
    assert ("gpu_signal_unavailable", "0", "no_permission", "pcie_replays") in samples
    assert "gpu_pcie_replays_total" not in names(samples)


def test_an_error_that_may_pass_is_asked_again(fake, scrape, caplog):
    library = fake.FakeNvml({**fake.H200, "nvmlDeviceGetPowerUsage": pynvml.NVMLError(999)})
    with caplog.at_level(logging.INFO, logger="vedette"):
        scrape.watch(library)
        assert "gpu_power_watts" not in names(scrape())
        scrape()
    assert caplog.text.count("did not tell its power") == 1
    library.cards[0]["nvmlDeviceGetPowerUsage"] = 1000
    assert scrape()["gpu_power_watts", "0"] == 1


def test_a_memory_without_a_sensor_has_no_temperature_instead_of_zero(fake, scrape):
    [field] = fake.H200["nvmlDeviceGetFieldValues"]
    for broken in ({"nvmlReturn": 3}, {"value": type(field.value)(uiVal=0)}):
        answer = type(field)(**{**vars(field), **broken})
        scrape.watch(fake.FakeNvml({**fake.H200, "nvmlDeviceGetFieldValues": [answer]}))
        samples = scrape()
        assert "gpu_memory_temperature_celsius" not in names(samples)
        assert (
            "gpu_signal_unavailable",
            "0",
            "not_supported",
            "memory_temperature",
        ) in samples


def test_a_field_that_fails_once_is_asked_again(fake, scrape):
    [field] = fake.H200["nvmlDeviceGetFieldValues"]
    failing = type(field)(nvmlReturn=999, value=field.value)
    library = fake.FakeNvml({**fake.H200, "nvmlDeviceGetFieldValues": [failing]})
    scrape.watch(library)
    assert "gpu_memory_temperature_celsius" not in names(scrape())
    library.cards[0]["nvmlDeviceGetFieldValues"] = [field]
    assert scrape()["gpu_memory_temperature_celsius", "0"] == 70


def test_under_mig_what_cannot_be_told_is_absent_and_said_to_be(fake, scrape):
    library = fake.FakeNvml(
        fake.A100_MIG,
        instances={
            0: fake.instance("MIG-a", "3g.20gb", 4 * GIB, 20 * GIB),
            3: fake.instance("MIG-b", "1g.5gb", GIB, 5 * GIB),
        },
    )
    scrape.watch(library)
    samples = scrape()
    absent = {
        "gpu_utilization_ratio",
        "gpu_memory_controller_utilization_ratio",
        "gpu_remapped_rows",
        "gpu_process_memory_bytes",
        "gpu_sm_active_ratio",
        "gpu_mig_sm_active_ratio",
    }
    assert not absent & names(samples)
    reasons = {signal: reason for _, reason, signal in of(samples, "gpu_signal_unavailable")}
    assert reasons == dict.fromkeys(
        ("activity", "utilization", "remapped_rows", "processes"), "mig"
    )
    assert of(samples, "gpu_mig_memory_used_bytes") == {
        ("0", "0", "3g.20gb"): 4 * GIB,
        ("0", "3", "1g.5gb"): GIB,
    }
    assert samples["gpu_memory_used_bytes", "0"] == 5 * GIB
    assert [key[2] for key in of(samples, "gpu_info")] == ["enabled"]


def test_instances_that_are_cut_anew_are_followed(fake, scrape):
    library = fake.FakeNvml(
        fake.A100_MIG, instances={0: fake.instance("MIG-a", "7g.40gb", GIB, 40 * GIB)}
    )
    scrape.watch(library)
    assert of(scrape(), "gpu_mig_memory_total_bytes") == {("0", "0", "7g.40gb"): 40 * GIB}
    library.instances = {1: fake.instance("MIG-b", "1g.5gb", GIB, 5 * GIB)}
    assert of(scrape(), "gpu_mig_memory_total_bytes") == {("0", "1", "1g.5gb"): 5 * GIB}


def test_an_instance_of_a_card_that_can_tell_has_its_own_activity(fake, scrape):
    active = {name: answer for name, answer in fake.H200.items() if "Gpm" in name}
    card = {**fake.A100_MIG, **active, "nvmlGpmMigSampleGet": None}
    instances = {0: fake.instance("MIG-a", "3g.20gb", GIB, 20 * GIB)}
    library = fake.FakeNvml(card, instances=instances)
    scrape.watch(library)
    scrape()
    assert of(scrape(), "gpu_mig_sm_active_ratio") == {("0", "0", "3g.20gb"): pytest.approx(0.2)}
    assert ("nvmlGpmMigSampleGet", 3) in [call[:2] for call in library.calls]


def test_an_instance_that_turns_out_not_to_tell_its_activity_tells_its_memory(fake, scrape):
    active = {name: answer for name, answer in fake.H200.items() if "Gpm" in name}
    instances = {0: fake.instance("MIG-a", "3g.20gb", GIB, 20 * GIB)}
    library = fake.FakeNvml({**fake.A100_MIG, **active}, instances=instances)
    scrape.watch(library)
    samples = [scrape(), scrape()][-1]
    assert "gpu_mig_sm_active_ratio" not in names(samples)
    assert "gpu_mig_memory_used_bytes" in names(samples)
    assert [call[0] for call in library.calls].count("nvmlGpmMigSampleGet") == 1


def test_a_card_that_is_made_whole_again_tells_everything_again(fake, scrape):
    library = fake.FakeNvml(fake.A100_MIG)
    scrape.watch(library)
    assert "gpu_utilization_ratio" not in names(scrape())
    library.cards[0] |= {
        "nvmlDeviceGetMigMode": [0, 0],
        "nvmlDeviceGetUtilizationRates": fake.H200["nvmlDeviceGetUtilizationRates"],
    }
    samples = scrape()
    assert samples["gpu_utilization_ratio", "0"] == 0.97
    assert "mig" not in {reason for _, reason, _ in of(samples, "gpu_signal_unavailable")}


def test_a_lost_card_says_so_and_the_others_go_on(fake, scrape):
    library = fake.FakeNvml(fake.H200, fake.GEFORCE)
    scrape.watch(library)
    assert of(scrape(), "gpu_lost") == {("0",): 0, ("1",): 0}
    library.cards[0]["lost"] = True
    samples = scrape()
    assert of(samples, "gpu_lost") == {("0",): 1, ("1",): 0}
    assert of(samples, "gpu_memory_used_bytes") == {("1",): GIB}
    assert len(of(samples, "gpu_info")) == 2
    del library.cards[0]["lost"]
    assert of(scrape(), "gpu_lost") == {("0",): 0, ("1",): 0}


def test_a_card_that_was_lost_before_the_watch_began_is_told_and_found_again(fake, scrape):
    library = fake.FakeNvml(fake.H200, {**fake.GEFORCE, "lost": True})
    scrape.watch(library)
    assert of(scrape(), "gpu_lost") == {("0",): 0, ("1",): 1}
    del library.cards[1]["lost"]
    assert of(scrape(), "gpu_lost") == {("0",): 0, ("1",): 0}


def test_the_ten_programs_that_hold_most_are_named_and_the_others_added_up(fake, scrape):
    running = [fake.process(2**30 + at, (at + 1) * 1000) for at in range(13)]
    running += [fake.process(2**30 + 12, 7), fake.process(2**30 + 99, None)]
    scrape.watch(fake.FakeNvml({**fake.H200, "nvmlDeviceGetComputeRunningProcesses_v3": running}))
    samples = scrape()
    held = of(samples, "gpu_process_memory_bytes")
    assert len(held) == 11
    assert held["0", "trainer12"] == 13_007
    assert held["0", "others"] == 1000 + 2000 + 3000
    assert sum(held.values()) == sum(range(1000, 14_000, 1000)) + 7
    assert samples["gpu_processes", "0"] == 15


def test_a_process_of_this_machine_is_called_by_its_script(fake, scrape, monkeypatch, tmp_path):
    (tmp_path / "77").mkdir()
    (tmp_path / "77" / "cmdline").write_bytes(b"/usr/bin/python3\0-u\0/home/ann/train.py\0--lr\0")
    monkeypatch.setattr("vedette.packs.gpu._processes._PROC", tmp_path)
    card = {**fake.H200, "nvmlDeviceGetComputeRunningProcesses_v3": [fake.process(77, 5)]}
    scrape.watch(fake.FakeNvml(card))
    assert of(scrape(), "gpu_process_memory_bytes") == {("0", "train.py"): 5}


def test_errors_that_the_driver_reports_are_counted_by_number(fake, scrape):
    library = fake.FakeNvml(fake.H200, fake.H200)
    scrape.watch(library)
    assert "gpu_xid_errors_total" not in names(scrape())
    library.cards[1]["nvmlDeviceGetUUID"] = "GPU-other"
    library.events += [(1, 31), (1, 31), (0, 79)]
    assert of(scrape(), "gpu_xid_errors_total") == {("1", "31"): 2, ("0", "79"): 1}
    library.events += [(1, 31)]
    assert of(scrape(), "gpu_xid_errors_total") == {("1", "31"): 3, ("0", "79"): 1}
