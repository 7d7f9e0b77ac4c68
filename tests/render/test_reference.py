from vedette import packs
from vedette.discover import discover
from vedette.model.pack import Pack
from vedette.render import reference

PACKS = discover(packs, "PACK", Pack)


def test_the_written_pages_are_what_the_packs_say(repository):
    for name, text in reference.pages().items():
        written = (repository / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert written == text, "run: make docs"


def test_every_metric_stands_on_its_page():
    text = reference.metrics(PACKS)
    assert all(f"| `{m.name}` |" in text for pack in PACKS.values() for m in pack.metrics)


def test_every_alert_stands_on_its_page_with_its_limit_filled_in():
    text = reference.alerts(PACKS)
    assert all(f"### {a.name}\n" in text for pack in PACKS.values() for a in pack.alerts)
    assert "@{" not in text
    assert "> 0.05" in text
    assert "| `http_error_ratio` | 5 % |" in text
