import pytest

from vedette.model.plan import Retention


def test_the_rest_of_the_keys_is_read(read, folder):
    (folder / "bin").mkdir()
    plan = read("""
name: everything
state: /var/lib/shop
scrape_interval: 2s
evaluation_interval: 3s
retention: {time: 30d, size: 10GiB}
external_labels: {site: berlin}
programs: bin
remote_write: [{url: "http://store/api", username: u, password: p}]
login: {username: admin, password_file: pw, tls_certificate: c.pem, tls_key: k.pem}
""")
    assert plan.name == "everything"
    assert str(plan.state) == "/var/lib/shop"
    assert (plan.scrape_interval, plan.evaluation_interval) == ("2s", "3s")
    assert plan.retention == Retention(time="30d", size="10GB")
    assert plan.external_labels == {"site": "berlin"}
    assert plan.program_folders == (folder / "bin",)
    assert plan.remote_write[0].password.reveal() == "p"
    assert plan.login is not None
    assert plan.login.password.file == folder / "pw"
    assert plan.url("prometheus").startswith("https://")


def test_retention_may_be_only_a_time(read):
    assert read("retention: 7d").retention == Retention(time="7d", size="")


@pytest.mark.parametrize(
    "text",
    [
        "retention: 30 days",
        "retention: {size: 10 gigabytes}",
        "login: {username: a}",
        "login: {username: a, password: b, password_file: c}",
        "login: {username: a, password: b, tls_key: c}",
        "remote_write: [{url: nowhere}]",
        "external_labels: {a-b: c}",
        "load_test: {locustfile: gone.py, host: 'http://a'}",
        "name: ''",
        "name: [a]",
        "name: " + "x" * 64,
        "- a",
        "just text",
    ],
)
def test_a_wrong_value_is_one_finding_with_a_place(refuse, text):
    (finding,) = refuse(text)
    assert finding.line == 1
    assert finding.hint


def test_a_folder_of_programs_that_is_missing_is_only_a_warning(read):
    assert read("programs: /not/there").program_folders
