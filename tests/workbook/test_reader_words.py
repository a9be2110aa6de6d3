"""What the workbook's reader says exactly: cells named up to a number, contents quoted, hidden things listed."""

import datetime
from dataclasses import replace

import pytest

from books import filled
from nianbao.errors import InputError
from nianbao.findings import Places, Severity
from nianbao.form import load_edition
from nianbao.report import Reason
from nianbao.workbook import (
    display,
    facts,
    figures,
    formulas,
    hidden,
    last_year_and_reasons,
    layout,
    live_checks,
    rulesyears,
)
from nianbao.workbook.address import Spot
from nianbao.workbook.celltext import CELL_LIMIT, cell_text
from nianbao.workbook.contents import CellLook, Content, Sheet
from nianbao.workbook.looks import STRUCK
from nianbao.workbook.read import read_book
from nianbao.workbook.reading_notes import Notes
from nianbao.workbook.ruleterms import FigureTerms
from sheets import WHOLE, Book, moved, put

EDITION = load_edition("2021")
PLACES = layout(EDITION)
KEYS = [v.key for v in EDITION.table["requests"].values]


def notes():
    return Notes(EDITION, Places(EDITION, PLACES.places))


def problem(finding):
    return finding.message.partition(f"规则 {finding.rule}")[0]


@pytest.mark.parametrize(
    ("value", "quoted"),
    [(True, "“TRUE”"), (False, "“FALSE”"), (3, "“3”"), ("字" * 30, f"“{'字' * 30}”"), ("字" * 31, f"“{'字' * 30}…”")],
)
def test_what_stands_in_a_cell_is_quoted_and_cut_at_thirty(value, quoted):
    assert figures.shown(value) == quoted


@pytest.mark.parametrize(("cells", "more"), [(6, ""), (7, "等7格")])
def test_a_hint_names_six_cells_and_counts_all(cells, more):
    found = notes()
    found.hint("W2", KEYS[:cells], "这里的数字写成了文字")
    (hint,) = found.findings
    assert (hint.severity, hint.place, hint.cells) == (Severity.HINT, "表三!D7", tuple(KEYS[:cells]))
    named = "、".join(found.places.named(k) for k in KEYS[:6])
    assert problem(hint) == f"{named}{more}：这里的数字写成了文字。"
    found.hint("W2", [], "没有")
    assert len(found.findings) == 1


def test_a_refused_cell_is_an_error_with_its_cure_and_is_remembered():
    found = notes()
    found.refuse(KEYS[0], "读不出", "改填数字")
    (error,) = found.findings
    assert (error.rule, error.severity, error.place, error.cells) == ("W2", Severity.ERROR, "表三!D7", (KEYS[0],))
    assert error.message.startswith("表三!D7（自然人·本年新收）：读不出。")
    assert error.message.endswith("改填数字。")
    assert found.unread == {KEYS[0]}


def looked(rows=(), columns=()):
    found = notes()
    sheet = Sheet("表三", {}, frozenset(rows), frozenset(columns))
    hidden.look(PLACES, Book(), {"表三": sheet}, found)
    return [(f.rule, f.severity, f.place, problem(f)) for f in found.findings]


def test_hidden_rows_are_named_up_to_twelve_and_only_those_with_inputs():
    first = "表三：第" + "、".join(map(str, range(7, 19))) + "行被隐藏，里面有要填的格子。"
    assert looked(range(7, 19)) == [("W4", Severity.HINT, "表三", first)]
    assert looked(range(1, 20))[0][3] == first.replace("行", "等行", 1)
    assert looked([1, 2, 3]) == []
    assert looked(columns=[4, 5]) == [("W4", Severity.HINT, "表三", "表三：D、E列被隐藏，里面有要填的格子。")]
    assert looked(columns=[1, 40]) == []


def said(value, key="name", **more):
    """One fact as the reader takes it from its cell."""
    spot = PLACES.fields[key]
    sheet = Sheet(spot.sheet, {(spot.row, spot.column): Content(value, **more)}, frozenset(), frozenset())
    found = notes()
    told = facts.read_facts(PLACES, {spot.sheet: sheet}, frozenset(), found)
    return told, [(f.severity, problem(f).partition("：")[2]) for f in found.findings], found.unread


