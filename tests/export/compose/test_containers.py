from pathlib import Path

import pytest

from vedette.export.compose.containers import HOST, _outward, _secret
from vedette.model.secret import Secret


@pytest.mark.parametrize(
    "text,expected",
    [
        ("127.0.0.1:8000", f"{HOST}:8000"),
        ("localhost:8000", f"{HOST}:8000"),
        ("http://localhost/alerts", f"http://{HOST}/alerts"),
        ("http://me:pw@127.0.0.1:80/", f"http://me:pw@{HOST}:80/"),
        ("[::1]:8000", f"{HOST}:8000"),
        ("0.0.0.0:8000", f"{HOST}:8000"),
        ("localhost.example:1", "localhost.example:1"),
        ("my-localhost:1", "my-localhost:1"),
        ("10.127.0.0.1:1", "10.127.0.0.1:1"),
        ("far.example:8000", "far.example:8000"),
    ],
)
def test_only_the_machines_own_address_is_written_anew(text, expected):
    assert _outward(text) == expected


def test_one_file_used_twice_is_one_secret():
    known: dict[str, Path] = {}
    first = _secret(Secret(file=Path("/a")), known)
    again = _secret(Secret(file=Path("/a")), known)
    other = _secret(Secret(file=Path("/b")), known)
    assert first == again != other
    assert known == {"secret-1": Path("/a"), "secret-2": Path("/b")}
