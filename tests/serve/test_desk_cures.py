"""What cures name is found on the pages: never a word of the command line."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest

import nianbao
from nianbao.county import demo
from nianbao.county.roster import roster_book
from nianbao.form import load_edition
from nianbao.report import dumps
from nianbao.serve import desk_cures
from nianbao.serve.pages import pages
from serve import samples

HERE = Path(nianbao.__file__).parent
COMMAND = re.compile(r"nianbao [a-z]|(?<![-\w])--[a-z]")
CHINESE = re.compile("[一-龥]")


def sentences():
    """Return every Chinese sentence of the lower layers that names the command line."""
    found = []
    for path in HERE.rglob("*.py"):
        if path.relative_to(HERE).parts[0] in ("cli", "serve", "excel", "demo") or "demo" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        found += [s for s in re.findall(r'"((?:[^"\\\n]|\\.)+)"', text) if COMMAND.search(s) and CHINESE.search(s)]
    for path in HERE.rglob("*.toml"):
        found += [s for s in words(tomllib.loads(path.read_text(encoding="utf-8"))) if COMMAND.search(s)]
    return found


def words(data):
    if isinstance(data, str):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from words(inner)


def test_no_sentence_of_the_lower_layers_names_the_command_line_when_it_is_shown():
    listed = sentences()
    assert len(listed) > 30
    assert [told for s in listed if COMMAND.search(told := desk_cures.on_pages(s))] == []


def test_every_page_and_field_that_is_named_is_there():
    shown = pages(None)
    titles = {p.title for p in shown} | {f.title for p in shown for f in p.forms}
    fields = {x.label for p in shown for f in p.forms for x in (*f.slots, *f.fields)}
    named = titles | {re.sub("（.*", "", x) for x in fields} | {"生成草稿"}
    county = {"县（市、区）名称"}
    assert set(desk_cures.VERBS.values()) <= titles
    assert set(desk_cures.OPTIONS.values()) <= named | county


def test_what_names_no_command_stays_as_it_is():
    names = "“好--坏.xlsx”", "“年报 --final.xlsx”", "“年报 --body.xlsx”", "nianbao home"
    for text in ("一--二", "见 --- 下", "nianbao.log", *names):
        assert desk_cures.on_pages(text) == text
    page = "<style>a{--x:1}</style><p title='--year'>用 --year 写明</p><script>let a = '--year'</script>"
    assert desk_cures.of_page(page).startswith(
        "<style>a{--x:1}</style><p title='--year'>在“报告年度”一栏写明</p><script>let a = '--"
    )


FEW = 8
"""So many of the county's files, two of which are of the same town."""


def county_files(county, most=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in list(county.files.items())[:most]:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def county():
    return demo.invent()


@pytest.fixture(scope="module")
def roster(county):
    return "名册.xlsx", roster_book.write_roster(load_edition("2021"), county.members)


def visible(page):
    return re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)


def test_a_county_is_told_nothing_of_the_command_line(desk, county, roster):
    work = desk.begin("county", received=("来件.zip", county_files(county)), roster=roster)
    desk.go(work)
    assert not COMMAND.search(visible(desk.page(work)))
    overview = desk.get(f"{work}desk/%E6%80%BB%E8%A7%88.html").text
    assert not COMMAND.search(visible(overview))
    bare = desk.begin("county", received=("来件.zip", county_files(county, FEW)))
    told = desk.go(bare).get("told", "")
    assert not COMMAND.search(told + visible(desk.page(bare)))


def renamed(path):
    out = io.BytesIO()
    book = openpyxl.load_workbook(path)
    del book["表三"]
    book.save(out)
    return out.getvalue()


def test_refusals_name_the_pages(desk, books, county):
    edition = dumps(samples.replace(books.report, edition="2030"))
    told = [
        desk.go(desk.begin("check", main=("表.json", edition.encode())))["told"],
        desk.go(desk.begin("check", main=("改.xlsx", renamed(books.sound))))["told"],
        desk.go(desk.begin("repair", main=books.sound), year="2024")["told"],
        desk.go(desk.begin("repair", main=books.sound), body="别的镇")["told"],
        desk.go(desk.begin("new"), year="2010", body="甲镇")["told"],
        desk.go(desk.begin("register", main=("台账.csv", "甲,乙\n1,2\n".encode())))["told"],
        desk.go(desk.begin("county", received=("x.zip", county_files(county, FEW)), roster=books.sound))["told"],
    ]
    assert [t for t in told if COMMAND.search(t)] == []
    assert "“修复填报表”" in told[1]
    assert "“新建名册”" in told[6]


def results(desk, work):
    (data,) = [d for n, d in desk.downloads(work).items() if n.endswith(".zip")]
    return zipfile.ZipFile(io.BytesIO(data))


def test_what_is_written_of_doubled_files_counts_in_the_next_run_and_the_one_after(desk, county, roster):
    def run(**more):
        work = desk.begin("county", received=("来件.zip", county_files(county, FEW)), roster=roster, **more)
        assert "go" in desk.go(work)
        return work, desk.downloads(work)["情况一览.xlsx"]

    work, overview = run()
    assert "重复" in desk.page(work)
    book = openpyxl.load_workbook(io.BytesIO(overview))
    sheet = next(s for s in book if any(c.value == "归属" for row in s.iter_rows(max_row=8) for c in row))
    head = next(row for row in sheet.iter_rows(max_row=8) if any(c.value == "归属" for c in row))
    at = {c.value: c.column for c in head}
    doubled = [r for r in range(head[0].row + 1, sheet.max_row + 1)
               if any("重复" in str(c.value) for c in sheet[r])]  # fmt: skip
    assert doubled
    member = next(m.name for m in county.members if any(m.name in str(c.value) for c in sheet[doubled[0]]))
    sheet.cell(doubled[0], at["归属"]).value = member
    out = io.BytesIO()
    book.save(out)
    second, overview = run(overview=("情况一览.xlsx", out.getvalue()))
    assert "重复" not in standing(desk.page(second))
    third, _ = run(overview=("情况一览.xlsx", overview))
    assert standing(desk.page(third)) == standing(desk.page(second))


def standing(page):
    return page.partition('<p class="big">')[2].partition("</p>")[0]


def test_an_incomplete_county_is_summed_where_that_is_asked_and_says_so(desk, county, roster):
    work = desk.begin("county", received=("来件.zip", county_files(county, FEW)), roster=roster)
    desk.go(work)
    assert not [n for n in results(desk, work).namelist() if "填报表" in n and n.startswith("汇总/")]
    desk.go(work, partial="1")
    made = [d for n, d in desk.downloads(work).items() if n.endswith("填报表.xlsx")]
    assert len(made) == 1
    book = openpyxl.load_workbook(io.BytesIO(made[0]))
    assert any("不完整" in str(c.value) for s in book for row in s.iter_rows() for c in row)
