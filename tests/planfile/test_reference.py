from vedette import settings
from vedette.planfile.reference import pages
from vedette.planfile.schema import PlanFile


def test_every_setting_is_on_its_page():
    page = pages()["settings.md"]
    for row in settings.table():
        assert f"`VEDETTE_{row.name.upper()}`" in page
        assert row.help in page


def test_every_key_is_on_its_page_with_a_meaning():
    page = pages()["plan.md"]
    for key in PlanFile.model_fields:
        assert f"| `{key}` |" in page
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert all(row.split(" | ")[-1].strip(" |") for row in rows)


def test_nested_mappings_have_a_table_of_their_own():
    page = pages()["plan.md"]
    for path in ("modules.NAME", "modules.NAME.run", "receivers.NAME[].email", "routes.rules[]"):
        assert f"## `{path}`" in page
