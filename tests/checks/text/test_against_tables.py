"""N1: what fits a cell, alone or with what stands beside it; what is asked; the passage quoted; all figures as told."""

from dataclasses import replace
from decimal import Decimal

import pytest

import reports
from nianbao.checks.rule_findings import UNEVEN
from nianbao.checks.text.against_tables import figures_in_text_match_the_tables
from nianbao.checks.text.clauses import QUOTED, sentences
from nianbao.checks.text.figure_readings import figures_told
from nianbao.checks.text.mentions import mentions
from nianbao.findings import Severity
from nianbao.form import load_edition

N1 = load_edition("2021").rule["N1"]


def read(text, **cells):
    """A report of zeros with this overview and these totals of 表三 (__ for a dot)."""
    report = reports.zero()
    values = {f"requests.{k.replace('__', '.')}.total": v for k, v in cells.items()}
    return reports.reading(replace(report, values={**report.values, **values}, texts={"overview": text}))


def told(text, **cells):
    return figures_in_text_match_the_tables(N1, read(text, **cells))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("政府信息公开申请予以公开31件。其中上年结转的申请，予以公开4件。", []),
     ("政府信息公开申请予以公开31件。其中上年结转的申请，予以公开40件。", ["“予以公开40件”"]),
     ("政府信息公开申请予以公开30件。其中上年结转的申请，予以公开4件。",
      ["“政府信息公开申请予以公开30件”", "“予以公开4件”"]),
     ("政府信息公开申请予以公开31件。\n其中上年结转的政府信息公开申请，予以公开4件。", ["“予以公开4件”"]),
     ("政府信息公开申请予以公开31件。其中上年结转的申请，部分公开4件。", ["“部分公开4件”"])],
)  # fmt: skip
def test_a_result_of_some_requests_may_follow_the_one_of_all_in_the_same_paragraph(text, wrong):
    found = told(text, full_grant=31)
    assert [f.severity for f in found] == [Severity.ERROR] * len(wrong)
    assert all(w in f.message for w, f in zip(wrong, found, strict=True))


def test_what_was_received_is_no_part_of_what_was_received():
    (one,) = told("收到政府信息公开申请31件。上年结转的申请，收到政府信息公开申请4件。", received=31)
    assert "收到写的是 4，而表三（总计·本年新收）是 31" in one.message
    assert one.cells == ("requests.received.total",)


@pytest.mark.parametrize(("cell", "wrong"), [(14, 0), (13, 0), (1, 1), (15, 2)])
def test_the_results_of_new_and_old_requests_make_the_cell_together(cell, wrong):
    text = "新收政府信息公开申请14件，予以公开13件；上年结转1件，予以公开1件。"
    assert len(told(text, received=14, pending_start=1, full_grant=cell)) == wrong


@pytest.mark.parametrize(("cell", "wrong"), [(4, 0), (5, 0), (6, 1), (3, 1)])
def test_a_figure_beside_it_may_be_what_is_missing_to_a_reason(cell, wrong):
    text = "政府信息公开申请因不掌握无法提供4件，另有1件。"
    assert len(told(text, unavailable__not_held=cell)) == wrong


def quoted(text, start, end=None):
    (sentence,) = sentences(read(text))
    return sentence.quote(start, end)


def test_a_passage_is_quoted_with_the_clause_around_it():
    text = "县里部署（见通知），我镇每月公开，共公开30条；按季检查。"
    at = text.index("30条")
    assert quoted(text, at, at + 3) == "“共公开30条”"
    assert quoted(text, text.index("每月"), at + 3) == "“我镇每月公开，共公开30条”"
    assert quoted(text, text.index("通知"), text.index("通知") + 2) == "“见通知”"
    assert quoted(text, text.index("按季")) == "“按季检查”"


@pytest.mark.parametrize("longer", [0, 1, 50])
def test_of_a_clause_too_long_to_quote_the_last_words_are_shown(longer):
    words = "甲" * (QUOTED - 3 + longer) + "30条"
    assert quoted(f"一，{words}，二", 10, len(words) + 2) == f"“{words[-QUOTED:]}”"
    behind = "乙" * QUOTED
    assert quoted(f"一，丙30条{behind}。", 3, 6) == "“丙30条”"


FIGURES = [
    ("收到政府信息公开申请6件。", 6, "与表一致：本年新收 6"),
    ("收到政府信息公开申请6件。", 0, "与表不一致：表中本年新收 0、本年新收加上年结转 0 + 0 = 0"),
    ("收到政府信息公开申请6件。", None, "不比较：表中没有填这几格"),
    ("收到政府信息公开申请约6件。", 6, "不比较：是约数"),
]


@pytest.mark.parametrize(("text", "cell", "result"), FIGURES)
def test_every_figure_says_what_came_of_it(text, cell, result):
    reading = read(text, received=cell, pending_start=0 if cell is not None else None)
    if cell is None:
        reading = replace(reading, report=replace(reading.report, values={}))
    (one,) = figures_told(reading)
    assert one.result == result
    assert (one.place, one.subject, one.owner) == ("总体情况 第1段", "依申请公开", "本单位")
    assert (one.passage, one.number) == (f"“{text[:-1]}”", "6件")
    assert (one.meaning, one.frame) == (("收到", "received") if "约" not in text else ("", ""))


