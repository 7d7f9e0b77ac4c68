from vedette.verify import reference
from vedette.verify.ledger import known


def test_the_page_is_what_the_code_says(repository):
    for name, text in reference.pages().items():
        written = (repository / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert written == text, "run: make docs"


def test_every_kind_and_every_key_is_explained():
    page = reference.pages()["ledger.md"]
    for name, kind in known().items():
        section = page.partition(f"## `{name}`\n")[2].partition("\n## ")[0]
        for key, field in kind.promise.model_fields.items():
            assert f"| `{key}` |" in section
            assert field.description, f"{name}.{key}"
