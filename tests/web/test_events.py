import time
import uuid
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# Pixels in the colour of a deployment, below each other in one column of the chart.
TALLEST = """([canvas, colour]) => {
    const {width, height} = canvas;
    const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    let tallest = 0, place = 0;
    for (let x = 0; x < width; x++) {
        let count = 0;
        for (let y = 0; y < height; y++) {
            const at = 4 * (y * width + x);
            const near = (part) => Math.abs(pixels[at + part] - colour[part]) < 24;
            count += pixels[at + 3] > 150 && near(0) && near(1) && near(2);
        }
        if (count > tallest) { tallest = count; place = x / width; }
    }
    return {tallest, place};
}"""
DARK, LIGHT = [0xEF, 0x6A, 0x5B], [0xC5, 0x3A, 0x2B]


@pytest.fixture
def state(tmp_path) -> Path:
    """A state folder, so that the console has a store."""
    folder: Path = tmp_path / ".vedette"
    folder.mkdir()
    return folder


@pytest.fixture
def mark(address):
    """Mark something so many seconds ago."""

    def _mark(text, ago, kind="incident"):
        made = {"id": uuid.uuid4().hex, "kind": kind, "text": text, "at": time.time() - ago}
        told = {"format": 1, "mark": {**made, "module": "shop", "model": ""}}
        answer = httpx.post(f"{address}/api/handover", json=told, trust_env=False)
        assert answer.json() == {"new": True}

    return _mark


@pytest.mark.parametrize("scheme,colour", [("dark", DARK), ("light", LIGHT)], ids=["dark", "light"])
def test_a_mark_is_a_line_at_its_own_time_and_tells_what_happened(open_page, mark, scheme, colour):
    mark("it broke", ago=450)  # in the middle of the 15 minutes that are shown
    page = open_page("#/dashboards/serving", color_scheme=scheme)
    chart = page.locator("article[data-kind=timeseries] .plot").first
    expect(page.get_by_role("img", name="1 event: incident it broke").first).to_be_visible()
    canvas = chart.locator("canvas")
    drawn = canvas.evaluate(f"(canvas) => ({TALLEST})([canvas, {colour}])")
    height = canvas.evaluate("canvas => canvas.height")
    assert drawn["tallest"] > height / 4  # dashed, over the whole height of the chart
    assert 0.4 < drawn["place"] < 0.65
    over = chart.locator(".u-over")
    box = over.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    tip = page.locator(".tip-event").first
    expect(tip).to_contain_text("incident")
    expect(tip).to_contain_text("it broke · shop")
    page.mouse.move(box["x"] + box["width"] / 2 + 40, box["y"] + 30)
    expect(page.locator(".tip-event")).to_have_count(0)
    expect(page.locator(".tip").first).to_contain_text("charlm")


def test_a_mark_that_is_set_while_the_page_is_open_appears(open_page, mark):
    page = open_page("#/dashboards/serving")
    expect(page.locator("article[data-kind=timeseries] canvas").first).to_be_visible()
    mark("v2", ago=300, kind="deployment")
    page.keyboard.press("r")
    expect(page.get_by_role("img", name="1 event: deployment v2").first).to_be_visible()


def test_links_lead_to_other_dashboards_with_the_same_range(open_page):
    page = open_page("#/dashboards/serving?from=now-5m&to=now&panel=2")
    links = page.get_by_role("navigation", name="Links")
    outside = links.get_by_role("link", name="Elsewhere")
    expect(outside).to_have_attribute("href", "https://example.org/wiki")
    expect(outside).to_have_attribute("rel", "noreferrer")
    inside = links.get_by_role("link", name="Itself")
    expect(inside).to_have_attribute("href", "#/dashboards/serving?from=now-5m&to=now")
    expect(links.get_by_text("Script")).to_have_count(0)
    links.locator("summary").click()
    menu = links.locator(".menu-list").get_by_role("link", name="Serving")
    expect(menu).to_have_attribute("href", "#/dashboards/serving?from=now-5m&to=now")