@pytest.mark.parametrize(
    ("typed", "year"),
    [("2025", 2025), (2025, 2025), (2025.0, 2025), ("2025年", 2025), ("２０２５年度", 2025), (" 2025 ", 2025)],
)
def test_a_year_is_read_as_it_is_typed(typed, year):
    told, found, _ = said(typed, "year")
    assert (told.year, found) == (year, [])


@pytest.mark.parametrize("typed", ["二〇二五", "25", "2025年1月", "20255"])
def test_what_is_no_year_is_refused(typed):
    told, found, unread = said(typed, "year")
    assert (told.year, unread) == (None, {"year"})
    assert found == [(Severity.ERROR, f"这里写的是“{typed}”，读不出年度。")]


def test_a_level_outside_the_list_is_refused_with_the_choices():
    told, found, unread = said("村", "level")
    assert (dict(told.body), unread) == ({}, {"level"})
    assert found == [(Severity.ERROR, "这里写的是“村”，不在可选的级别中。")]
    assert dict(said("街道", "level")[0].body) == {"level": "street"}


def test_a_date_is_kept_as_printed_and_one_that_is_none_refused():
    assert dict(said("2026-1-12", "signed_on")[0].body) == {"signed_on": "2026年1月12日"}
    assert dict(said(datetime.date(2026, 1, 12), "signed_on")[0].body) == {"signed_on": "2026年1月12日"}
    told, found, _ = said("一月", "signed_on")
    assert dict(told.body) == {}
    assert found == [(Severity.ERROR, "这里写的是“一月”，读不出日期。")]


def test_a_fact_that_is_a_formula_is_taken_with_its_result_or_refused_without():
    told, found, _ = said("永平镇", formula="=A1")
    assert dict(told.body) == {"name": "永平镇"}
    assert found == [(Severity.HINT, f"{PLACES.fields['name'].ref}是公式，已采用公式的结果。")]
    told, found, unread = said(None, formula="=A1&B1")
    assert (dict(told.body), unread) == ({}, {"name"})
    assert found == [(Severity.ERROR, f"{PLACES.fields['name'].ref}是公式（=A1&B1），文件中没有存它的结果，没有采用。")]
    told, found, unread = said("#N/A", error=True)
    assert (dict(told.body), unread) == ({}, {"name"})
    assert found == [(Severity.ERROR, f"{PLACES.fields['name'].ref}是错误值“#N/A”，没有采用。")]


@pytest.mark.parametrize(("typed", "zero", "told"), [("是", True, 0), ("否", False, 0), ("好", False, 1)])
def test_whether_blanks_mean_zero_is_yes_only_when_yes_is_said(typed, zero, told):
    key = next(f.id for f in EDITION.fields if f.kind == "yesno")
    read, found, _ = said(typed, key)
    assert (read.blank_means_zero, len(found)) == (zero, told)


def results(*rows):
    headings = list(last_year_and_reasons.RESULT_HEADINGS)
    text_at, print_at = headings.index("说明（请填写）") + 1, headings.index("指纹") + 1
    cells = {}
    for row, (text, fingerprint) in enumerate(rows, 10):
        cells |= {(row, text_at): Content(text), (row, print_at): Content(fingerprint)}
    return Sheet("校验结果", {k: c for k, c in cells.items() if c.value is not None}, frozenset(), frozenset())


def test_reasons_are_read_with_the_fingerprint_beside_them():
    found = last_year_and_reasons.reasons(
        results(("说明（请填写）", "指纹"), ("合并了机构", "C6:a:b"), (None, "C7:a:b"), ("没有指纹", None))
    )
    assert [(r.fingerprint, r.text) for r in found] == [("C6:a:b", "合并了机构")]


