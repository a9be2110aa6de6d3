"""The page in a real browser: accessible, legible on a phone and on paper; the fragment survives a site's editor."""

import base64

import pytest

import office
from county_desk import browser
from nianbao.form import edition_names, load_edition
from nianbao.publish.page import FRAGMENT, PAGE
from publish import nu, samples
from rows import some

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = """
const told = (v) => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)];
return axe.run(document, {preload: false}).then(r => r.violations.map(told))"""
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
CLIPPED = """
return [...document.querySelectorAll('th, td, h1, h2, p')].filter(e =>
  e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1).map(e => e.outerHTML)"""
EDITOR = """
document.body.innerHTML = '<div id="editor" contenteditable="true"></div>';
const pasted = new DOMParser().parseFromString(arguments[0], 'text/html');
pasted.querySelectorAll('script, style, link, meta').forEach(e => e.remove());
pasted.querySelectorAll('*').forEach(e => { e.removeAttribute('class'); e.removeAttribute('id'); });
const editor = document.getElementById('editor');
editor.focus();
document.execCommand('insertHTML', false, pasted.body.innerHTML);
return editor.innerText"""
TABLES = """
const line = (c) => getComputedStyle(c).borderTopWidth + ' ' + getComputedStyle(c).borderTopStyle;
return [...document.querySelectorAll('#editor table')].map(t => [
  t.rows.length, [...t.rows].map(r => [...r.cells].reduce((n, c) => n + c.colSpan, 0))[0],
  [...new Set([...t.querySelectorAll('td, th')].map(line))], t.getBoundingClientRect().height > 60])"""


@pytest.fixture(scope="module")
def driver():
    with browser.chromium() as started:
        yield started


def show(driver, text, folder, width=1280, height=900):
    path = folder / "页面.html"
    path.write_text(text, encoding="utf-8")
    browser.show(driver, path, width, height)


def violations(driver):
    office.need(browser.AXE.exists(), "axe-core")
    driver.execute_script(browser.AXE.read_text(encoding="utf-8"))
    return driver.execute_script(AXE)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", some(edition_names(), 2))
def test_axe_finds_nothing_to_object_to_in_page_and_fragment(driver, tmp_path, name, width):
    made = samples.made(samples.full(name), draft=True, links=samples.linked())
    for text in (made[PAGE], nu.wrapped(made[FRAGMENT])):
        show(driver, text, tmp_path, width, 740)
        assert [v for v in violations(driver) if v[0] in ("serious", "critical", "moderate")] == []


@pytest.mark.parametrize("width", some([320, 360, 768, 1280], 2))
@pytest.mark.parametrize("name", edition_names())
def test_nothing_sticks_out_and_nothing_is_clipped_at_any_width(driver, tmp_path, name, width):
    made = samples.made(samples.full(name), links=samples.linked())
    show(driver, made[PAGE], tmp_path, width, 740)
    assert driver.execute_script(OVERFLOW) == 0
    assert driver.execute_script(CLIPPED) == []
    show(driver, nu.wrapped(made[FRAGMENT]), tmp_path, width, 740)
    assert driver.execute_script(OVERFLOW) == 0


def test_on_a_phone_the_labels_of_the_wide_table_stay_in_sight_while_its_figures_scroll(driver, tmp_path):
    show(driver, samples.made(samples.full())[PAGE], tmp_path, 360, 740)
    moved = driver.execute_script("""
const frame = document.querySelector('table.labelled').parentElement;
const label = document.querySelector('#requests-8-3'), figure = document.querySelector('[headers~="requests-8-3"]');
const before = [label.getBoundingClientRect().left, figure.getBoundingClientRect().left];
frame.scrollLeft = 120;
return [label.getBoundingClientRect().left - before[0], figure.getBoundingClientRect().left - before[1],
        frame.scrollWidth - frame.clientWidth]""")
    assert abs(moved[0]) <= 1  # the line at the left edge
    assert moved[1] == -120
    assert moved[2] >= 120


@pytest.mark.parametrize("name", edition_names())
def test_pasted_into_an_editor_that_strips_styles_classes_and_ids_the_tables_keep_lines_spans_and_figures(
    driver, tmp_path, name
):
    edition, report = load_edition(name), samples.full(name)
    show(driver, "<!DOCTYPE html><html><body></body></html>", tmp_path)
    driver.execute_script(EDITOR, samples.made(report)[FRAGMENT])
    tables = [edition.table[s.table] for s in edition.sections if s.table]
    shown = driver.execute_script(TABLES)
    assert [t[:2] for t in shown] == [[t.rows, len(t.widths)] for t in tables]
    assert all(lines == ["1px solid"] and tall for _, _, lines, tall in shown)
    cells = driver.execute_script("return [...document.querySelectorAll('#editor td')].map(c => c.innerText.trim())")
    figures = [str(report.values[v.key]) for t in tables for v in t.values if v.key in report.values]
    assert len([c for c in cells if c.lstrip("+-").replace(".", "").isdigit()]) == len(figures)
    fonts = driver.execute_script("return getComputedStyle(document.querySelector('#editor h2')).fontFamily")
    assert "SimHei" in fonts


def test_typed_attacks_run_nothing_in_page_or_editor(driver, tmp_path):
    made = samples.made(samples.hostile(), links=samples.linked())
    show(driver, made[PAGE], tmp_path)
    assert driver.execute_script("return document.querySelectorAll('script, article img').length") == 0
    show(driver, "<!DOCTYPE html><html><body></body></html>", tmp_path)
    words = driver.execute_script(EDITOR, made[FRAGMENT])
    assert "〈script〉alert(1)〈/script〉" in words
    assert driver.execute_script("return document.querySelectorAll('#editor img, #editor script').length") == 0


def test_it_prints_on_a4_with_its_tables_whole(driver, tmp_path):
    show(driver, samples.made(samples.full(), draft=True, links=samples.linked())[PAGE], tmp_path)
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pdf = tmp_path / "页面.pdf"
    pdf.write_bytes(base64.b64decode(printed["data"]))
    pages = [office.pdf_text(pdf, n + 1) for n in range(office.pdf_pages(pdf))]
    assert 4 <= len(pages) <= 7
    assert all("草稿" in p for p in pages)
    whole = [p for p in pages if "申请人情况" in p]
    assert len(whole) == 1
    assert "四、结转下年度继续办理" in whole[0]
    assert "下载：" not in "".join(pages)
