"""Each reason for which a cell of a broken workbook is not carried over, alone in an otherwise sound one."""

from dataclasses import replace

import pytest
from openpyxl import Workbook

from books import filled, part_of, patched, saved
from nianbao.form import load_edition
from nianbao.repair import sheet
from nianbao.repair.model import Left
from nianbao.repair.opening import edition_of, open_broken
from nianbao.repair.rescue import rescued
from nianbao.workbook import layout
from nianbao.workbook.address import name_of
from nianbao.workbook.contents import fold
from nianbao.workbook.layout import RESULT_HEADINGS
from nianbao.workbook.pen import Pen
from repair import bases, breaking
from repair.test_repair import inputs

EDITION = load_edition("2021")
PLACES = layout(EDITION)
PERSON, BUSINESS = "requests.received.natural_person", "requests.received.business"
REVIEW = "review.reconsideration.upheld"


def base():
    name, book, report, last = bases.every()[0]
    assert name == "2021"
    return breaking.of(book), report, last


def place(key):
    spot = PLACES.values[key]
    return spot.row, spot.column


def name(broken, key, *places):
    """Let the name of a figure point at these places of its sheet."""
    title = PLACES.values[key].sheet
    broken.names = [n for n in broken.names if n[0] != name_of(key)]
    broken.names += [(name_of(key), title, (*p, *p)) for p in places]


def content(broken, title, at, **changes):
    was = broken.sheets[title]
    broken.sheets[title] = replace(was, cells={**was.cells, at: replace(was.cells[at], **changes)})


def of(broken):
    """What was carried, and why what was not, by its place."""
    done = rescued(breaking.opened(broken))
    return done, {one.place: one.why for one in done.left}


def at(key):
    return PLACES.values[key].place


def without(report, *keys):
    return {k: v for k, v in inputs(report).items() if k not in keys}


def test_a_cell_with_the_names_of_two_figures_is_neither():
    broken, report, _ = base()
    name(broken, BUSINESS, place(PERSON))
    done, told = of(broken)
    assert "这一格原来是几个格子" in told[at(PERSON)]
    assert done.report.values == without(report, PERSON), "the other is known by its labels"


def test_two_cells_with_the_name_of_one_figure_are_neither():
    broken, report, _ = base()
    name(broken, BUSINESS, place(BUSINESS), (60, 20))
    done, told = of(broken)
    assert done.report.values == without(report, BUSINESS)
    assert "这张表里有几格都是" in told[at(BUSINESS)]


@pytest.mark.parametrize("named", [True, False])
def test_of_two_rows_of_figures_below_headings_that_name_no_row_neither_is_sure(named):
    broken, report, _ = base()
    keys = [v.key for v in EDITION.table["review"].values if v.key not in EDITION.sums]
    if not named:
        names = {name_of(k) for k in keys}
        broken.names = [n for n in broken.names if n[0] not in names]
    broken.put("表四", (8, 1), 31)
    done, told = of(broken)
    assert done.report.values == without(report, *keys)
    assert told[at(REVIEW)] == "同样的列名下有几行数字，认不出是哪一行"


def test_a_name_below_a_heading_that_is_there_twice_is_gainsaid_by_the_table():
    broken, _report, _ = base()
    other = "review.direct_litigation.upheld"
    name(broken, REVIEW, place(other))
    name(broken, other, place(REVIEW))
    done, told = of(broken)
    assert not {REVIEW, other} & set(done.report.values)
    assert told[at(REVIEW)].startswith("按表格的名称，这一格是")
    assert told[at(REVIEW)].endswith("格子与行名、列名错开了")


def test_a_row_that_lost_its_label_is_carried_by_its_names_unless_others_are_at_a_wrong_cell():
    broken, report, _ = base()
    row, column = place(PERSON)
    label = max(c for r, c in broken.sheets["表三"].cells if r == row and c < column)
    broken.put("表三", (row, label), None)
    assert of(broken)[0].report.values == inputs(report)
    below = "requests.full_grant.natural_person"
    beside = "requests.full_grant.business"
    assert {below, beside} <= set(PLACES.values)
    name(broken, below, place(beside))
    name(broken, beside, place(below))
    done, told = of(broken)
    assert PERSON not in done.report.values
    assert told[at(PERSON)] == "它的行名或列名不在了，这张表里又有格子错了位，不能确定"


