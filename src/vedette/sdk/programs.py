"""What a running program is called: its name is a label, so it is short and one of few."""

import re
from collections.abc import Sequence
from pathlib import PurePath

_INTERPRETER = re.compile(r"(?:python|pypy|node|ruby|perl|java|bash|sh)[\d.]*\Z")
_LONGEST = 40


def called(words: Sequence[str]) -> str:
    """Return what a person calls a program: its file, or the script that it interprets.

    Args:
        words: Its command line; `python -m torch.distributed.run train.py` is called
            `torch.distributed.run`, `/usr/bin/nginx: worker` is called `nginx`.
    """
    if not words or not words[0].strip():
        return "unknown"
    name = _file(words[0].split()[0].rstrip(":"))
    if _INTERPRETER.match(name):
        name = _script(words[1:]) or name
    return name[:_LONGEST]


def _script(words: Sequence[str]) -> str:
    for at, word in enumerate(words):
        if word == "-m":
            return "".join(words[at + 1 : at + 2])
        if word == "-c":
            return ""
        if not word.startswith("-"):
            return _file(word)
    return ""


def _file(word: str) -> str:
    return PurePath(word).name or word