def test_a_sheet_without_last_years_edition_carries_no_report():
    assert last_year_and_reasons.last_year(Sheet("上年数据", {}, frozenset(), frozenset()), EDITION, "2021") is None
    other = Sheet("上年数据", {(5, 1): Content("edition"), (5, 4): Content("没有这个")}, frozenset(), frozenset())
    assert last_year_and_reasons.last_year(other, EDITION, "2021") is None
    known = replace(
        other, cells={**other.cells, (5, 4): Content("2021"), (6, 1): Content("year"), (6, 4): Content("去年")}
    )
    assert (
        last_year_and_reasons.last_year(known, EDITION, "2021").year,
        last_year_and_reasons.last_year(known, EDITION, "x.toml").edition,
    ) == (
        None,
        "x.toml",
    )


def test_places_of_inputs_begin_where_the_form_has_them():
    assert PLACES.values[KEYS[0]] == Spot("表三", 7, 4)


@pytest.fixture
def whole():
    return WHOLE


def told(whole, **changed):
    """Read the workbook with some sheets changed: the reading; class, place and count of cells of each finding; words.

    The words are those before the rule and those after it.
    """
    found = read_book(
        Book({**whole, **{n: put(whole[n], c) if isinstance(c, dict) else c for n, c in changed.items()}})
    )
    heads = [(f.rule, f.severity.value, f.place, len(f.cells)) for f in found.findings]
    return found, heads, [(f.what, f.how) for f in found.findings]


OWN = '=IF(COUNT(D11:I11)=0,"",SUM(D11:I11))'
DAY = datetime.datetime(2026, 1, 12)  # noqa: DTZ001 - a day of a calendar
EXACT = "填准确的一个数字，不写单位、范围和“左右”“余”"
REPAIR = "用“填报表修复”（nianbao new --repair）把内容转到一份新的填报表"
AGAIN = f"合计以重算为准；要恢复公式，请{REPAIR}"


@pytest.mark.parametrize(
    ("cells", "head", "said", "how"),
    [({"D7": "十几"}, ("W2", "error", "表三!D7", 1), "这里写的是“十几”，读不出确定的数字，没有采用", EXACT),
     ({"H7": Content(None, "=" + "1+" * 30)}, ("W2", "error", "表三!H7", 1),
      "这里是公式（=1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1），文件中没有存它的结果，没有采用", "改填数字"),
     ({"D7": "1,007件", "E7": "１４"}, ("W2", "hint", "表三!D7", 2),
      "这里的数字写成了文字，已照字面采用（“1,007件”按1007、“１４”按14）", "去掉单位，改填 1007；改用半角数字 14"),
     ({"G7": Content(1337, "=1+1336")}, ("W2", "hint", "表三!G7", 1), "数字格里是公式，已采用公式的结果",
      "改填数字，免得随别的格子变化"),
     ({"J8": 5}, ("W2", "hint", "表三!J8", 1), "合计格的公式被数字盖掉，已采用所填的数字",
      "核对这个数；恢复公式可从一份新的标准填报表复制这一格"),
     ({"J9": None}, ("W2", "hint", "表三!J9", 1), "合计格的公式不见了，已按各格重算", AGAIN),
     ({"J11": Content(9255, "=SUM(D11:I11)")}, ("W2", "hint", "表三!J11", 1), "合计格的公式被改动，已按各格重算",
      AGAIN),
     ({"J11": Content(None, '=IF(COUNT(D11:I11)=0,"",SUM(D11:I11))')}, ("W3", "hint", "表三!J11", 1),
      "合计格没有存计算结果，已按各格重算", "在 Excel 或 WPS 中打开并保存一次即可"),
     ({"J11": Content(99, '=IF(COUNT(D11:I11)=0,"",SUM(D11:I11))')}, ("W3", "hint", "表三!J11", 1),
      "合计格存的结果与按各格重算的不同（“99”重算为9255），已采用重算的数",
      "报告按重算的数；在 Excel 或 WPS 中打开，按 F9 重新计算后保存"),
     ({"J11": Content(9255, OWN, look=CellLook("0,"))}, ("W3", "hint", "表三!J11", 1),
      "这里存的是“9255”，显示为“9”（格式“0,”）；报告按重算的9255", "这一格的格式改为“常规”，与报告对照"),
     ({"J11": Content(9255, look=CellLook("0,"))}, ("W2", "error", "表三!J11", 1),
      "这里存的是“9255”，显示为“9”（格式“0,”），没有采用", display.CURE),
     ({"D7": Content(DAY, look=CellLook("yyyy-mm-dd", STRUCK))}, ("W2", "error", "表三!D7", 1),
      f"这里存的是“2026-01-12”，但{STRUCK}，没有采用", display.CURE),
     ({"D7": 10**400}, ("W2", "error", "表三!D7", 1), f"这里写的是“1{'0' * 29}…”，读不出确定的数字，没有采用",
      "改填数字；没有发生的填0")],
)  # fmt: skip
def test_an_odd_figure_is_told_with_its_cell_its_contents_and_its_cure(cells, head, said, how, whole):
    _, heads, words = told(whole, 表三=cells)
    assert (heads[0], words[0]) == (head, (said, how))