def test_a_figure_under_a_merged_cell_is_told():
    broken, _report, _ = base()
    was = broken.sheets["表三"]
    left, right = PLACES.values[PERSON].ref, PLACES.values[BUSINESS].ref
    broken.sheets["表三"] = replace(was, covered={**was.covered, place(BUSINESS): f"{left}:{right}"})
    done, told = of(broken)
    assert BUSINESS not in done.report.values
    assert f"合并单元格{left}:{right}盖住了这里" in told[at(BUSINESS)]


def test_a_figure_that_a_condition_may_change_is_told():
    broken, report, _ = base()
    was = broken.sheets["表三"].cells[place(PERSON)].look
    content(broken, "表三", place(PERSON), look=replace(was, doubt="使字看不见"))
    done, told = of(broken)
    assert done.report.values == without(report, PERSON)
    assert told == {at(PERSON): "这里的条件格式会使字看不见，看到的可能不是所填的"}


def test_categories_below_other_headings_are_told_whole():
    broken, _report, _ = base()
    first = PLACES.typed["category_1"]
    heads = [c for r, c in broken.sheets["总体情况"].cells if r == first.row - 1]
    assert len(heads) > 1
    one, other = ((first.row - 1, c) for c in sorted(heads)[-2:])
    cells = dict(broken.sheets["总体情况"].cells)
    cells[one], cells[other] = cells[other], cells[one]
    broken.sheets["总体情况"] = replace(broken.sheets["总体情况"], cells=cells)
    done, told = of(broken)
    assert not [k for k in done.report.values if k.startswith("published.")]
    assert "category_1" not in done.report.texts
    assert told[at("published.category_1.items")] == "格子与类别、列名错开了，认不出是哪一类的"


def test_a_text_whose_name_reaches_below_another_heading_is_told():
    broken, report, _ = base()
    other = PLACES.texts["introduction"][0]
    broken.names = [(n, t, (other.row, *a[1:])) if n == name_of("overview", "text") else (n, t, a)
                    for n, t, a in broken.names]  # fmt: skip
    done, told = of(broken)
    assert told[other.place] == "认不出是不是这一部分的正文"
    assert done.report.texts["overview"] == report.texts["overview"]


def test_a_text_below_no_heading_is_its_names():
    broken, report, _ = base()
    heads = {fold(b.heading) for s in PLACES.sheets for b in (*s.texts, *s.tables)}
    for spot, cell in broken.sheets["问题与其他"].cells.items():
        if fold(cell.value) in heads:
            broken.put("问题与其他", spot, None)
    done, _ = of(broken)
    assert done.report.texts == report.texts


def test_two_sheets_with_another_text_are_both_told():
    broken, report, _ = base()
    broken.sheets["问题 (2)"] = replace(broken.sheets["问题与其他"], name="问题 (2)")
    spot = PLACES.texts["problems"][0]
    broken.put("问题 (2)", (spot.row, spot.column), "另一份。")
    done, told = of(broken)
    assert "problems" not in done.report.texts
    assert told[spot.place] == told[spot.place.replace("问题与其他", "问题 (2)")]
    assert "几张工作表里都有" in told[spot.place]
    assert done.report.texts["other_matters"] == report.texts["other_matters"]


def longer(broken, *lines):
    """Let 其他 be so long that its last lines stand below the last cell of the form."""
    spots = PLACES.texts["other_matters"]
    for i, spot in enumerate(spots):
        broken.put(spot.sheet, (spot.row, spot.column), f"第{i}段。")
    last = spots[-1]
    for i, line in enumerate(lines, 1):
        broken.put(last.sheet, (last.row + i, last.column), line)
    wanted = name_of("other_matters", "text")
    broken.names = [(n, t, (a[0], a[1], a[2] + len(lines), a[3]) if n == wanted else a) for n, t, a in broken.names]
    return [f"第{i}段。" for i in range(len(spots))]


