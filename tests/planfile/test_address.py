import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.errors import UsageError
from vedette.planfile.address import is_address, parse


@pytest.mark.parametrize(
    "text, target, path, scheme",
    [
        ("8000", "127.0.0.1:8000", "/metrics", "http"),
        ("localhost:8000", "localhost:8000", "/metrics", "http"),
        ("api.internal:8000/", "api.internal:8000", "/metrics", "http"),
        ("api:8000/q/metrics", "api:8000", "/q/metrics", "http"),
        ("[::1]:8000", "[::1]:8000", "/metrics", "http"),
        ("http://10.0.0.7:9", "10.0.0.7:9", "/metrics", "http"),
        ("http://api", "api:80", "/metrics", "http"),
        ("https://API.example.org/metrics/", "api.example.org:443", "/metrics/", "https"),
        (" https://[::1]:8443/m ", "[::1]:8443", "/m", "https"),
    ],
)
def test_an_address_is_read_as_people_write_it(text, target, path, scheme):
    address = parse(text)
    assert (address.target, address.path, address.scheme) == (target, path, scheme)
    assert address.url == f"{scheme}://{target}{path}"
    assert is_address(text.strip())


@pytest.mark.parametrize(
    "text, said",
    [
        ("ftp://api:1", "starts with ftp://"),
        ("http://", "names no host"),
        ("http://api:0", "0 is no port"),
        ("http://api:99999", "Port out of range"),
        ("api", "has no port"),
        ("http://api:1/a b", "holds a blank"),
        ("http://api:1/metrics?name=x", "has a query"),
        ("http://[::1", "no address"),
        ("", "names no host"),
    ],
)
def test_what_is_no_address_is_refused_with_what_to_write(text, said):
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert said in caught.value.problem
    assert caught.value.hint


def test_a_login_is_kept_apart_and_never_shown():
    address = parse("https://ann:secret@api/metrics")
    assert address.secret_url.startswith("https://ann:secret@api:443/")
    assert "secret" not in address.url
    with pytest.raises(UsageError) as caught:
        parse("https://ann:secret@api:99999")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("text", ["metrics.txt", "./8000.txt", "-", "a/b", "C:"])
def test_a_file_is_no_address(text):
    assert not is_address(text)


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_a_clear_refusal(text):
    try:
        address = parse(text)
    except UsageError:
        return
    assert parse(address.url).target == address.target
    assert address.path.startswith("/")