def test_a_formula_is_the_forms_own_whatever_its_spaces_dollars_and_case(whole):
    ours = Content(9255, '=if(count($D$11:$I$11) = 0, "", sum($D$11:$I$11))')
    assert told(whole, 表三={"J11": ours})[1] == []


def test_a_total_is_stale_only_when_it_differs_by_more_than_a_millionth(whole):
    near, far = 9255 + 0.0000005, 9255 + 0.000002
    formula = whole["表三"].at(11, 10).formula
    assert told(whole, 表三={"J11": Content(near, formula)})[1] == []
    assert [h[0] for h in told(whole, 表三={"J11": Content(far, formula)})[1]] == ["W3"]


def test_a_total_over_an_unread_part_is_unread_until_it_is_typed(whole):
    assert {"requests.received.natural_person", "requests.received.total"} == told(whole, 表三={"D7": "十几"})[0].unread
    found, _, _ = told(whole, 表三={"D7": "十几", "J7": 50})
    assert found.unread == {"requests.received.natural_person"}
    assert found.report.values["requests.received.total"] == 50


@pytest.mark.parametrize(
    ("cells", "head", "said", "how"),
    [({"B6": "去年"}, ("W2", "error", "基本信息!B6", 1), "这里写的是“去年”，读不出年度",
      "改填四位数的年度，例如 2025"),
     ({"B7": "村"}, ("W2", "error", "基本信息!B7", 1), "这里写的是“村”，不在可选的级别中",
      "从下拉列表中选择：" + "、".join(x.label for x in EDITION.levels)),
     ({"B15": "月底"}, ("W2", "error", "基本信息!B15", 1), "这里写的是“月底”，读不出日期", "改填日期，例如 2026-1-12"),
     ({"B16": "好"}, ("W2", "error", "基本信息!B16", 1), "这里写的是“好”，不知道是是还是否，按“否”处理",
      "改选“是”或“否”"),
     ({"B5": Content("#N/A", "", True)}, ("W2", "error", "基本信息!B5", 1), "B5是错误值“#N/A”，没有采用",
      "改写成文字；以“=”开头的文字前面加一个单引号"),
     ({"B5": Content(None, "=" + "A1&" * 20)}, ("W2", "error", "基本信息!B5", 1),
      f"B5是公式（={'A1&' * 13}），文件中没有存它的结果，没有采用", "改写成文字"),
     ({"B5": Content("永平镇", "=A1")}, ("W2", "hint", "基本信息!B5", 1), "B5是公式，已采用公式的结果",
      "改写成文字，免得随别的格子变化"),
     ({"B5": Content("永平镇", look=CellLook("General", STRUCK))}, ("W2", "error", "基本信息!B5", 1),
      f"B5：这里存的是“永平镇”，但{STRUCK}，没有采用", display.CURE),
     ({"B5": Content("永平镇", look=CellLook(";;;"))}, ("W2", "error", "基本信息!B5", 1),
      "B5：这里存的是“永平镇”，显示出来是空白（格式“;;;”），没有采用", display.CURE),
     ({"B5": Content("永平镇", look=CellLook("General", doubt="使字看不见"))}, ("W2", "hint", "基本信息!B5", 1),
      "B5的条件格式会使字看不见，看到的可能不是所填的内容", "去掉这一条件格式，核对所填的内容"),
     ({"B15": Content(DAY, look=CellLook("yyyy-mm-dd", STRUCK))}, ("W2", "error", "基本信息!B15", 1),
      f"B15存的是2026年1月12日，但{STRUCK}，没有采用", display.CURE)],
)  # fmt: skip
def test_an_odd_fact_is_told_with_its_cell_its_contents_and_its_cure(cells, head, said, how, whole):
    _, heads, words = told(whole, 基本信息=cells)
    assert (heads, words) == ([head], [(said, how)])


