import json

from vedette.planfile.show import resolved


def test_no_secret_is_shown(read):
    plan = read("""
receivers:
  a: [{webhook: http://x/HIDE1}, {slack: http://x/HIDE2}, {email: {to: a@b, password: HIDE3}}]
login: {username: u, password: HIDE4}
remote_write: [{url: "http://user:HIDE5@x/y", bearer_token: HIDE6}]
modules: {api: {targets: 1, run: {command: x, environment: {KEY: HIDE7}}}}
""")
    text = json.dumps(resolved(plan))
    assert "HIDE" not in text
    assert "<secret>" in text
    assert "KEY" in text


def test_the_file_of_a_secret_is_shown(read):
    plan = read("login: {username: u, password_file: pw}")
    assert resolved(plan)["login"]["password"]["file"].endswith("/shop/pw")


def test_defaults_are_filled_in(read):
    shown = resolved(read("modules: {api: {targets: 8000}}\nreceivers: {a: [{email: x@y}]}"))
    assert shown["modules"][0]["targets"] == ["127.0.0.1:8000"]
    assert shown["routing"]["receivers"][0]["notifiers"][0]["email"]["to"] == "x@y"
    assert shown["ports"]["prometheus"] == 9090
    assert shown["packs"] == ["host", "jobs", "stack"]
