"""The desk page in a real browser: filter, search, expand, both schemes, a phone, paper, no JavaScript."""

import base64
import json

import pytest

import office
from county_desk import browser, sample
from nianbao.county.model import Status
from rows import some

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

VISIBLE = """return Array.from(document.querySelectorAll('tbody.body')).filter(b => b.offsetHeight).map(b => b.id)"""


DRAWN = """
const inside = (text, svg) => text.getBBox().x >= -1 && text.getBBox().x + text.getBBox().width <= svg.clientWidth + 1;
return [...document.querySelectorAll('figure svg')].map(svg => [
  svg.getBoundingClientRect().width,
  svg.querySelectorAll('rect, circle').length,
  [...svg.querySelectorAll('text')].every(text => inside(text, svg)),
])"""
AXE = """
const told = (v) => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)];
return axe.run(document, {preload: false}).then(r => r.violations.map(told))"""
OPEN = """
document.getElementById('expand').click();
document.querySelectorAll('details').forEach(d => d.open = true)"""


@pytest.fixture(scope="module")
def driver():
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("desk 汇总") / "index.html"
    path.write_text(sample.page(sample.county()), encoding="utf-8")
    return path


@pytest.fixture
def shown(driver, page):
    browser.show(driver, page)
    return driver


def run(driver, script, *arguments):
    return driver.execute_script(script, *arguments)


def choose(driver, identity, value):
    script = (
        "const c = document.getElementById(arguments[0]); c.value = arguments[1]; c.dispatchEvent(new Event('input'))"
    )
    run(driver, script, identity, value)


def keys(driver, *pressed):
    from selenium.webdriver import ActionChains  # noqa: PLC0415

    ActionChains(driver).send_keys(*pressed).perform()


def test_the_filter_leaves_the_bodies_of_one_status(shown):
    choose(shown, "by-status", "wrong")
    assert run(shown, VISIBLE) == [b.id for b in sample.county().bodies if b.status is Status.WRONG]
    assert run(shown, "return document.getElementById('shown').textContent") == "符合 6 个，共 58 个单位"


def test_status_and_level_filter_together_and_can_be_cleared(shown):
    choose(shown, "by-status", "missing")
    choose(shown, "by-level", "乡镇")
    assert len(run(shown, VISIBLE)) == 1
    run(shown, "document.querySelector('form.filters [type=reset]').click()")
    assert len(run(shown, VISIBLE)) == 58


def test_search_finds_by_typing_short_full_and_former_names(shown):
    seek = run(shown, "const s = document.getElementById('seek'); s.focus(); return s")
    for typed, found in (("大坪", 1), ("旧坪乡", 1), ("示例县教育局", 1), ("县 局", 30), ("没有的", 0)):
        seek.clear()
        seek.send_keys(typed)
        assert len(run(shown, VISIBLE)) == found
    assert run(shown, "return document.getElementById('none').offsetHeight") > 0


def test_a_count_in_the_head_filters_and_jumps_to_the_bodies(shown):
    run(shown, "document.querySelector('.tally a[data-status=missing]').click()")
    assert len(run(shown, VISIBLE)) == 4
    assert run(shown, "return location.hash") == "#bodies"


def test_a_body_opens_and_closes_by_keyboard(shown):
    toggle = "document.querySelector('tbody[data-status=wrong] .toggle')"
    more = "return document.querySelector('tbody[data-status=wrong] .more').offsetHeight"
    assert run(shown, f"return {toggle}.getAttribute('aria-expanded')") == "false"
    run(shown, f"{toggle}.focus()")
    keys(shown, "\ue007")
    assert run(shown, more) > 0
    assert run(shown, f"return {toggle}.getAttribute('aria-expanded')") == "true"
    keys(shown, " ")
    assert run(shown, more) == 0


def test_everything_opens_at_once(shown):
    run(shown, "document.getElementById('expand').click()")
    assert run(shown, "return [...document.querySelectorAll('.more')].filter(m => m.offsetHeight).length") == 58