def test_a_fact_under_a_merged_cell_is_told_and_not_taken(whole):
    found, heads, words = told(whole, 基本信息=replace(whole["基本信息"], covered={(5, 2): "A5:B5"}))
    assert (heads, found.report.body.get("name")) == ([("W2", "error", "基本信息!B5", 1)], None)
    assert words[0][0] == f"合并单元格A5:B5盖住了B5，里面的“{filled().body['name']}”看不到，没有采用"


def test_a_truth_in_a_fact_is_taken_as_it_is_displayed():
    assert [said(value)[0].body["name"] for value in (True, False)] == ["TRUE", "FALSE"]


def test_facts_after_a_blank_or_lost_one_are_read(whole):
    found, heads, _ = told(whole, 基本信息={"B8": None, "A9": "别的"})
    assert heads == [("W1", "error", "基本信息!A9", 1)]
    assert set(filled().body) - set(found.report.body) == {"county", "office"}
    assert found.report.body["signed_on"] == "2026年1月12日"


MOVED = "移动了位置的格子都没有读"


@pytest.mark.parametrize(
    ("name", "at", "by", "columns", "place", "cells", "said"),
    [("表三", 8, 1, False, "表三!A8", 196,
      "“二、上年结转政府信息公开申请数量”应在第8行，现在在第9行，它的上面多出1行"),
     ("表三", 12, 2, False, "表三!C12", 168, "“2.其他法律行政法规禁止公开”应在第12行，现在在第14行，它的上面多出2行"),
     ("表三", 9, -1, False, "表三!B10", 189,
      "“（二）部分公开（区分处理的，只计这一情形，不计其…”应在第10行，现在在第9行，它的上面少了1行"),
     ("表三", 4, 1, True, "表三!D4", 203, "“申请人情况”应在D列，现在在E列，它的左边多出1列"),
     ("表四", 7, -1, True, "表四!H6", 9, "“其他结果”应在H列，现在在G列，它的左边少了1列"),
     ("表四", 7, 1, False, "表四!A8", 15, "“A4 勾稽差（总计－各项之和）”应在第8行，现在在第9行，它的上面多出1行"),
     ("基本信息", 7, 1, False, "基本信息!A7", 11, "“级别”应在第7行，现在在第8行，它的上面多出1行"),
     ("基本信息", 1, 1, False, "基本信息!A4", 13, "“格式版本”应在第4行，现在在第5行，它的上面多出1行"),
     ("总体情况", 18, 1, False, "总体情况!A18", 18, "“2”应在第18行，现在在第19行，它的上面多出1行")],
)  # fmt: skip
def test_lines_put_in_or_taken_out_are_told_once_with_all_cells_that_moved(
    name, at, by, columns, place, cells, said, whole
):
    there = Book({**whole, name: moved(whole[name], at, by, columns=columns)})
    found = read_book(there, "2021")
    w1 = [f for f in found.findings if f.rule == "W1"]
    assert [(f.severity.value, f.place, len(f.cells)) for f in w1] == [("error", place, cells)]
    assert problem(w1[0]) == f"{place}：{said}；{MOVED}。"
    assert set(w1[0].cells) <= found.unread
    assert found.report.values.items() <= filled().values.items()


def test_lines_moved_back_in_place_further_down_are_read(whole):
    there = moved(moved(whole["表三"], 20, -1), 8, 1)
    found, heads, _ = told(whole, 表三=there)
    assert [h[2] for h in heads if h[0] == "W1"] == ["表三!A8", "表三!C21"]
    back = next(f for f in read_book(Book({**whole, "表三": there}), "2021").findings if f.place == "表三!C21")
    assert "”仍在第21行，而它的上面少了1行，与前面移动的相抵；" in problem(back)
    right = filled().values
    for row in ("received", "not_processed.repeated", "pending_end"):
        keys = [k for k in right if k.startswith(f"requests.{row}.")]
        assert keys
        assert {k: found.report.values.get(k) for k in keys} == {k: right[k] for k in keys}


