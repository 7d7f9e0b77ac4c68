import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vedette.model.routing import Email, Webhook
from vedette.planfile.starter import Answers, text


@pytest.mark.parametrize("target", ["", "8000", "api.example:80", "[::1]:8000"])
@pytest.mark.parametrize("tell", ["", "a@b.c", "https://x/y?z=${A}"])
def test_what_is_written_is_read_again(read, target, tell):
    plan = read(text(Answers(name="shop", target=target, tell=tell)))
    assert plan.name == "shop"
    assert len(plan.modules) == bool(target)
    notifiers = [way for one in plan.routing.receivers for way in one.notifiers]
    if tell:
        (way,) = notifiers
        assert isinstance(way, Email | Webhook)
        assert tell == (way.to if isinstance(way, Email) else way.url.reveal())
    else:
        assert notifiers == []


def test_it_is_short_and_commented():
    lines = text(Answers(name="shop", target="8000")).splitlines()
    assert len(lines) < 30
    assert lines[0].startswith("#")


def test_its_comments_are_right_once_the_hashes_are_gone(read):
    kept = [line.removeprefix("# ") for line in text(Answers(name="x")).splitlines()[2:]]
    plan = read("\n".join(kept))
    assert plan.modules[0].owner == "your-team"
    assert len(plan.routing.receivers[0].notifiers) == 2
    assert plan.retention.size == "10GB"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=63
    ).filter(str.strip)
)
def test_any_printable_name_survives(read, name):
    assert read(text(Answers(name=name))).name == name