def test_more_paragraphs_than_the_form_has_cells_for_stand_in_its_last():
    broken, _, _ = base()
    before = longer(broken, "多一段。", "又一段。")
    done, told = of(broken)
    assert done.report.texts["other_matters"] == "\n".join([*before, "多一段。", "又一段。"])
    assert told == {}


def test_more_paragraphs_that_are_no_plain_texts_are_told():
    broken, _, _ = base()
    before = longer(broken, "多一段。", 88)
    done, told = of(broken)
    assert done.report.texts["other_matters"] == "\n".join(before)
    last = PLACES.texts["other_matters"][-1]
    assert set(told) == {f"{last.sheet}!{last.ref[0]}{last.row + i}" for i in (1, 2)}


def test_a_reason_that_lost_what_it_is_about_is_told():
    broken, _, _ = base()
    head, at_ = next((r, c) for (r, c), x in broken.sheets["校验结果"].cells.items() if x.value == "说明（请填写）")
    broken.put("校验结果", (head + 1, at_), "机构合并")
    done, told = of(broken)
    assert list(told.values()) == ["认不出这条说明是针对哪个问题的（“指纹”不在了）"]
    broken.put(
        "校验结果", (head + 1, at_ + RESULT_HEADINGS.index("指纹") - RESULT_HEADINGS.index("说明（请填写）")), "C6:a"
    )
    done, told = of(broken)
    assert ([r.text for r in done.reasons.values()], told) == (["机构合并"], {})


def test_last_year_on_a_sheet_that_came_apart_is_told():
    broken, _, _last = base()
    broken.sheets["上年数据"] = replace(broken.sheets["上年数据"], covered={})
    done, told = of(broken)
    assert done.last_year is None
    assert {p.partition("!")[0] for p in told} == {"上年数据"}
    assert len(told) > 100


def test_a_table_of_last_year_with_another_label_is_read_by_the_others():
    broken, _, last = base()
    (spot,) = [p for p, c in broken.sheets["上年数据"].cells.items() if fold(c.value) == "行政许可"]
    broken.put("上年数据", spot, "别的")
    done, told = of(broken)
    lost = {k for k in last.values if k not in done.last_year.values}
    assert lost
    assert {k.rpartition(".")[0] for k in lost} == {"proactive.licences"}
    assert done.last_year.values.items() <= last.values.items()
    assert {t.rpartition("!")[2][1:] for t in told} == {str(spot[0])}


def test_a_sheet_that_is_damaged_is_told_and_the_others_are_carried(tmp_path):
    def cut(parts):
        part = part_of(parts, "表二")
        parts[part] = parts[part].replace(b"</sheetData>", b"")

    done = rescued(open_broken(patched(saved(tmp_path, filled()), cut)))
    assert [(o.place, "已经损坏" in o.why) for o in done.left] == [("表二", True)]
    table = {v.key for v in EDITION.table["proactive"].values}
    assert done.report.values == {k: v for k, v in inputs(filled()).items() if k not in table}


def test_an_edition_of_ones_own_is_taken_as_it_was_asked_for():
    broken, _, _ = base()
    own = replace(EDITION, name="某县用表")
    assert edition_of(breaking.opened(broken), own) is own


def test_more_than_two_thousand_places_are_counted_below_the_first(monkeypatch):
    monkeypatch.setattr(sheet, "_MOST", 2)
    book = Workbook()
    book.active.title = sheet.SHEET
    sheet.drawn([Left(f"表三!A{n}", str(n), "认不出") for n in range(5)])(Pen(book.active))
    rows = [[c.value for c in row] for row in book.active.iter_rows(min_row=4)]
    assert rows == [["表三!A0", "0", "认不出"], ["表三!A1", "1", "认不出"], ["其余", "还有 3 处", "请对照原来的文件"]]
