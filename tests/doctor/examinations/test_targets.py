import threading

import pytest

from vedette.doctor.diagnosis import Fine
from vedette.doctor.examinations.targets import EXAMINATION
from vedette.doctor.patient import Running
from vedette.model.finding import Finding

TEXT = "text/plain; version=0.0.4"
GOOD = (200, TEXT, "a_total 1\nb 2\n")


def look(patient):
    return list(EXAMINATION.examine(patient))


def only(patient):
    """Return the one finding that there must be."""
    (result,) = look(patient)
    assert isinstance(result, Finding)
    return result


def test_a_good_target_is_fine(serve, patient):
    server = serve({"/metrics": GOOD})
    (result,) = look(patient(server.address))
    assert result == Fine(subject=f"m0 at {server.address}", message="2 samples")


def test_each_target_has_its_own_line(serve, patient, closed):
    server = serve({"/metrics": GOOD})
    results = look(patient(server.address, closed))
    assert [type(one) for one in results] == [Fine, Finding]


def test_a_refused_connection_says_so(patient, closed):
    finding = only(patient(closed))
    assert finding.rule == "target-refused"
    assert "start the service" in finding.hint


def test_a_target_that_is_silent_says_how_long_was_waited(serve, patient):
    release = threading.Event()

    def wait(_):
        release.wait(30)
        return GOOD

    server = serve({"/metrics": wait})
    try:
        finding = only(patient(server.address, module={"scrape_interval": "200ms"}))
    finally:
        release.set()
    assert finding.rule == "target-timeout"
    assert "0.2 s" in finding.message


def test_a_wrong_path_is_answered_with_the_right_one(serve, patient):
    server = serve({"/metrics": GOOD})
    finding = only(patient(server.address, module={"path": "/metricz"}))
    assert finding.rule == "target-path"
    assert "404" in finding.message
    assert "path: /metrics" in finding.hint


def test_a_wrong_path_without_a_right_one_says_where_to_write_it(serve, patient):
    finding = only(patient(serve({}).address))
    assert finding.rule == "target-path"
    assert "write `path:`" in finding.hint


@pytest.mark.parametrize(
    "answer, said",
    [
        ((200, "text/html", "<html>hello</html>"), "web page"),
        ((200, "application/json", "{}"), "JSON"),
        ((200, TEXT, "hello world, how are you\n"), "line 1"),
    ],
    ids=["html", "json", "prose"],
)
def test_what_is_not_prometheus_text_is_named(serve, patient, answer, said):
    finding = only(patient(serve({"/metrics": answer}).address))
    assert finding.rule == "target-not-metrics"
    assert said in finding.message


def test_a_page_beside_the_metrics_is_answered_with_their_path(serve, patient):
    server = serve({"/": (200, "text/html", "<html>"), "/actuator/prometheus": GOOD})
    finding = only(patient(server.address, module={"path": "/"}))
    assert "path: /actuator/prometheus" in finding.hint


@pytest.mark.parametrize("status", [401, 403])
def test_a_target_with_a_login_is_named(serve, patient, status):
    finding = only(patient(serve({"/metrics": (status, TEXT, "")}).address))
    assert finding.rule == "target-login"


def test_a_target_that_fails_is_named_with_its_status(serve, patient):
    finding = only(patient(serve({"/metrics": (500, TEXT, "oh")}).address))
    assert finding.rule == "target-status"
    assert "500" in finding.message


def test_http_where_the_target_speaks_https_is_told(serve, patient, tls):
    server = serve({"/metrics": GOOD}, context=tls)
    finding = only(patient(server.address))
    assert finding.rule == "target-scheme"
    assert "scheme: https" in finding.hint


def test_https_where_the_target_speaks_http_is_told(serve, patient):
    server = serve({"/metrics": GOOD})
    finding = only(patient(server.address, module={"scheme": "https"}))
    assert finding.rule == "target-scheme"
    assert "scheme: http" in finding.hint


def test_a_certificate_that_nobody_trusts_is_told(serve, patient, tls):
    server = serve({"/metrics": GOOD}, context=tls)
    finding = only(patient(server.address, module={"scheme": "https"}))
    assert finding.rule == "target-tls"
    assert "self-signed" in finding.message


def test_a_port_that_speaks_something_else_is_told(patient):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(b"SSH-2.0-OpenSSH\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        try:
            finding = only(patient(f"127.0.0.1:{server.getsockname()[1]}"))
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
    assert finding.rule == "target-not-http"
    assert "right port" in finding.hint


def test_our_own_loopback_inside_a_container_is_explained(patient, closed):
    finding = only(patient(closed, inside_container=True))
    assert finding.rule == "target-host"
    assert "host.docker.internal" in finding.hint


def test_the_name_of_the_machine_around_a_container_is_explained_outside(patient):
    finding = only(patient("host.docker.internal:1"))
    assert finding.rule in {"target-host", "target-refused"}  # some machines do know the name
    assert "127.0.0.1" in finding.hint


def test_a_name_that_leads_nowhere_is_told(patient):
    finding = only(patient("nowhere.invalid:80"))
    assert finding.rule == "target-unknown-host"
    assert "nowhere.invalid" in finding.message


def test_a_clock_that_is_wrong_is_told_beside_the_samples(serve, patient):
    server = serve({"/metrics": GOOD}, date="Tue, 14 Nov 2023 23:13:20 GMT")
    finding, fine = look(patient(server.address))
    assert finding.rule == "clock-skew"
    assert "1 h ahead" in finding.message
    assert isinstance(fine, Fine)


def test_a_sample_from_another_time_is_told(serve, patient):
    server = serve({"/metrics": (200, TEXT, "a 1 1600000000000\n")})
    finding, _ = look(patient(server.address))
    assert finding.rule == "clock-samples"


def test_an_answer_without_a_sample_is_a_warning(serve, patient):
    finding = only(patient(serve({"/metrics": (200, TEXT, "# nothing\n")}).address))
    assert (finding.rule, finding.level) == ("target-empty", "warning")


def test_a_pack_of_which_nothing_is_exposed_is_only_mentioned(serve, patient):
    server = serve({"/metrics": GOOD})
    _, finding = look(patient(server.address, module={"packs": ("serving",)}))
    assert (finding.rule, finding.level) == ("target-pack", "info")


def test_what_prometheus_cannot_scrape_is_told_in_its_words(serve, patient, prometheus):
    server = serve({"/metrics": GOOD})
    listed = {
        "labels": {"job": "m0", "instance": server.address},
        "scrapeUrl": "",
        "health": "down",
        "lastError": "body too large",
    }
    finding = only(patient(server.address, prometheus=prometheus(targets=[listed])))
    assert finding.rule == "target-scrape"
    assert "body too large" in finding.message


def test_a_service_that_only_the_stack_starts_is_not_asked_while_it_does_not_run(
    patient, closed, tmp_path
):
    from vedette.model.module import Run

    run = Run(command=("x",), folder=tmp_path)
    assert look(patient(closed, module={"run": run})) == []


def test_a_program_of_ours_with_another_login_needs_a_reload(serve, patient):
    server = serve({"/metrics": (401, TEXT, "")})
    row = Running(state="ready", title="Prometheus")
    plan = {"addresses": {"prometheus": server.address}}
    one = patient(components=("prometheus",), plan=plan, running={"prometheus": row})
    assert "vedette reload" in only(one).hint
