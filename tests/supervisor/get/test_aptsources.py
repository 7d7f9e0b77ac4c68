"""The machine's apt sources: read as apt reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.supervisor.get.aptsources import Archive, archives, deb822, one_line

KEY = """-----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----"""


def test_a_line_of_a_sources_list_is_read_with_its_options():
    text = (
        "# a comment\n"
        "deb-src http://m/debian bookworm main\n"
        "deb [arch=amd64 signed-by=/k.gpg] http://m/debian bookworm main contrib # ours\n"
        "deb http://m/security bookworm-security main\n"
    )

    assert list(one_line(text)) == [
        Archive(
            uri="http://m/debian",
            suites=("bookworm",),
            components=("main",),
            signed_by="/k.gpg",
        ),
        Archive(uri="http://m/security", suites=("bookworm-security",), components=("main",)),
    ]


def test_a_sources_file_is_read_with_its_key_of_several_lines():
    text = (
        "# a comment\n"
        "Types: deb deb-src\nURIs: http://m/ubuntu\nSuites: noble noble-updates\n"
        f"Components: main universe restricted\nSigned-By: {KEY}\n\n"
        "Types: deb\nEnabled: no\nURIs: http://off\nSuites: noble\nComponents: main\n"
    )

    (archive,) = deb822(text)

    assert archive.suites == ("noble", "noble-updates")
    assert archive.components == ("main", "universe")
    assert archive.signed_by == KEY


def test_what_is_read_can_be_written_for_another_suite():
    text = f"Types: deb\nURIs: http://m\nSuites: a\nComponents: main\nSigned-By: {KEY}\n"
    (archive,) = deb822(text)

    (again,) = deb822(archive.stanza("forky"))

    assert again.suites == ("forky",)
    assert (again.uri, again.components, again.signed_by) == ("http://m", ("main",), KEY)


def test_the_distributions_archive_comes_before_another_vendors(tmp_path):
    (tmp_path / "a.list").write_text("deb http://vendor bookworm main\n")
    (tmp_path / "b.sources").write_text(
        "Types: deb\nURIs: http://debian\nSuites: bookworm bookworm-updates\nComponents: main\n\n"
        "Types: deb\nURIs: http://security\nSuites: bookworm-security\nComponents: main\n\n"
        "Types: deb\nURIs: http://docker\nSuites: bookworm\nComponents: stable\n"
    )

    found = archives(sorted(tmp_path.iterdir()), frozenset({"bookworm"}))

    assert [archive.uri for archive in found] == ["http://debian", "http://vendor"]


def test_an_archive_whose_owner_trusts_it_unsigned_stays_so():
    (listed,) = one_line("deb [trusted=yes] file:/srv/debs bookworm main")
    assert "Trusted: yes" in listed.stanza("bookworm")


@pytest.mark.parametrize("parse", [one_line, deb822])
@given(text=st.text(alphabet=st.sampled_from("deb [=]#:\n types uris suites/.-")))
def test_no_text_breaks_the_reading(parse, text):
    list(parse(text))
