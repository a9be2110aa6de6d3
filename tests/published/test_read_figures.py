"""What is told of the cells found: figures taken, cells refused, rows missing or too many, words not the form's."""

import pytest

from nianbao.findings import Places, Severity
from nianbao.form import load_edition
from nianbao.published import read_figures
from nianbao.published.expected import ExpectedRow
from nianbao.published.found_cells import Extra, Found, FoundCell, UnsureRow, Worded
from nianbao.published.model import Grid, GridCell
from nianbao.published.notes import Notes, shown

EDITION = load_edition("2021")
RECEIVED = [k for k in EDITION.values if k.startswith("requests.received.")]
NAMED = [f"表三（{EDITION.values[k].place}）" for k in RECEIVED]
LICENCES, AMOUNT = "proactive.licences.decisions", "proactive.charges.amount"
REVIEW = ExpectedRow("review", (), tuple(k for k in EDITION.values if k.startswith("review.")))


def spot(text, place="", grid="第1张表", page="", of=""):
    return FoundCell(GridCell(0, 0, 1, 1, text, place, of), Grid((), grid, page))


def found(cells=(), refused=(), missing=(), extras=(), worded=(), headless=()):
    written = {k: s if isinstance(s, FoundCell) else spot(s) for k, s in dict(cells).items()}
    return Found(EDITION, written, tuple(refused), tuple(missing), tuple(extras), tuple(worded),
                 frozenset(headless), {})  # fmt: skip


def said(of):
    """The figures, the findings up to the rule they quote, and the cells not read."""
    notes = Notes(EDITION, Places(EDITION, read_figures.places(of)))
    figures = read_figures.read(of, notes)
    told = [(f.rule, f.place, f.cells, f.message.partition(f"规则 {f.rule}")[0].rstrip("。")) for f in notes.findings]
    return figures, told, notes.unread


def test_a_finding_has_its_rules_class_and_ends_with_its_rules_cure():
    notes = Notes(EDITION, Places(EDITION, {}))
    read_figures.read(found({LICENCES: "约3", RECEIVED[0]: "3件"}), notes)
    told = [(f.severity, f.message.rpartition("）。")[2].rstrip("。")) for f in notes.findings]
    rules = [EDITION.rule[r] for r in ("R1", "R2")]
    assert told == [(Severity(r.severity), r.mend.rstrip("。")) for r in rules]


@pytest.mark.parametrize(("count", "more"), [(6, ""), (7, "等7格")])
def test_of_many_cells_six_are_named(count, more):
    ((_, _, cells, words),) = said(found(dict.fromkeys(RECEIVED[:count], "约3")))[1]
    assert (len(cells), words.partition("：")[0]) == (count, "、".join(NAMED[:6]) + more)


def row(label, table="proactive", count=1):
    return ExpectedRow(table, (label,), tuple(f"{label}{i}" for i in range(count)))


@pytest.mark.parametrize(
    ("cell", "place"),
    [(spot("1", "第8行第4列"), "表三 第8行第4列"), (spot("1"), "表三"),
     (spot("1", "第8行第4列", page="第3页"), "第3页 表三 第8行第4列"),
     (spot("1", "第8行第4列", page="第3页", of="第4页"), "第4页 表三 第8行第4列")],
)  # fmt: skip
def test_a_figure_stands_in_a_cell_of_its_table_on_its_page(cell, place):
    assert read_figures.places(found({RECEIVED[0]: cell})) == {RECEIVED[0]: place}


def test_plain_figures_are_taken_without_a_word_and_blanks_are_absent():
    assert said(found({LICENCES: "12", RECEIVED[0]: "0", RECEIVED[1]: " "})) == (
        {LICENCES: 12, RECEIVED[0]: 0},
        [],
        set(),
    )


def test_cells_that_say_the_same_unreadable_thing_in_one_table_are_told_together():
    cells = {
        LICENCES: "约3",
        RECEIVED[0]: spot("约3", "第4行第4列"),
        RECEIVED[1]: "十几",
        RECEIVED[2]: spot("约3", "第4行第6列"),
    }
    figures, told, unread = said(found(cells))
    assert (figures, unread) == ({}, set(cells))
    first = [f"表三 第4行第{n}列（{EDITION.values[k].place}）" for n, k in ((4, RECEIVED[0]), (6, RECEIVED[2]))]
    assert told == [
        ("R1", "表二", (LICENCES,), "表二（处理决定·行政许可）：这里写的是“约3”，读不出确定的数字，没有采用"),
        ("R1", "表三 第4行第4列", (RECEIVED[0], RECEIVED[2]),
         f"{first[0]}、{first[1]}：这里写的是“约3”，读不出确定的数字，没有采用"),
        ("R1", "表三", (RECEIVED[1],), f"{NAMED[1]}：这里写的是“十几”，读不出确定的数字，没有采用"),
    ]  # fmt: skip


