"""Nothing that was typed into a workbook is lost or put into a wrong place, however the workbook was broken."""

import random
from dataclasses import replace

import pytest

from nianbao.form import load_edition
from nianbao.pipeline.registers import private_among
from nianbao.repair.opening import edition_of
from nianbao.repair.rescue import rescued
from nianbao.workbook.contents import Content, Sheet, fold
from repair import bases, breaking, judging
from rows import some

NAMES = ("2021", "2019", "wuping-2022", "4360a8b_2019_2026-11-29", "9b7a98c_wuping-2022_2026-11-29",
         "a06bba0_2021_2026-11-22")  # fmt: skip
WHOLE = ("insert rows", "insert columns", "rename", "reorder", "swap titles", "unmerge all", "own sheet")
"""Ways of breaking that leave every cell with its name and its labels."""


def base(name):
    return next((b, r, last) for n, b, r, last in bases.every() if n == name)


def inputs(report):
    edition = load_edition(report.edition)
    return {k: v for k, v in report.values.items() if k not in edition.sums}


def without_names(book, keep=lambda name: False):
    found = breaking.of(book)
    found.names = [n for n in found.names if keep(n[0])]
    return breaking.opened(found)


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_workbook_is_carried_over_whole(name):
    book, report, last = base(name)
    done = rescued(book)
    assert done.left == ()
    assert done.report.values == inputs(report)
    assert (done.report.body, done.report.year, done.report.texts) == (report.body, 2025, report.texts)
    earlier = "_" in name
    assert done.version == (1 if earlier else 2)
    if not earlier:
        assert done.last_year == last


@pytest.mark.parametrize("seed", some(range(1, 41), 2))
def test_forty_broken_workbooks_lose_nothing_and_get_nothing_wrong(seed):
    name, book, report, last = bases.every()[seed % len(NAMES)]
    broken = breaking.broken_by(book, seed)
    counts, wrong, lost = judging.judged(broken, rescued(breaking.opened(broken)), report, last)
    assert (wrong, lost) == ([], set()), (name, broken.done)
    assert counts["there"] > 100


@pytest.mark.parametrize("way", some(breaking.WAYS, 6))
def test_each_way_of_breaking_alone(way):
    book, report, last = base("2021")
    for title, seed in (("表三", 1), ("总体情况", 2), ("基本信息", 3), ("表二", 4)):
        broken = breaking.of(book)
        breaking.WAYS[way](broken, title, random.Random(seed))
        done = rescued(breaking.opened(broken))
        _, wrong, lost = judging.judged(broken, done, report, last)
        assert (wrong, lost) == ([], set()), title
        if way in WHOLE:
            assert done.report.values == inputs(report), title


@pytest.mark.parametrize("name", NAMES)
def test_without_any_name_the_labels_tell_all_figures_in_labelled_rows(name):
    book, report, _ = base(name)
    done = rescued(without_names(book))
    labelled = {k: v for k, v in inputs(report).items() if not k.startswith("published.")}
    assert done.report.values == labelled
    assert done.report.body == report.body
    assert done.source.id == report.edition
    assert {k: t for k, t in report.texts.items() if not k.startswith("category_")} == done.report.texts
    told = {one.value for one in done.left}
    assert {str(v) for k, v in inputs(report).items() if k.startswith("published.")} <= told
    assert {"民生实事", "其他类别"} <= told


def test_a_label_the_clerk_typed_is_told_though_the_form_prints_the_same_word():
    book, _, _ = base("2021")
    broken = breaking.of(book)
    spot = next(a[:2] for n, _, a in broken.names if n == "nb_text_category_2")
    broken.put("总体情况", spot, "其他")
    done = rescued(without_names(breaking.opened(broken)))
    assert [o.place for o in done.left if o.value == "其他"] == [f"总体情况!B{spot[0]}"]


def test_names_that_gainsay_the_labels_place_nothing():
    book, _, _ = base("2021")
    broken = breaking.of(book)
    there = broken.sheets["表三"].cells
    heads = sorted(p for p, c in there.items() if not c.formula and fold(c.value) in ("商业企业", "科研机构"))[:2]
    words = [there[p].value for p in heads]
    for place, word in zip(heads, reversed(words), strict=True):
        broken.put("表三", place, word)
    done = rescued(breaking.opened(broken))
    placed = [k for k in done.report.values if k.startswith("requests.")]
    assert placed
    assert not [k for k in placed if k.endswith((".business", ".research"))]
    assert any(one.why.startswith(("按表格的名称", "它上面的列名")) for one in done.left)


def test_a_sheet_and_a_copy_that_differ_are_both_told():
    book, report, _ = base("2021")
    broken = breaking.of(book)
    place = next(p for p, c in broken.sheets["表三"].cells.items() if isinstance(c.value, int) and not c.formula)
    before = broken.sheets["表三"].cells[place].value
    broken.sheets["表三 (2)"] = broken.sheets["表三"]
    broken.put("表三 (2)", place, 777_777)
    done = rescued(breaking.opened(broken))
    assert len(done.report.values) == len(inputs(report)) - 1
    assert {(one.value, one.place.partition("!")[0]) for one in done.left} >= {
        (str(before), "表三"),
        ("777777", "表三 (2)"),
    }


