"""Take the documentation's pictures of the console from a real run of the example.

Usage: TEST_BROWSER=PATH .venv/bin/python tools/pictures.py CONSOLE_URL [FOLDER]
The stack must be running (`make up ARGS=--detach`) and should have a few minutes of data.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
PAGES = {
    "overview": "#/",
    "serving": "#/dashboards/vedette-http",
}


def main(console: str, folder: Path) -> None:
    """Write one picture a page, in the dark scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["TEST_BROWSER"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.emulate_media(color_scheme="dark")
        for name, place in PAGES.items():
            _take(page, f"{console}/{place}", folder / f"{name}.png")
        browser.close()


def _take(page: Page, address: str, path: Path) -> None:
    page.goto(address)
    page.reload()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


if __name__ == "__main__":
    main(
        sys.argv[1].rstrip("/"),
        Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "pictures",  # noqa: PLR2004 - the optional second word
    )
