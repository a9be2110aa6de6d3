"""Every page in a real browser: dropped, checked, explained, made; phone, dark, paper, keyboard, screen reader."""

import base64
import json
import re
import time

import pytest

import office
from county_desk import browser
from rows import some
from serve import desks, samples

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = """
const told = (v) => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)];
return axe.run(document, {preload: false}).then(r => r.violations.map(told))"""
PLAIN = ["", "new", "read", "county", "verify", "repair", "register", "template", "help"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A browser that opened a desk by its address."""
    with desks.running(tmp_path_factory.mktemp("desk")) as desk, browser.chromium() as driver:
        driver.get(desk.opens)
        wait(driver, "return !!document.querySelector('form.task')")
        yield desk, driver


def wait(driver, script, seconds=60):
    end = time.monotonic() + seconds
    while not driver.execute_script(script):
        if time.monotonic() > end:
            raise AssertionError(driver.execute_script("return document.body.innerText")[:1500])
        time.sleep(0.1)


def size(driver, width=1280, height=900, scheme="light"):
    window = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", window)
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )


def show(opened, path="", width=1280, scheme="light"):
    desk, driver = opened
    size(driver, width, scheme=scheme)
    driver.get(f"http://{desk.host}{desk.base}{path}")
    return driver


def choose(driver, selector, *paths):
    driver.find_element("css selector", selector).send_keys("\n".join(map(str, paths)))


def check(opened, book):
    driver = show(opened)
    choose(driver, "#check-main", book)
    wait(driver, "return location.pathname.includes('/work/') && document.readyState === 'complete'")
    return driver


def click(driver, selector):
    driver.execute_script("document.querySelector(arguments[0]).click()", selector)


def serious(driver):
    office.need(browser.AXE.exists(), "axe-core")
    # our policy lets no script in but our own: the examiner comes by the debugger's door
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": browser.AXE.read_text(encoding="utf-8")})
    driver.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    return [v for v in driver.execute_script(AXE) if v[0] in ("serious", "critical")]


def test_the_address_works_once_and_leaves_a_page_without_the_token(opened):
    desk, driver = opened
    assert "start" not in driver.current_url
    driver.get(desk.opens)  # by the browser that it opened
    wait(driver, "return !!document.querySelector('form.task')")
    assert "start" not in driver.current_url
    driver.delete_all_cookies()
    driver.get(desk.opens)
    wait(driver, "return document.body.innerText.includes('已经用过')")


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A browser of its own desk, which the test above can't shut out."""
    with desks.running(tmp_path_factory.mktemp("desk")) as desk, browser.chromium() as driver:
        driver.get(desk.opens)
        wait(driver, "return !!document.querySelector('form.task')")
        yield desk, driver


def test_a_dropped_workbook_is_checked_and_its_wrong_cell_is_seen_with_the_right_figure(used, books):
    driver = check(used, books.wrong)
    right = books.report.values[samples.WRONG]
    wrong = driver.find_element("css selector", "td.wrong.error")
    assert wrong.find_element("css selector", ".found").text == str(right + 3)
    assert wrong.find_element("css selector", "ins").text.endswith(str(right))
    frame = driver.execute_script("return getComputedStyle(arguments[0]).boxShadow", wrong)
    assert frame != "none"
    number = wrong.find_element("css selector", ".refs a")
    driver.execute_script("arguments[0].click()", number)
    wait(driver, "return document.activeElement.id.startsWith('f')")
    assert "强制" in driver.execute_script("return document.activeElement.closest('.group').innerText")


def test_a_sound_workbook_becomes_a_report_by_two_clicks(used, books):
    driver = check(used, books.sound)
    click(driver, "form.make button.main")
    wait(driver, "return !!document.querySelector('#made a')")
    assert driver.execute_script("return document.activeElement.id") == "made"
    assert driver.find_element("css selector", "#made a").text.endswith(".docx")


def test_reasons_are_typed_where_they_are_asked_for(used, books):
    driver = check(used, books.odd)
    fields = driver.find_elements("css selector", "textarea[data-print]")
    assert fields
    for field in fields:
        field.send_keys("本年集中清理了历史积压的申请")
    click(driver, "form.reasons button")
    wait(driver, "return document.querySelectorAll('li.settled').length > 0 && document.readyState === 'complete'")
    assert driver.find_elements("css selector", ".verdict.fine")


def test_a_mended_file_is_dropped_on_the_same_page(used, books):
    driver = check(used, books.wrong)
    choose(driver, "#again-main", books.sound)
    wait(driver, "return !document.querySelector('.verdict.error') && document.readyState === 'complete'")


def test_a_new_workbook_is_made_from_what_is_typed(used):
    driver = show(used, "new")
    driver.find_element("css selector", "#new-body").send_keys("永平镇人民政府")
    click(driver, "button.main")
    wait(driver, "return !!document.querySelector('#made a')")


def test_a_published_report_is_read_when_it_is_dropped(used, books, tmp_path):
    desk, _ = used
    driver = check(used, books.sound)
    click(driver, "form.make button.main")
    wait(driver, "return !!document.querySelector('#made a')")
    address = driver.find_element("css selector", "#made a").get_attribute("href")
    cookie = driver.get_cookies()[0]
    path = tmp_path / "年报.docx"
    path.write_bytes(
        desk.raw("GET", address.partition(desk.host)[2], headers={"Cookie": f"{cookie['name']}={cookie['value']}"}).body
    )
    driver = show(used, "read")
    choose(driver, "#read-main", path)
    wait(driver, "return location.pathname.includes('/work/') && !!document.querySelector('#made a')")


def test_a_county_of_24_is_dropped_and_its_overview_opened(used, tmp_path):
    from nianbao.county import demo  # noqa: PLC0415

    _, driver = used
    listed, delivered = demo.write(demo.invent(), tmp_path)
    show(used, "county")
    choose(driver, "#county-received", *[p for p in delivered.rglob("*") if p.is_file()])
    choose(driver, "#county-roster", listed)
    click(driver, "form[data-form=county] button.main")
    wait(driver, "return !!document.querySelector('#made a')", 120)
    assert "共 24 个单位" in driver.find_element("css selector", "h1").text
    assert serious(driver) == []
    for width in (390, 1280):
        size(driver, width)
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width
    size(driver)
    driver.get_log("browser")
    driver.get(driver.find_element("css selector", "a[target=_blank]").get_attribute("href"))
    wait(driver, "return document.querySelectorAll('tbody.body').length === 24")
    driver.execute_script("document.getElementById('expand').click()")
    assert driver.execute_script("return [...document.querySelectorAll('.more')].every(m => m.offsetHeight)")
    assert driver.get_log("browser") == []


def test_a_long_work_can_be_stopped_on_the_page(used, tmp_path, books):
    driver = show(used, "county")
    paths = []
    for n in range(300):
        paths.append(tmp_path / f"第{n}份.xlsx")
        paths[-1].write_bytes(books.sound.read_bytes())
    choose(driver, "#county-received", *paths)
    click(driver, "form[data-form=county] button.main")
    at_once = "const stop = document.querySelector('.stop'); if (stop.hidden) return false; stop.click(); return true"
    wait(driver, at_once, 120)  # before it can be done
    wait(driver, "return document.querySelector('.wrong-said').textContent.includes('已停止')", 20)


@pytest.mark.parametrize("form", ["roster", "ledger", "fresh"])
def test_blank_things_are_made_by_one_click(used, form):
    driver = show(used, {"roster": "county", "ledger": "register", "fresh": "template"}[form])
    click(driver, f"form[data-form={form}] button.main")
    wait(driver, "return !!document.querySelector('#made a')")


def test_a_finished_report_is_compared(used, books, tmp_path):
    from nianbao import pipeline  # noqa: PLC0415

    made = pipeline.make(pipeline.check_file(books.sound), tmp_path)
    driver = show(used, "verify")
    choose(driver, "#verify-report", *made.files)
    choose(driver, "#verify-file", books.wrong)
    click(driver, "button.main")
    wait(driver, "return !!document.querySelector('td.wrong')")
    assert "不同" in driver.find_element("css selector", "h1").text
    assert serious(driver) == []


def test_a_broken_workbook_and_a_register_are_taken_as_they_are_dropped(used, books, tmp_path):
    driver = show(used, "repair")
    choose(driver, "#repair-main", books.sound)
    wait(driver, "return !!document.querySelector('#made a')")
    path = tmp_path / "台账.csv"
    path.write_text("收到日期,申请人类型,答复日期,处理结果\n2025-03-01,自然人,2025-03-10,予以公开\n", encoding="utf-8")
    driver = show(used, "register")
    choose(driver, "#register-main", path)
    wait(driver, "return document.querySelectorAll('td.figure').length > 100")
    assert serious(driver) == []


@pytest.mark.parametrize("name", ["坏.xlsx", "年报.doc"])
def test_what_cannot_be_read_is_said_on_the_page(used, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"no workbook")
    driver = show(used)
    choose(driver, "#check-main", path)
    wait(driver, "return document.querySelector('.wrong-said').textContent.length > 5")
    assert driver.execute_script("return document.querySelector('.wrong-said').getAttribute('role')") == "alert"


def test_what_is_missing_is_asked_for(used):
    driver = show(used, "new")
    click(driver, "button.main")
    wait(driver, "return document.querySelector('.wrong-said').textContent.includes('单位全称')")
    assert driver.execute_script("return document.activeElement.id") == "new-body"


def test_everything_is_reached_by_keyboard(used):
    from selenium.webdriver import ActionChains  # noqa: PLC0415

    driver = show(used)
    reached = []
    for _ in range(40):
        ActionChains(driver).send_keys("\ue004").perform()
        reached.append(
            driver.execute_script(
                "const a = document.activeElement; return a.id || a.className || a.textContent.trim()"
            )
        )
    assert {"skip", "check-main", "main", "end"} <= set(reached)
    outline = "document.querySelector('#check-main').focus(); return getComputedStyle(document.querySelector('#check-main + label')).outlineStyle"  # noqa: E501
    assert driver.execute_script(outline) != "none"


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("path", PLAIN)
def test_no_page_scrolls_sideways(used, path, width):
    driver = show(used, path, width)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_what_was_found_does_not_scroll_sideways(used, books, width):
    driver = check(used, books.wrong)
    size(driver, width)
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", some(PLAIN, 4))
def test_axe_finds_nothing_serious_on_a_page(used, path, scheme):
    assert serious(show(used, path, 390, scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("book", ["wrong", "odd"])
def test_axe_finds_nothing_serious_in_what_was_found(used, books, book, scheme):
    driver = check(used, getattr(books, book))
    size(driver, 1280, scheme=scheme)
    assert serious(driver) == []


def test_dark_is_dark(used):
    for scheme, is_light in (("light", True), ("dark", False)):
        paper = show(used, "", scheme=scheme).execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, re.findall(r"\d+", paper)[:3])) > 600) is is_light