def test_figures_of_last_year_are_never_this_years():
    book, _, last = base("2021")
    broken = breaking.of(book)
    for title in ("表二", "表三", "表四", "总体情况", "信息处理费"):
        del broken.sheets[title]
    broken.names = []
    breaking._retitle(broken, {"上年数据": "表三"})
    done = rescued(breaking.opened(broken))
    assert done.report.values == {}
    assert done.last_year is not None
    assert done.last_year.values == last.values


def test_what_is_doubtful_as_displayed_is_told_not_placed():
    book, _, _ = base("2021")
    broken = breaking.of(book)
    sheet = broken.sheets["表三"]
    place, content = next((p, c) for p, c in sheet.cells.items() if isinstance(c.value, int) and not c.formula)
    cells = {**sheet.cells, place: replace(content, look=replace(content.look, code="0,"))}
    broken.sheets["表三"] = replace(sheet, cells=cells)
    broken.put("表二", next(p for p, c in broken.sheets["表二"].cells.items() if isinstance(c.value, int)), "约8件")
    done = rescued(breaking.opened(broken))
    told = {one.place.partition("!")[0]: one for one in done.left}
    assert "显示为" in told["表三"].why
    assert told["表二"].value == "约8件"
    assert "读不出确定的数字" in told["表二"].why


def test_the_cells_of_two_editions_that_are_the_same_are_carried_and_the_others_told():
    book, report, _ = base("2019")
    done = rescued(book, load_edition("2021"))
    assert (done.source.id, done.edition.id) == ("2019", "2021")
    target = load_edition("2021").values
    assert {k for k in inputs(report) if k in target} == set(done.report.values)
    assert {str(v) for k, v in inputs(report).items() if k not in target} <= {one.value for one in done.left}
    assert all("没有这一格" in one.why for one in done.left)


def test_the_edition_is_told_by_the_cells_where_the_workbook_no_longer_names_it():
    for name in ("2021", "2019", "wuping-2022"):
        book, _, _ = base(name)
        broken = breaking.of(book)
        del broken.sheets["基本信息"], broken.sheets["上年数据"]
        assert edition_of(breaking.opened(broken), None).id == name


def test_comments_are_told():
    book, _, _ = base("2021")
    broken = breaking.of(book)
    broken.sheets["表三"] = replace(broken.sheets["表三"], remarks={(8, 4): "应为 9"})
    assert [(o.place, o.value) for o in rescued(breaking.opened(broken)).left] == [("表三!D8", "应为 9")]


def test_a_blank_copy_is_no_rival():
    book, report, _ = base("2021")
    broken = breaking.of(book)
    blank = {p: c for p, c in broken.sheets["表四"].cells.items() if isinstance(c.value, str) or c.formula}
    broken.sheets["表四 (2)"] = replace(broken.sheets["表四"], cells=blank)
    assert rescued(breaking.opened(broken)).report.values == inputs(report)


def test_a_total_typed_over_its_formula_is_carried():
    book, report, _ = base("2021")
    broken = breaking.of(book)
    key = next(k for k in load_edition("2021").sums if k.startswith("requests."))
    spot = next(a[:2] for n, t, a in broken.names if n == "nb_" + key.replace(".", "_"))
    broken.put("表三", spot, 777_777)
    done = rescued(breaking.opened(broken))
    assert done.report.values == {**inputs(report), key: 777_777}


def test_a_register_in_a_workbook_of_another_kind_is_neither_carried_nor_quoted():
    book, _, _ = base("2021")
    broken = breaking.of(book)
    rows = [("收到日期", "申请人类型", "申请人姓名或名称", "处理结果"), ("2025-3-1", "自然人", "张三", "予以公开")]
    cells = {(r, c): Content(t) for r, row in enumerate(rows, 1) for c, t in enumerate(row, 1)}
    broken.sheets["三月"] = Sheet("三月", cells, frozenset(), frozenset())
    found = breaking.opened(broken)
    form = load_edition("2021")
    private = private_among(found.sheets, found.rows, form)
    assert private == ("三月",)
    assert "张三" not in str(rescued(found, private=private).left)


def test_what_the_sheets_of_results_compute_is_nobodys_whatever_layout_it_is_of():
    book, _, _ = base("2021")
    broken = breaking.of(book)
    broken.sheets["结果"] = replace(broken.sheets.pop("校验结果"), name="结果")
    for title in ("结果", "逐格核对"):
        cells = {p: replace(c, formula="=OLD(A1)") if c.formula else c for p, c in broken.sheets[title].cells.items()}
        broken.sheets[title] = replace(broken.sheets[title], cells={**cells, (3, 12): Content("记一笔")})
    left = rescued(breaking.opened(broken)).left
    assert [(o.place, o.value) for o in left] == [("逐格核对!L3", "记一笔"), ("结果!L3", "记一笔")]
