import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# Pixels that are painted at all, and those close to the first series' colour.
PIXELS = """canvas => {
    const {width, height} = canvas;
    const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    const near = (at, red, green, blue) => Math.abs(pixels[at] - red) < 20
        && Math.abs(pixels[at + 1] - green) < 20 && Math.abs(pixels[at + 2] - blue) < 20;
    let painted = 0, series = 0;
    for (let at = 0; at < pixels.length; at += 4) {
        painted += pixels[at + 3] > 0;
        series += pixels[at + 3] > 200 && near(at, 0x56, 0xb4, 0xe9);
    }
    return {painted, series};
}"""


def _press(page, keys):
    for key in keys.split():
        page.keyboard.press(key)


def test_the_overview_shows_a_firing_alert_and_that_it_is_over(open_page, world):
    page = open_page()
    verdict = page.locator(".verdict-text")
    expect(verdict).to_have_text("All is well")
    world.firing = True
    _press(page, "r")
    expect(verdict).to_have_text("1 alert firing")
    expect(page.locator(".alert-row")).to_contain_text("The model is slow")
    world.firing = False
    _press(page, "r")
    expect(verdict).to_have_text("All is well")
    expect(page.locator(".alert-row")).to_have_count(0)


def test_the_overview_asks_again_by_itself(open_page, world):
    page = open_page()
    expect(page.locator(".verdict-text")).to_have_text("All is well")
    world.up = False
    expect(page.locator(".verdict-text")).to_have_text("1 target down")
    expect(page.locator(".service")).to_contain_text("connection refused")


def test_models_are_shown_with_their_state(open_page):
    page = open_page()
    rows = page.locator(".models tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("charlm")
    expect(rows.first).to_contain_text("loaded")


def test_a_heatmap_has_a_row_per_bucket_and_a_column_per_moment(open_page):
    page = open_page("#/dashboards/serving", color_scheme="dark")
    panel = page.locator("article[data-kind=heatmap]")
    panel.scroll_into_view_if_needed()
    expect(panel.locator(".heat-rows li")).to_have_text(["more", "\u2264 0.5"])
    canvas = panel.locator("canvas")
    height, width = canvas.evaluate("canvas => [canvas.height, canvas.width]")
    assert height == 2
    assert width > 10
    assert canvas.evaluate(PIXELS)["painted"] == height * width
    canvas.hover(position={"x": 5, "y": 5})
    expect(canvas).to_have_attribute("title", re.compile("\u2264 0.5|more"))


def test_a_dashboard_draws_its_series_on_a_canvas(open_page):
    page = open_page("#/dashboards/serving", color_scheme="dark")
    canvas = page.locator("article[data-kind=timeseries] canvas").first
    expect(canvas).to_be_visible()
    pixels = canvas.evaluate(PIXELS)
    assert pixels["painted"] > 1000
    assert pixels["series"] > 50
    expect(page.locator(".stat-value")).to_have_text(re.compile(r"^[1-7]$"))


def test_a_panel_says_why_it_shows_nothing(open_page):
    page = open_page("#/dashboards/serving")
    expect(page.get_by_label("Nothing")).to_contain_text("No target exposes nobody_total.")
    expect(page.get_by_label("Map")).to_contain_text("panels of type 'geomap' are not drawn")


def test_a_variable_changes_titles_and_series(open_page):
    page = open_page("#/dashboards/serving")
    expect(page.locator("h3").first).to_have_text("Latency of All")
    page.locator(".controls .menu summary").click()
    page.get_by_role("checkbox", name="digits").check()
    expect(page.locator("h3").first).to_have_text("Latency of digits")
    assert "var-model=digits" in page.url
    page.go_back()
    expect(page.locator("h3").first).to_have_text("Latency of All")


def test_dragging_zooms_and_a_double_click_goes_back(open_page):
    page = open_page("#/dashboards/serving")
    over = page.locator("article[data-kind=timeseries] .u-over").first
    box = over.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 50, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 250, box["y"] + 40, steps=5)
    page.mouse.up()
    page.wait_for_url("**from=1*")
    expect(page.get_by_label("Range")).to_have_value("zoomed")
    over.dblclick()
    expect(page.get_by_label("Range")).to_have_value("now-15m")