@pytest.mark.parametrize(
    ("name", "ref", "printed", "lost"),
    [("表三", "A8", "二、上年结转政府信息公开申请数量", 7), ("表三", "E6", "商业企业", 25),
     ("表三", "D5", "自然人", 25),
     ("表三", "B9", "（一）予以公开", 7), ("表三", "A9", "三、本年度办理结果", 154), ("表二", "B5", "本年制发件数", 2),
     ("表二", "A4", "第二十条第（一）项", 6), ("表四", "A4", "行政复议", 5), ("表四", "A5", "结果维持", 1),
     ("基本信息", "A7", "级别", 1)],
)  # fmt: skip
def test_a_changed_label_is_told_with_what_stands_there_and_the_cells_it_governs(name, ref, printed, lost, whole):
    found, heads, words = told(whole, **{name: {ref: "改" * 30}})
    assert heads == [("W1", "error", f"{name}!{ref}", lost)]
    assert words == [
        (f"这里应印着“{printed}”，现在是“{'改' * 24}”；它所管的格子没有读",
         f"请把{ref}改回“{printed}”；如果移动过格子，请撤销，或{REPAIR}")
    ]  # fmt: skip
    assert len(set(found.findings[0].cells) & found.unread) == lost


def test_changed_labels_add_up_over_lines_and_sheets(whole):
    found, heads, words = told(whole, 表三={"A7": None, "A8": "改"}, 表四={"A5": "改"})
    assert [h[2:] for h in heads] == [("表三!A7", 7), ("表三!A8", 7), ("表四!A5", 1)]
    assert words[0][0] == "这里应印着“一、本年新收政府信息公开申请数量”，现在是空的；它所管的格子没有读"
    assert len(found.unread) == 15 + 1  # and the total of the cell lost in 表四
    assert told(whole, 表三={"A4": "改"})[1] == [("W1", "error", "表三!A4", 0)]


def test_more_than_five_changed_labels_are_one_finding_for_the_sheet(whole):
    refs = ["A7", "A8", "B9", "B10", "C11", "C12"]
    assert len(told(whole, 表三=dict.fromkeys(refs[:5], "改"))[1]) == 5
    found, heads, words = told(whole, 表三=dict.fromkeys(refs, "改"))
    assert heads == [("W1", "error", "表三!A7", 203)]
    assert words[0][0] == (
        "本表有6处印好的文字不在原位或被改动，例如这里应印着“一、本年新收政府信息公开申请数量”；整张表没有读"
    )
    assert not any(k.startswith("requests.") for k in found.report.values)


def test_labels_are_looked_for_where_rows_moved_them(whole):
    below = put(moved(whole["表三"], 8, 1), {"C21": "改"})
    assert [h[2] for h in told(whole, 表三=below)[1] if h[0] == "W1"] == ["表三!A8", "表三!C20"]
    beside = put(moved(whole["表三"], 4, 1, columns=True), {"F6": "改"})
    assert [h[2] for h in told(whole, 表三=beside)[1] if h[0] == "W1"] == ["表三!D4", "表三!E6"]


def test_hidden_texts_and_facts_are_inputs_too():
    found = notes()
    rows = frozenset({PLACES.fields["year"].row})
    text = PLACES.texts["overview"][1]
    sheets = {
        "基本信息": Sheet("基本信息", {}, rows, frozenset()),
        text.sheet: Sheet(text.sheet, {}, frozenset({text.row}), frozenset()),
    }
    hidden.look(PLACES, Book(), sheets, found)
    assert [(f.place, problem(f).partition("：")[2]) for f in found.findings] == [
        ("基本信息", f"第{PLACES.fields['year'].row}行被隐藏，里面有要填的格子。"),
        (text.sheet, f"第{text.row}行被隐藏，里面有要填的格子。"),
    ]


