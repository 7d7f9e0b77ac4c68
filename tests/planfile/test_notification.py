import pytest

from vedette.model.routing import Email, PagerDuty, Slack, Webhook

_ONE = "receivers: {a: [{email: x}]}\n"


def test_receivers_of_each_kind_are_read(read, folder):
    (folder / "key").write_text("k")
    plan = read("""
receivers:
  team:
    - webhook: http://hooks.example/x
    - email: {to: a@b.c, from: v@b.c, smarthost: mail:587, username: u, password: $$ecret}
    - slack: {url: "https://slack.example/x", channel: "#a", send_resolved: false}
  oncall:
    - pagerduty: {routing_key_file: key}
routes:
  default: team
  group_wait: 5s
  rules:
    - {receiver: oncall, match: {severity: page}, continue: true}
""")
    webhook, email, slack = plan.routing.receivers[0].notifiers
    assert isinstance(webhook, Webhook)
    assert webhook.url.reveal() == "http://hooks.example/x"
    assert isinstance(email, Email)
    assert email.password.reveal() == "$ecret"
    assert email.require_tls
    assert isinstance(slack, Slack)
    assert not slack.send_resolved
    (pager,) = plan.routing.receivers[1].notifiers
    assert isinstance(pager, PagerDuty)
    assert pager.routing_key.file == folder / "key"
    (route,) = plan.routing.routes
    assert route.carry_on
    assert route.match == {"severity": "page"}
    assert plan.routing.default == "team"
    assert plan.routing.group_wait == "5s"


def test_the_only_receiver_is_the_default(read):
    plan = read("receivers: {team: [{email: a@b.c}]}")
    assert plan.routing.default == "team"
    (email,) = plan.routing.receivers[0].notifiers
    assert isinstance(email, Email)
    assert not email.require_tls  # the mail server is on this machine


@pytest.mark.parametrize(
    "text, hint",
    [
        ("receivers: {a: [{email: x}], b: [{email: x}]}", "routes: {default: a}"),
        ("receivers: {a: []}", "webhook"),
        ("receivers: {a: [{}]}", "webhook or email"),
        ("receivers: {a: [{email: x, webhook: 'http://a'}]}", "keep one"),
        ("receivers: {a: [{webhook: {url: 'http://a', url_file: b}}]}", "keep one"),
        ("receivers: {team: [{email: x}]}\nroutes: {default: taem}", "did you mean team?"),
        ("receivers: {a: [{email: x}]}\nroutes: {rules: [{receiver: b}]}", "known: a"),
        (
            f"{_ONE}routes: {{rules: [{{receiver: a, match: {{severity: pager}}}}]}}",
            "did you mean page?",
        ),
        (
            f"{_ONE}routes: {{rules: [{{receiver: a, match: {{alertname: Nope}}}}]}}",
            "",
        ),
        ("receivers: {a: [{email: x}]}\nroutes: {group_by: [a-b]}", "letters"),
    ],
)
def test_a_way_that_leads_nowhere_is_refused(refuse, text, hint):
    (finding,) = refuse(text)
    assert hint in finding.hint


def test_a_secret_never_stands_in_a_finding(refuse):
    findings = refuse("""
receivers:
  a: [{webhook: hooks.example/TOPSECRET}, {slack: {url: TOPSECRET}}, {pagerduty: {routing_key: 5}}]
login: {username: a, password: [TOPSECRET]}
remote_write: [{url: TOPSECRET}]
""")
    assert len(findings) >= 4
    assert all("TOPSECRET" not in one.message + one.hint for one in findings)


def test_a_secret_file_that_is_missing_is_only_a_warning(read):
    plan = read("remote_write: [{url: 'http://a/b', bearer_token_file: gone}]")
    (store,) = plan.remote_write
    assert store.bearer_token
