"""The pictures in the documentation, taken from the product itself, so that they can't show what is no longer there.

`python docs/build.py pictures` takes all of them: sheets and reports by LibreOffice and poppler, pages by Chromium.
"""

import base64
import datetime
import html
import io
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from nianbao import dates, workbook
from nianbao.county.demo import members, report_of
from nianbao.findings import Places
from nianbao.form import load_edition
from nianbao.publish import picture
from nianbao.register import register_form as register
from nianbao.report import Reading, Report, dumps

DOCS = Path(__file__).parent
Box = tuple[int, int, int, int]

SAMPLE = (
    ("2025-001", (2024, 12, 20), "自然人", (2025, 1, 14), "予以公开"),
    ("2025-002", (2025, 2, 8), "商业企业", (2025, 3, 3), "部分公开"),
    ("2025-003", (2025, 3, 17), "自然人", (2025, 3, 12), "不掌握相关信息"),
    ("2025-004", (2025, 4, 2), "法律服务机构", (2025, 4, 25), None),
    ("2025-005", (2025, 6, 11), None, (2025, 7, 4), "信访举报投诉"),
    ("2025-006", (2025, 9, 1), "社会公益组织", (2025, 9, 22), "重复申请"),
    ("2025-007", (2025, 12, 24), "自然人", None, None),
)
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff; }}
pre {{ display: inline-block; box-sizing: border-box; width: 1000px; margin: 0; padding: 18px 22px; border-radius: 8px;
  background: #1d2430; color: #e8ecf2; white-space: pre-wrap;
  font: 15px/1.6 'Noto Sans Mono CJK SC', monospace; }}