def test_a_link_to_a_body_shows_it_though_it_was_filtered_away(shown):
    choose(shown, "by-status", "done")
    run(shown, "document.querySelector('.calls a.who').click()")
    target = run(shown, "return location.hash.slice(1)")
    shown.implicitly_wait(0)
    assert (
        run(shown, "return new Promise(r => setTimeout(() => r(document.activeElement.closest('tbody').id), 50))")
        == target
    )
    assert target in run(shown, VISIBLE)


def test_a_link_to_a_rule_opens_it(shown):
    run(shown, "document.getElementById('expand').click()")
    run(shown, "document.querySelector('.finding a[href=\"#rule-A1\"]').click()")
    assert run(shown, "return new Promise(r => setTimeout(() => r(document.getElementById('rule-A1').open), 50))")


def test_links_lead_to_the_files_beside_the_page(shown, page):
    hrefs = run(shown, "return [...document.querySelectorAll('.files a')].map(a => a.href)")
    assert len(hrefs) == sum(len(b.files) for b in sample.county().bodies) + 2
    assert all(h.startswith(page.parent.as_uri() + "/") for h in hrefs)
    assert (page.parent / sample.county().files["rollup"]).as_uri() in hrefs


@pytest.mark.parametrize("width", [1280, 360])
def test_the_charts_are_drawn_and_no_word_is_cut(driver, page, width):
    browser.show(driver, page, width)
    drawn = run(driver, DRAWN)
    assert len(drawn) == 5
    assert all(w > 250 and marks > 2 and inside for w, marks, inside in drawn)


def test_nothing_is_complained_of_and_nothing_is_requested(driver, page):
    browser.show(driver, page)
    run(driver, "document.getElementById('expand').click()")
    asked = [json.loads(e["message"])["message"] for e in driver.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert driver.get_log("browser") == []
    assert urls == [page.as_uri()]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_page_never_scrolls_sideways(driver, page, width):
    browser.show(driver, page, width)
    run(driver, OPEN)
    assert run(driver, "return document.documentElement.scrollWidth") <= width


def test_long_words_and_markup_typed_by_people_stay_in_their_place(driver, tmp_path):
    from county_desk.test_page import EVIL, hostile  # noqa: PLC0415

    path = tmp_path / "evil.html"
    path.write_text(sample.page(hostile("".join(EVIL) + "W" * 120)), encoding="utf-8")
    browser.show(driver, path, 360)
    run(driver, OPEN)
    assert driver.get_log("browser") == []
    assert run(driver, "return document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_colour_schemes(driver, page, scheme):
    browser.show(driver, page, scheme=scheme)
    paper = run(driver, "return getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(x) for x in paper.removeprefix("rgb(").removesuffix(")").split(","))
    assert (brightness > 600) is (scheme == "light")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", some(["light", "dark"], 2))
def test_axe_finds_nothing_serious(driver, page, scheme, width):
    office.need(browser.AXE.exists(), "axe-core")
    browser.show(driver, page, width, scheme=scheme)
    run(driver, OPEN)
    run(driver, browser.AXE.read_text(encoding="utf-8"))
    found = run(driver, AXE)
    assert [v for v in found if v[0] in ("serious", "critical")] == []


def test_on_paper_every_finding_is_there_and_the_controls_are_not(driver, page, tmp_path):
    browser.show(driver, page)
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    pdf = tmp_path / "desk.pdf"
    pdf.write_bytes(base64.b64decode(printed))
    text = "".join(office.pdf_text(pdf).split())
    assert "表三!E5（商业企业·本年新收）" in text
    assert "清除筛选" not in text
    assert 4 <= office.pdf_pages(pdf) <= 14


def test_without_javascript_the_list_and_what_is_to_be_done_are_there_to_read(driver, page):
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.show(driver, page)
        state = """return [[...document.querySelectorAll('.line, .calls > li')].filter(m => m.offsetHeight).length,
                           document.querySelector('.filters').offsetHeight]"""
        open_bodies = sum(b.status is not Status.DONE for b in sample.county().bodies)
        assert run(driver, state) == [58 + open_bodies + 3, 0]
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