def test_figures_with_more_than_a_number_are_taken_and_told_by_table():
    cells = {LICENCES: "3件", **dict.fromkeys(RECEIVED[:6], "12件"), RECEIVED[6]: "0件"}
    figures, told, unread = said(found(cells))
    assert figures == {LICENCES: 3, **dict.fromkeys(RECEIVED[:6], 12), RECEIVED[6]: 0}
    assert unread == set()
    what = "这里的数字带有说明、单位或不是通常的写法，含义确定，已采用"
    six = "、".join(["“12件”按12"] * 6)
    assert told == [
        ("R2", "表二", (LICENCES,), f"表二（处理决定·行政许可）：{what}（“3件”按3）"),
        ("R2", "表三", tuple(RECEIVED[:7]), f"{'、'.join(NAMED[:6])}等7格：{what}（{six}）"),
    ]
    assert said(found({LICENCES: "0件"}))[1][0][3].endswith("（“0件”按0）")


def test_rows_refused_for_one_reason_in_one_table_are_told_together_and_six_are_named():
    at = spot("行政许可", "第9行第1列", page="第2页")
    rows = [
        UnsureRow(row(f"甲{i}", count=2), at if i == 0 else spot("x", "第20行第1列"), "对不上各列") for i in range(7)
    ]
    rows += [UnsureRow(row("乙"), spot("乙", "第1行第1列"), "出现不止一次"), UnsureRow(REVIEW, spot("1"), "对不上各列")]
    _, told, unread = said(found(refused=rows))
    names = "、".join(f"“甲{i}”" for i in range(6))
    assert told == [
        ("R1", "第2页 表二 第9行第1列", tuple(f"甲{i}{n}" for i in range(7) for n in range(2)),
         f"第2页 表二 第9行第1列（{names}等）：对不上各列；没有采用"),
        ("R1", "表二 第1行第1列", ("乙0",), "表二 第1行第1列（“乙”）：出现不止一次；没有采用"),
        ("R1", "表四", REVIEW.keys, "表四（表四的数字行）：对不上各列；没有采用"),
    ]  # fmt: skip
    assert unread == {k for _, _, cells, _ in told for k in cells}
    assert said(found(refused=rows[:6]))[1][0][3] == f"第2页 表二 第9行第1列（{names}）：对不上各列；没有采用"


def test_rows_not_found_are_told_by_table_and_a_table_not_found_as_a_whole():
    rows = [row("甲", count=2), row("乙"), row("丙", "requests"), REVIEW]
    _, told, unread = said(found({LICENCES: "1"}, [UnsureRow(row("丁", "requests"), spot("丁"), "对不上")], rows))
    assert told[1:] == [
        ("R3", "表二", ("甲0", "甲1", "乙0"), "表二：没有找到“甲”、“乙”这2行"),
        ("R3", "表三", ("丙0",), "表三：没有找到“丙”这一行"),
        ("R1", "表四", REVIEW.keys, "表四：文件中没有找到表四，这张表的数字都没有"),
    ]
    assert unread == {"甲0", "甲1", "乙0", "丙0", "丁0", *REVIEW.keys}


def test_a_nameless_row_not_found_in_a_table_that_is_there_is_named_by_its_table():
    other = UnsureRow(row("丁", "review"), spot("丁"), "对不上")
    assert said(found(refused=[other], missing=[REVIEW]))[1][1][3] == "表四：没有找到表四的数字行这一行"


def test_rows_the_form_has_not_are_told_with_page_table_and_cell():
    extras = [Extra(spot("备案", "第15行第1列", page="第2页"), "备 案", ""), Extra(spot("", "文件第3行"), "", "")]
    assert said(found(extras=extras))[1] == [
        ("R3", "第2页 第1张表 第15行第1列", (),
         "第2页 第1张表 第15行第1列：这里有一行（“备案”）不在格式“2021年版”的行中，它的数字没有采用"),
        ("R3", "第1张表 文件第3行", (),
         "第1张表 文件第3行：这里有一行（没有名称）不在格式“2021年版”的行中，它的数字没有采用"),
    ]  # fmt: skip


def test_tables_without_headings_are_told_with_what_to_do():
    notes = Notes(EDITION, Places(EDITION, {}))
    read_figures.read(found(headless=["requests", "proactive"]), notes)
    what = "没有找到列标题；各行的格数与格式的列数相同，已按格式的列序采用"
    assert [(f.rule, f.place, f.message.partition("规则")[0]) for f in notes.findings] == [
        ("R3", "表二", f"表二：{what}。"), ("R3", "表三", f"表三：{what}。"),
    ]  # fmt: skip
    assert all(f.message.endswith("。对照原文核对各列。") for f in notes.findings)


def test_words_that_are_not_the_forms_are_told_by_table():
    first, second = spot("x", "第1行第1列", page="第1页"), spot("x", grid="第2张表")
    worded = [Worded(first, "规章", "规 章制"), Worded(second, "其他", "其它"), Worded(first, "总计", "合计")]
    assert said(found(worded=worded))[1] == [
        ("R4", "第1页 第1张表", (), "第1页 第1张表：“规章”写作“规章制”；“总计”写作“合计”；已按格式的名称采用"),
        ("R4", "第2张表", (), "第2张表：“其他”写作“其它”；已按格式的名称采用"),
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("甲 乙\n丙", "“甲乙丙”"), ("长" * 30, f"“{'长' * 30}”"), ("长" * 31, f"“{'长' * 30}…”"), ("", "“”")],
)
def test_what_stands_in_a_file_is_quoted_on_one_line_and_shortened(text, quoted):
    assert shown(text) == quoted
