"""tools.browser: a browser that really draws."""

import sys
from pathlib import Path

import pytest
from PIL import Image

from tools import browser
from vedette.errors import ProgramMissingError
from vedette.process.run import run

_ORANGE = (255, 136, 0)
_PAGE = """<body style="margin:0;background:#f80;color:#000;font:40px sans-serif">drawn"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch):
    """Put a shell script on PATH as `chromium`."""

    def put(text: str) -> Path:
        file = tmp_path / "bin" / "chromium"
        file.parent.mkdir()
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{file.parent}:/bin:/usr/bin")
        return file

    return put


def test_a_browser_on_path_is_wrapped_with_the_flags_that_tests_need(stand_in, tmp_path):
    file = stand_in('echo "$*" >&2; echo "<p>it runs</p>"')

    launcher = browser.launcher(tmp_path / "hömé folder")

    said = run([launcher, "--extra"], timeout=10)
    assert "--no-sandbox" in said.stderr.split()
    assert said.stderr.split()[-1] == "--extra"
    assert str(file) in launcher.read_text()


def test_a_browser_that_draws_nothing_is_not_taken(stand_in, tmp_path, monkeypatch):
    stand_in("exit 1")
    monkeypatch.setenv("VEDETTE_OFFLINE", "1")
    monkeypatch.setattr(browser, "COMMANDS", ("chromium",))

    with pytest.raises(ProgramMissingError, match="chromium is on PATH and runs"):
        browser.launcher(tmp_path / "home")


@pytest.mark.browser
def test_the_launcher_draws_text_and_colour(repository, tmp_path):
    found = run([sys.executable, "-m", "tools.browser"], timeout=170, cwd=repository)
    assert found.returncode == 0, found.stderr
    page, picture = tmp_path / "page.html", tmp_path / "picture.png"
    page.write_text(_PAGE)

    run(
        [
            found.stdout.strip(),
            "--headless",
            "--window-size=300,100",
            f"--screenshot={picture}",
            page.as_uri(),
        ],
        timeout=60,
    )

    with Image.open(picture) as image:
        colours = {colour: count for count, colour in image.convert("RGB").getcolors(1 << 16) or []}
    assert max(colours, key=lambda colour: colours[colour]) == _ORANGE
    assert colours.get((0, 0, 0), 0) > 100  # letters, so there is a font