def test_the_edition_is_found_beside_its_label_when_its_name_is_lost(whole):
    for named in (None, ("表三", 1, 1), ("基本信息", 30, 2)):
        assert read_book(Book(whole, named)).report == filled()
    unknown = put(whole["基本信息"], {"B4": "自" * 41})
    with pytest.raises(InputError, match=f"“填报表.xlsx”的基本信息!B4写的格式版本“{'自' * 40}”不是程序自带的"):
        read_book(Book({**whole, "基本信息": unknown}))
    for nameless in ({"B4": None}, {"A4": None, "B4": None}):
        with pytest.raises(InputError, match="“基本信息”里没有“格式版本”"):
            read_book(Book({**whole, "基本信息": put(whole["基本信息"], nameless)}, None))


def test_last_year_is_carried_whole_with_its_texts_and_reasons_beside_their_fingerprints(whole):
    found = read_book(Book({**whole, "校验结果": results(("因为合并", "H1:a:b"))}))
    assert found.last_year == filled("2019", year=2020)
    assert found.reasons == (Reason("H1:a:b", "因为合并"),)
    assert read_book(Book({k: s for k, s in whole.items() if k not in ("上年数据", "校验结果")})).last_year is None


def test_a_text_is_kept_as_a_cell_holds_it_or_refused_by_its_place():
    assert cell_text("a_x0041_b", "x") == "a_x005F_x0041_b"
    assert cell_text("字" * CELL_LIMIT, "x") == "字" * CELL_LIMIT
    with pytest.raises(InputError, match="总体情况!B17：文字有 32768 个字，一个单元格最多放 32767 个字，请分段"):
        cell_text("字" * (CELL_LIMIT + 1), "总体情况!B17")
    with pytest.raises(InputError, match="总体情况!B17"):
        cell_text("\ud800", "总体情况!B17")


CHECKS = [c for s in PLACES.sheets for b in s.tables for c in b.checks]
FEE = [f"fee.processing_fee.{c}" for c in ("notices", "amount_notified", "amount_received")]
RULES = [f"proactive.regulations.{c}" for c in ("issued", "repealed", "in_force")]

TOTAL, PARTS = "published.total.items", [f"published.category_{n}.items" for n in (1, 2)]

FLOW = [f"requests.{row}.natural_person" for row in ("received", "pending_start", "total", "pending_end")]


def check_of(test, *keys):
    return next(c for c in CHECKS if c.test is test and set(keys) <= set(c.keys))