b {{ color: #8fd3a4; font-weight: normal; }}
</style><pre><b>$ {command}</b>
{output}</pre>"""
SHEETS = """<!doctype html><meta charset="utf-8"><style>
main { box-sizing: border-box; width: 1400px; height: 500px; overflow: hidden; display: flex; align-items: flex-start;
  gap: 20px; padding: 20px 20px 0; background: #e4e8ee; }
img { flex: 1; min-width: 0; border: 1px solid #c3cad4; }
</style><main><img src="sheet-1.png"><img src="sheet-2.png"><img src="sheet-3.png"></main>"""
ONE_FINDING = """
const told = document.querySelector(".group.error"), table = document.querySelector("td.wrong").closest("table");
const shown = document.createElement("main");
shown.append(told, table);
document.body.replaceChildren(shown);
const box = shown.getBoundingClientRect(), last = table.rows[7].getBoundingClientRect();
return {x: 0, y: 0, width: box.right, height: last.bottom};"""
"""Leaves on the page of 年报台 one finding and the upper part of its table, as they are; tells where they stand."""

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb",
         "--disable-background-networking", "--lang=zh-CN")  # fmt: skip
DAY = datetime.date(2026, 1, 16)
TODAY = """{ const Real = Date, day = () => new Real(2026, 0, 16, 9);
  Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(day().getTime()); }
    static now() { return day().getTime(); }
  }; }"""
"""A fixed day in the browser: the overview counts the days to the deadline."""


def take(folder: Path) -> None:
    """Take every picture anew into `folder`."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        _office(work, folder)
        with _browser(work) as driver:
            _finding(driver, work, folder / "finding.png")
            _sheets(driver, work, folder / "report.png")
            _terminal(driver, work, folder / "check.png")
            page = next(p for p in (work / "样例").glob("*.html") if "正文片段" not in p.name)
            _page(driver, page, folder / "page.png", 1000, 780, "收到和处理政府信息公开申请情况")
            _nianbao(work, "demo", "--county", "-o", "示例县")
            _page(driver, _dated(next((work / "示例县").rglob("总览.html"))), folder / "desk.png", 1280, 900)
    (folder / "picture.png").write_bytes(_figures())


def _dated(overview: Path) -> Path:
    """Let the overview tell the fixed day instead of the day of its run."""
    text, run = overview.read_text(encoding="utf-8"), dates.today()
    assert run, "the clock is right where pictures are taken"
    overview.write_text(text.replace(dates.printed(run), dates.printed(DAY)), encoding="utf-8")
    return overview


def _nianbao(work: Path, *arguments: str) -> str:
    """Run the program as a user does; return what it prints. Its exit code only says whether there are findings."""
    command = [sys.executable, "-X", "utf8", "-m", "nianbao", *arguments]
    done = subprocess.run(command, cwd=work, check=False, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return done.stdout


def _office(work: Path, folder: Path) -> None:
    """Take pages of the demo's report, of a workbook with one wrong figure, and of a register with gaps."""
    _nianbao(work, "demo", "-o", "样例")
    report, filled = (next((work / "样例").glob(f"*{suffix}")) for suffix in (".docx", ".xlsx"))
    wrong = work / "填报表.xlsx"
    reading = workbook.read(filled)
    figures = {**reading.report.values, "requests.received.natural_person": 3}
    wrong.write_bytes(workbook.build(reading.edition, replace(reading.report, values=figures)))
    for source, name, page in ((report, "report-1", 1), (wrong, "workbook-table3", 6)):
        _printed(source, folder / name, page, work)
    _printed(_sample_register(work / "register.xlsx"), folder / "register", 1, work, dpi=140, box=(50, 40, 1540, 285))


def _terminal(driver: Any, work: Path, target: Path) -> None:
    """Take what `check` says of the workbook with one wrong figure, as it stands in a terminal."""
    said = _nianbao(work, "check", "填报表.xlsx")
    errors = said.split("  【提示】")[0].rstrip()
    shown = work / "terminal.html"
    shown.write_text(TERMINAL.format(command="nianbao check 填报表.xlsx", output=html.escape(errors)), encoding="utf-8")
    _window(driver, 1100, 800)
    driver.get(shown.as_uri())
    driver.find_element("tag name", "pre").screenshot(str(target))


def _town(seed: int = 33) -> Report:
    """Return the report of an invented town, in which some cells are not 0."""
    return report_of(next(m for m in members() if m.level == "town"), random.Random(seed))


def _finding(driver: Any, work: Path, target: Path) -> None:
    """Take what 年报台 shows of a workbook with one wrong figure: its sentence, and the cell marked in its table."""
    report, wrong = _town(), "requests.full_grant.natural_person"
    values = {**report.values, wrong: report.values[wrong] + 3}
    form = work / "示例东镇2025.xlsx"
    form.write_bytes(workbook.build(load_edition(report.edition), replace(report, values=values)))
    home = {**os.environ, "LOCALAPPDATA": str(work), "XDG_STATE_HOME": str(work)}
    command = [sys.executable, "-X", "utf8", "-m", "nianbao", "serve", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=home) as desk:
        try:
            assert desk.stdout, "it is a pipe"
            driver.get(re.search(r"http://\S+", desk.stdout.readline())[0])  # type: ignore[index]
            driver.find_element("css selector", "#check-main").send_keys(str(form))
            _until(driver, "return !!document.querySelector('td.wrong')")
            _window(driver, 980, 4000)
            box = driver.execute_script(ONE_FINDING)
            shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"clip": {**box, "scale": 1}})
        finally:
            desk.terminate()
    target.write_bytes(base64.b64decode(shot["data"]))


def _until(driver: Any, script: str) -> None:
    end = time.monotonic() + 60
    while not driver.execute_script(script):
        if time.monotonic() > end:
            raise TimeoutError(driver.execute_script("return document.body.innerText"))
        time.sleep(0.1)


def _sheets(driver: Any, work: Path, target: Path) -> None:
    """Take the first pages of an invented town's Word report, side by side."""
    report = _town()
    (work / "镇.json").write_text(dumps(report), encoding="utf-8")
    _nianbao(work, "make", "镇.json", "-o", "镇")
    made = next((work / "镇").glob("*.docx"))
    for page in (1, 2, 3):
        _printed(made, work / f"sheet-{page}", page, work)
    shown = work / "sheets.html"
    shown.write_text(SHEETS, encoding="utf-8")
    _window(driver, 1500, 1000)
    driver.get(shown.as_uri())
    driver.find_element("tag name", "main").screenshot(str(target))


def _figures() -> bytes:
    """Return 图解 of an invented town, with the year before beside it."""
    now, before = _town(33), _town(36)  # a pair that agrees
    beside = Reading(load_edition(now.edition), now, (), Places(load_edition(now.edition), {}))
    shown = picture.whole(replace(beside, last_year=replace(before, year=(now.year or 0) - 1)))
    return shown.canvas.png(shown.title, 90)


def _sample_register(path: Path) -> Path:
    """Write a register of invented applications, three of them with something forgotten or wrong."""
    book = load_workbook(io.BytesIO(register.blank(load_edition("2021"))))
    sheet = book["申请台账"]
    for row, (number, received, kind, answered, result) in enumerate(SAMPLE, register.FIRST):
        days = [datetime.date(*d) if d else None for d in (received, answered)]
        told = ("（申请人）", "（电话）", "（申请公开的内容）", None)
        cells = (number, days[0], kind, *told, days[1], result, "（文号）")
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column).value = value
    book.save(path)
    return path


def _printed(source: Path, target: Path, page: int, work: Path, dpi: int = 80, box: Box | None = None) -> None:
    """Render one page, or a box of it."""
    fonts = {**os.environ, "FONTCONFIG_FILE": str(DOCS / "fonts.conf")}
    profile = f"-env:UserInstallation=file://{work}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work), str(source)]
    subprocess.run(convert, check=True, capture_output=True, env=fonts)
    pages = ["-f", str(page), "-l", str(page), "-singlefile"]
    pdf = work / f"{source.stem}.pdf"
    crop = [x for pair in zip(("-x", "-y", "-W", "-H"), map(str, box), strict=True) for x in pair] if box else []
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", *crop, *pages, str(pdf), str(target)], check=True)


@contextmanager
def _browser(work: Path) -> Iterator[Any]:
    """A Chromium without a window, with a profile of its own."""
    from selenium import webdriver  # noqa: PLC0415 - a test dependency

    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={work / 'chromium'}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


def _window(driver: Any, width: int, height: int) -> None:
    window = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", window)


def _page(driver: Any, page: Path, target: Path, width: int, height: int, heading: str = "") -> None:
    """Take a page in a window of this size, from its top or from the heading that has these words in it."""
    _window(driver, width, height)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": TODAY})
    driver.get(page.as_uri())
    if heading:
        found = next(e for e in driver.find_elements("css selector", "h1, h2, h3") if heading in e.text)
        driver.execute_script("arguments[0].scrollIntoView(); window.scrollBy(0, -20)", found)
    driver.save_screenshot(str(target))