def test_the_pointer_shows_every_series_value(open_page):
    page = open_page("#/dashboards/serving")
    page.locator("article[data-kind=timeseries] .u-over").first.hover()
    tip = page.locator(".tip").first
    expect(tip).to_be_visible()
    expect(tip.locator("div")).to_have_count(2)
    expect(tip).to_contain_text("charlm")


def test_a_click_in_the_legend_shows_one_series_alone(open_page):
    page = open_page("#/dashboards/serving")
    legend = page.locator(".legend").first
    legend.get_by_role("button", name="charlm").click()
    expect(legend.locator(".legend-off")).to_have_text("digits")
    legend.get_by_role("button", name="charlm").click()
    expect(legend.locator(".legend-off")).to_have_count(0)


def test_every_page_is_reached_with_the_keyboard(open_page):
    page = open_page()
    expect(page.locator(".verdict")).to_be_visible()
    for keys, title in (
        ("g d", "Dashboards"),
        ("g t", "Targets"),
        ("g a", "Alerts"),
        ("g p", "Programs"),
        ("g o", "Overview"),
    ):
        _press(page, keys)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_keyboard_searches_and_asks_for_help(open_page):
    page = open_page("#/alerts")
    expect(page.locator(".rule")).to_have_count(2)
    _press(page, "/")
    page.keyboard.type("watch")
    expect(page.locator(".rule")).to_have_count(1)
    _press(page, "Escape ?")
    expect(page.get_by_role("dialog")).to_contain_text("Dashboards")
    _press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_first_tab_stop_skips_to_the_content(open_page):
    page = open_page()
    expect(page.locator(".verdict")).to_be_visible()
    _press(page, "Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    _press(page, "Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


@pytest.mark.parametrize(
    "scheme,back", [("dark", "rgb(13, 17, 23)"), ("light", "rgb(244, 246, 248)")]
)
def test_colours_follow_the_system(open_page, scheme, back):
    page = open_page(color_scheme=scheme)
    expect(page.locator("body")).to_have_css("background-color", back)


def test_chosen_colours_are_remembered(open_page):
    page = open_page(color_scheme="dark")
    page.get_by_role("button", name="Colours: as the system").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


@pytest.mark.parametrize(
    "place", ["#/", "#/dashboards/serving", "#/targets", "#/alerts", "#/dashboards"]
)
def test_a_phone_needs_no_sideways_scrolling(open_page, place, world):
    world.firing = True
    page = open_page(place, viewport={"width": 360, "height": 740})
    expect(page.locator("main :is(article, .card, .panel)").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_broken_dashboard_is_named_beside_the_others(open_page):
    page = open_page("#/dashboards")
    expect(page.locator(".board")).to_have_count(1)
    expect(page.locator(".broken")).to_contain_text("broken.json:2")


def test_a_runbook_is_shown_without_running_its_html(open_page):
    page = open_page("#/runbooks/SlowModel")
    expect(page.locator(".markdown strong")).to_have_text("it")
    expect(page.locator(".markdown")).to_contain_text("<b>raw</b>")


def test_an_unknown_page_leads_back(open_page):
    page = open_page("#/nothing")
    page.get_by_role("link", name="To the overview").click()
    expect(page.locator(".verdict")).to_be_visible()


def test_without_prometheus_the_page_says_so_and_recovers_by_itself(open_page, world):
    page = open_page()
    expect(page.locator(".verdict-text")).to_have_text("All is well")
    world.stop()
    expect(page.locator(".banner")).to_contain_text("Prometheus does not answer")
    expect(page.locator(".verdict-text")).to_contain_text("Not known since the last answer")
    world.start()
    expect(page.locator(".banner")).to_have_count(0)
    expect(page.locator(".verdict-text")).to_have_text("All is well")


def test_charts_stay_while_prometheus_is_away(open_page, world):
    page = open_page("#/dashboards/serving")
    canvas = page.locator("article[data-kind=timeseries] canvas").first
    expect(canvas).to_be_visible()
    world.stop()
    _press(page, "r")
    expect(page.locator(".banner")).to_contain_text("Prometheus does not answer")
    expect(canvas).to_be_visible()
    world.start()
    expect(page.locator(".banner")).to_have_count(0)