def test_a_figure_is_told_with_the_noun_behind_its_unit():
    assert [f.number for f in figures_told(read("政府信息公开申请共提出六项内容。"))] == ["6项（内容）"]


@pytest.mark.parametrize(
    ("text", "cell", "wrong"),
    [("收取行政事业性收费2.3万元。", "2.2", 0), ("收取行政事业性收费2.3万元。", "2.4", 0),
     ("收取行政事业性收费2.3万元。", "2.19", 1), ("收取行政事业性收费2.3万元。", "2.41", 1),
     ("收取行政事业性收费200元。", "0.02", 0), ("收取行政事业性收费200元。", "0.0201", 0),
     ("收取行政事业性收费200元。", "0.0202", 1), ("收取行政事业性收费200元。", "200", 1)],
)  # fmt: skip
def test_an_amount_fits_its_cell_within_the_last_digit_printed(text, cell, wrong):
    reading = read(text)
    values = {**reading.report.values, "proactive.charges.amount": Decimal(cell)}
    found = figures_in_text_match_the_tables(N1, replace(reading, report=replace(reading.report, values=values)))
    assert [f.severity for f in found] == [Severity.EXPLAIN] * wrong


@pytest.mark.parametrize(("slip", "waits"), [(1, True), (-1, False), (2, False), (14, False)])
def test_a_figure_that_differs_just_as_the_sums_do_waits_for_them(slip, waits):
    reading = replace(
        read("收到政府信息公开申请6件。", received=7), slips={"requests.received.total": frozenset((slip,))}
    )
    (found,) = figures_in_text_match_the_tables(N1, reading)
    assert (found is UNEVEN) is waits


def blank(text, number, *empty):
    """What is said where 自然人 holds the number, the total is left out and these columns are blank."""
    reading = read(text)
    values = {k: v for k, v in reading.report.values.items() if k not in {f"requests.received.{c}" for c in empty}}
    values["requests.received.natural_person"] = number
    return figures_in_text_match_the_tables(N1, replace(reading, report=replace(reading.report, values=values)))


@pytest.mark.parametrize(
    ("number", "empty", "found"),
    [(6, ("total", "other"), []), (7, ("total", "other"), [Severity.EXPLAIN]), (6, ("total",), []),
     (7, ("total",), [Severity.ERROR]), (5, ("total",), [Severity.ERROR]), (5, ("total", "other"), [Severity.EXPLAIN])],
)  # fmt: skip
def test_what_is_known_in_part_only_is_asked_and_left_alone_where_it_fits(number, empty, found):
    told_ = blank("收到政府信息公开申请6件。", number, *empty)
    assert [f.severity for f in told_] == found
    assert all(("空着的格子" in f.how) is ("other" in empty) for f in told_)


@pytest.mark.parametrize(("done", "found"), [(11, []), (9, [Severity.EXPLAIN]), (8, [Severity.ERROR])])
def test_a_figure_that_fits_a_reading_the_text_has_given_up_is_asked(done, found):
    text = f"上年结转政府信息公开申请2件，新收10件，办结{done}件，结转下年度1件。"
    said = told(text, pending_start=2, received=10, total=11, pending_end=1, full_grant=11)
    assert [f.severity for f in said] == found
    assert all(f"“办结{done}件”" in f.what for f in said)
    assert all(f.place == "总体情况" for f in said)


def test_a_finding_stands_at_its_paragraph_with_its_figures_as_evidence():
    (one,) = told("全年公开信息9条。\n收到政府信息公开申请6件，均已答复。", received=5, pending_start=2)
    assert (one.where, one.cells) == ("总体情况 第2段", ("requests.received.total",))
    assert one.evidence == ("“收到政府信息公开申请6件”", "6", "5", "5 + 2 = 7")
    assert one.what.endswith("是 5；按本年新收加上年结转 5 + 2 = 7，也不相符")


def test_of_several_figures_in_a_clause_each_is_told_with_its_own_passage():
    found = list(figures_told(read("收到政府信息公开申请6件，予以公开5件。", received=6, full_grant=5)))
    assert [f.passage for f in found] == ["“收到政府信息公开申请6件”", "“予以公开5件”"]
    assert [f.number for f in found] == ["6件", "5件"]
    assert found[1].result == "与表一致：予以公开 5"
    long = f"收到政府信息公开申请6件{'、并逐件登记' * 12}。"
    (one,) = figures_told(read(long, received=6))
    assert one.passage == "“收到政府信息公开申请6件”"


def mentioned(text):
    """What the text says of cells: of what, the value, the figures beside it."""
    reading = read(text)
    found = [m for s in sentences(reading) for m in mentions(s, reading.report)]
    return [(m.label, str(m.value), [str(b) for b in m.beside]) for m in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [("政府信息公开申请因不掌握无法提供4件，另有1件。", [("不掌握相关信息", "4", ["1"])]),
     ("政府信息公开申请因不掌握无法提供4件，部分公开1件。", [("不掌握相关信息", "4", []), ("部分公开", "1", [])]),
     ("政府信息公开申请无法提供4件，另有1件。", [("无法提供", "4", [])]),
     ("收到政府信息公开申请6.5件，予以公开5件。", [("予以公开", "5", [])]),
     ("收取行政事业性收费250元。", [("行政事业性收费金额", "0.025", [])])],
)  # fmt: skip
def test_only_a_single_reason_remembers_the_figures_beside_it_that_have_no_cell(text, found):
    assert mentioned(text) == found