def test_on_paper_are_the_findings_and_tables_and_not_the_controls(used, books, tmp_path):
    driver = check(used, books.wrong)
    size(driver)
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(base64.b64decode(printed))
    text = "".join(office.pdf_text(pdf).split())
    assert "必须改正" in text
    assert "本机关不掌握相关政府信息" in text
    assert "生成草稿" not in text
    assert "结束年报台" not in text


def test_no_request_leaves_this_machine_and_nothing_is_complained_of(used, books):
    desk, driver = used
    driver.get_log("performance")
    driver.get_log("browser")
    check(used, books.wrong)
    for path in PLAIN:
        show(used, path)
    asked = [json.loads(e["message"])["message"] for e in driver.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert len(urls) > 10
    assert {u.split("/")[2] for u in urls if not u.startswith("data:")} == {desk.host}
    assert driver.get_log("browser") == []


def test_another_site_can_neither_frame_it_nor_ask_it(used, tmp_path):
    """A page that lies elsewhere, open in the same browser."""
    desk, driver = used
    page = tmp_path / "evil.html"
    page.write_text(f"<iframe id=f src='http://{desk.host}{desk.base}'></iframe>")
    driver.get(page.as_uri())
    address = f"http://{desk.host}{desk.base}"
    asked = """const how = {method: arguments[1], credentials: 'include'};
    return fetch(arguments[0], how).then(() => 'let in', () => 'refused')"""
    assert driver.execute_script(asked, address, "GET") == "refused"
    assert driver.execute_script(asked, f"{address}begin/check", "POST") == "refused"
    driver.switch_to.frame("f")
    assert "核对与生成" not in driver.execute_script("return document.body ? document.body.innerText : ''")
    driver.switch_to.default_content()


def test_a_page_of_another_port_gets_no_cookie(used, tmp_path_factory):
    """Cookies are sent to every port of a machine, but only below the secret place."""
    import http.server  # noqa: PLC0415
    import threading  # noqa: PLC0415

    _, driver = used
    seen = []

    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.headers.get("Cookie"))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<p>other")

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Other) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        driver.get(f"http://127.0.0.1:{other.server_port}/")
        other.shutdown()
    assert seen
    assert set(seen) == {None}


def test_the_page_says_when_the_desk_has_ended(tmp_path_factory, books):
    with desks.running(tmp_path_factory.mktemp("desk")) as desk, browser.chromium() as driver:
        driver.get(desk.opens)
        wait(driver, "return !!document.querySelector('form.task')")
        driver.execute_script("window.confirm = () => true")
        click = "document.getElementById('end').click()"  # nobody hears it before the script has begun
        wait(
            driver,
            f"if (document.getElementById('ended').hidden) {click}; return !document.getElementById('ended').hidden",
        )
        assert desk.process.wait(timeout=desks.PATIENCE) == 0