@pytest.mark.parametrize(
    ("test", "values", "level", "shown"),
    [
     (live_checks.Test.AT_LEAST, dict(zip(RULES, (5, 1, 2), strict=True)), "", -2),
     (live_checks.Test.AT_LEAST, dict(zip(RULES, (5, 3, 2), strict=True)), "", 0),
     (live_checks.Test.AT_LEAST, dict(zip(RULES, (1, 3, 2), strict=True)), "", 0),
     (live_checks.Test.AT_LEAST, dict(zip(RULES[:2], (5, 1), strict=True)), "", "未核对"),
     (live_checks.Test.TENS, {FEE[1]: 105, FEE[2]: 7}, "", 12), (live_checks.Test.TENS, {FEE[2]: 7}, "", 7),
     (live_checks.Test.TENS, {}, "", ""),
     (live_checks.Test.BOTH_OR_NONE, {FEE[0]: 1, FEE[1]: 0}, "", 1),
     (live_checks.Test.BOTH_OR_NONE, {FEE[0]: 0, FEE[1]: 9}, "", 1),
     (live_checks.Test.BOTH_OR_NONE, {FEE[0]: 1, FEE[1]: 9}, "", 0),
     (live_checks.Test.BOTH_OR_NONE, {FEE[0]: 0, FEE[1]: 0}, "", 0),
     (live_checks.Test.BOTH_OR_NONE, {FEE[0]: 1}, "", "未核对"),
     (live_checks.Test.NONE_FOR_LOWER, {RULES[0]: 2, RULES[2]: 3}, "town", 5),
     (live_checks.Test.NONE_FOR_LOWER, {}, "town", "未核对"),
     (live_checks.Test.NONE_FOR_LOWER, {RULES[0]: 2}, "", 2),
     (live_checks.Test.NONE_FOR_LOWER, {RULES[0]: 2}, "city", 2),
     (live_checks.Test.NONE_FOR_LOWER, {RULES[0]: 2}, "higher", 0),
     (live_checks.Test.EQUAL, dict(zip(FLOW, (5, 1, 4, 1), strict=True)), "", 1),
     (live_checks.Test.EQUAL, dict(zip(FLOW, (5, 0, 5, 0), strict=True)), "", 0),
     (live_checks.Test.EQUAL, dict(zip(FLOW, (5, 0), strict=False)), "", "未核对"),
     (live_checks.Test.EQUAL, {}, "", "未核对"),
     (live_checks.Test.OWN_TOTAL, {PARTS[0]: 3, PARTS[1]: 4}, "", 7),
     (live_checks.Test.OWN_TOTAL, {PARTS[0]: 0}, "", 1), (live_checks.Test.OWN_TOTAL, {}, "", ""),
     (live_checks.Test.OWN_TOTAL, {TOTAL: 9}, "", 0),
     (live_checks.Test.OWN_TOTAL, {TOTAL: 9, PARTS[0]: 3, PARTS[1]: 4}, "", 2)],
)  # fmt: skip
def test_a_check_shows_how_far_the_figures_are_from_its_rule(test, values, level, shown):
    keys = {
        live_checks.Test.TENS: FEE[1:], live_checks.Test.BOTH_OR_NONE: FEE[:2], live_checks.Test.OWN_TOTAL: [TOTAL],
        live_checks.Test.EQUAL: FLOW,
    }.get(test, RULES)  # fmt: skip
    assert formulas.check_result(PLACES, check_of(test, *keys), values, level) == shown


def test_the_summary_counts_what_differs():
    told = [formulas.summary_result(r, "不符", "缺数") for r in (["", ""], ["", 0], [0, 2, "", -1], [0, "未核对"])]
    assert told == [formulas.NOTHING, "相符", "有 2 处不符", f"{formulas.NOT_JUDGED}缺数"]
    found = formulas.summary_formula(["'表三'!A1:B2", "'表四'!C3"], "不符", "缺数")
    assert all(found.count(f"{one}(") == n for one, n in (("=IF", 1), (",IF", 2), ("(COUNT", 1), ("COUNTIF", 10)))
    assert formulas.outside(["D7:I8", "J9"], "表'三") == ["'表''三'!D7:I8", "'表''三'!J9"]


def test_totals_are_added_where_they_are_not_given_and_blanks_count_nothing():
    row = "requests.received"
    found = formulas.with_totals(PLACES, {f"{row}.natural_person": 3, f"{row}.business": 4})
    assert found == {f"{row}.natural_person": 3, f"{row}.business": 4, f"{row}.total": 7}
    kept = formulas.with_totals(PLACES, {f"{row}.natural_person": 3, f"{row}.total": 9})
    assert kept[f"{row}.total"] == 9


def test_a_form_whose_rule_has_nothing_to_compare_gets_no_formula_for_it():
    """A form of somebody's own, in which no kind of applicant has a column of 上年结转."""
    kept = [v for v in EDITION.table["requests"].values if not v.key.startswith("requests.pending_start.") or v.total]
    tables = tuple(replace(t, values=tuple(kept)) if t.id == "requests" else t for t in EDITION.tables)
    own = replace(PLACES, edition=replace(EDITION, tables=tables))
    made = [rulesyears.carried_by_applicant(FigureTerms(x, EDITION.rules[0])) for x in (own, PLACES)]
    assert (made[0], made[1][1]) == (("", ""), "requests.pending_start.business")


def test_a_rule_on_figures_that_may_be_left_out_says_nothing_where_none_is_there():
    terms = FigureTerms(PLACES, EDITION.rules[0])
    given, wanted = terms.blank("published.total.items"), terms.blank("published.total.items", KEYS[0])
    assert given == f'IF(COUNT({terms.cells(["published.total.items"])})=0,"",{wanted})'
    assert "COUNT" not in wanted
