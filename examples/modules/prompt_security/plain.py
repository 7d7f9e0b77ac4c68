"""What a text says once its disguises are taken off."""

import base64
import binascii
import re
import unicodedata
from urllib.parse import unquote

# Characters that nobody sees and that tear words apart.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_DIGITS_FOR_LETTERS = str.maketrans("013457@$", "oieastas")


def plain(text: str) -> str:
    """Return a text in its simplest letters: composed, visible, small, with single spaces.

    Args:
        text: As it came.
    """
    seen = INVISIBLE.sub("", unicodedata.normalize("NFKC", unquote(text)))
    bare = "".join(c for c in unicodedata.normalize("NFKD", seen) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def letters(text: str) -> str:
    """Return a plain text with letters for the digits that stand in for them: `1gn0re`."""
    return text.translate(_DIGITS_FOR_LETTERS)


def hidden(text: str) -> list[str]:
    """Return the texts that are hidden in base64.

    Args:
        text: As it came.
    """
    found = []
    for match in _BASE64.finditer(text):
        word = match[0].rstrip("=")
        try:
            decoded = base64.b64decode(word + "=" * (-len(word) % 4), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        found.append(decoded)
    return found
