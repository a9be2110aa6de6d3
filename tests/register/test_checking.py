"""What is said of a register and of 表三 beside it: by row and by cell, never a word of what was typed."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

import books
import office
import reports
from nianbao import pipeline, reasons, workbook
from nianbao.cli import main
from nianbao.document.verdict_counts import tallies
from nianbao.errors import InputError
from nianbao.findings import Severity
from nianbao.form import edition_names, load_edition
from nianbao.register import check as rows
from nianbao.register import register_form as blank
from nianbao.register.check import listed
from nianbao.report import dumps
from register import registers

EDITION = load_edition("2021")


def told(tmp_path, *rows, year=2025, **named):
    path = registers.write_csv(tmp_path / "台账.csv", [registers.one(**named)[0], *rows])
    return pipeline.count_register(pipeline.RegisterFile(path), EDITION, year)


@pytest.mark.parametrize(
    ("changed", "rule", "said"),
    [
        ({"received": ""}, "L1", "没有收到日期"),
        ({"received": "3月1日"}, "L1", "收到日期读不出"),
        ({"answered": "去年"}, "L1", "答复日期读不出"),
        ({"answered": "2025-2-1"}, "L2", "答复日期早于收到日期"),
        ({"received": "2024-12-30", "answered": "2024-1-15"}, "L2", "答复日期早于收到日期"),
        ({"spoken": ""}, "L1", "没有申请人类型"),
        ({"spoken": "法人"}, "L1", "申请人类型不认识"),
        ({"label": ""}, "L1", "有答复日期，没有处理结果"),
        ({"label": "已处理"}, "L1", "处理结果不认识"),
        ({"label": "不予公开"}, "L1", "只写了大类"),
        ({"label": "办理中"}, "L1", "还没有办结，却有答复日期"),
        ({"answered": ""}, "L1", "有处理结果，没有答复日期"),
    ],
)
def test_a_row_that_cannot_be_counted_is_named_and_counted_nowhere(tmp_path, changed, rule, said):
    good, bad = registers.one()[1], registers.one(**changed)[1]
    counted, found = told(tmp_path, good, bad)
    (only,) = [f for f in found if f.severity is Severity.ERROR]
    assert only.rule == rule
    assert only.place == "申请台账 第3行"
    assert said in only.message
    assert counted.uncounted == (3,)
    assert counted.values["requests.received.total"] == 1
    assert counted.values["requests.total.total"] == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"received": "2023-1-1", "answered": "2023-2-1", "spoken": "法人", "label": "已处理"},
        {"received": "2026-1-1", "answered": "", "spoken": "法人", "label": ""},
        {"received": "", "answered": "2024-2-1"},
        {"answered": "2026-1-5", "label": "已处理"},
        {"answered": "办理中", "label": ""},
        {"answered": "/", "label": "在办"},
    ],
)
def test_what_does_not_matter_to_the_year_is_not_asked_about(tmp_path, changed):
    counted, found = told(tmp_path, registers.one(**changed)[1])
    assert not [f for f in found if f.severity is Severity.ERROR]
    assert counted.uncounted == ()


def test_many_rows_with_the_same_trouble_are_told_at_once_and_all_are_named(tmp_path):
    rows = [registers.one(spoken="法人")[1]] * 15
    _, found = told(tmp_path, *rows)
    (only,) = [f for f in found if f.severity is Severity.ERROR]
    assert only.place == "申请台账 第2-16行"
    assert "（15 行）" in only.message


def test_rows_are_listed_in_runs():
    assert listed([5, 1, 2, 3, 9, 8]) == "第1-3、5、8、9行"
    assert listed(range(1, 200, 2)).endswith("行等（另有 60 行）")


def test_equal_numbers_want_a_reason_and_blank_ones_are_no_numbers(tmp_path):
    rows = [registers.one(编号=n)[1] for n in ("甲 1", "乙1", "甲１", "", "")]
    _, found = told(tmp_path, *rows, 编号="")
    (only,) = [f for f in found if f.rule == "L3"]
    assert only.severity is Severity.EXPLAIN
    assert only.place == "申请台账 第2、4行"
    again = [registers.one(编号="1")[1], registers.one(编号="1", received="2023-1-5", answered="2023-2-1")[1]]
    assert "L3" not in {f.rule for f in told(tmp_path, *again, 编号="")[1]}


def test_slow_answers_and_open_cases_are_at_most_hints_and_a_written_limit_counts(tmp_path):
    slow = registers.one(answered="2025-6-1", 答复期限="")[1]
    extended = registers.one(answered="2025-6-1", 答复期限="2025-6-2")[1]
    waiting = registers.one(answered="", label="", 答复期限="")[1]
    fresh = registers.one(received="2025-12-20", answered="", label="", 答复期限="")[1]
    _, found = told(tmp_path, slow, extended, waiting, fresh, 答复期限="")
    assert [(f.rule, f.severity, f.place) for f in found] == [
        ("L5", Severity.HINT, "申请台账 第2行"),
        ("L5", Severity.HINT, "申请台账 第4行"),
    ]


def test_days_far_ahead_are_pointed_out(tmp_path):
    _, found = told(tmp_path, registers.one(received="2052-3-1", answered="", label="")[1])
    assert [(f.severity, f.place) for f in found] == [(Severity.HINT, "申请台账 第2行")]


def three(tmp_path):
    """A report that is right but for one figure, and its register of three."""
    rows = [registers.one(received=d)[1] for d in ("2025-1-5", "2025-2-5", "2025-3-5")]
    path = registers.write_csv(tmp_path / "台账.csv", [registers.one()[0], *rows])
    return path, reports.changed(
        reports.zero(), requests__received__natural_person=4, requests__received__total=4,
        requests__full_grant__natural_person=3, requests__full_grant__total=3,
        requests__total__natural_person=3, requests__total__total=3,
        requests__pending_end__natural_person=1, requests__pending_end__total=1,
    )  # fmt: skip


def test_a_difference_is_told_at_its_cell_with_the_rows_that_make_up_the_register_s_figure(tmp_path, capsys):
    path, report = three(tmp_path)
    form = tmp_path / "填报表.xlsx"
    form.write_bytes(workbook.build(EDITION, report))
    assert main(["check", str(form), "--register", str(path)]) == 1
    out = capsys.readouterr().out
    assert "表三!D7（自然人·本年新收）：填的是 4，按台账算出是 3（申请台账第2-4行）" in out
    assert "表三!D31（自然人·结转下年度）：填的是 1，按台账算出是 0（申请台账里没有这样的申请）" in out
    assert "4/3" in out
    checked = pipeline.check_file(form, register=pipeline.RegisterFile(path))
    differs = [f for f in checked.findings if f.rule == "L4"]
    assert [f.cells[0] for f in differs] == [
        "requests.received.natural_person", "requests.pending_end.natural_person"
    ]  # fmt: skip
    assert [(c.found, c.value) for f in differs for p in f.proposals for c in p] == [(4, 3), (1, 0)]


def test_the_fee_is_compared_where_the_register_tells_of_one(tmp_path):
    rows = registers.one(收费通知日期="2025-3-5", 通知收取金额="200", 缴费日期="2025-3-9", 实际收取金额="200")
    path = registers.write_csv(tmp_path / "台账.csv", rows)
    form = tmp_path / "填报表.xlsx"
    form.write_bytes(workbook.build(EDITION, reports.changed(
        reports.zero(), requests__received__natural_person=1, requests__full_grant__natural_person=1,
        requests__received__total=1, requests__full_grant__total=1, requests__total__natural_person=1,
        requests__total__total=1, fee__processing_fee__notices=1, fee__processing_fee__amount_notified=Decimal(200),
        fee__processing_fee__amount_received=Decimal(100),
    )))  # fmt: skip
    checked = pipeline.check_file(form, register=pipeline.RegisterFile(path))
    (only,) = [f for f in checked.findings if f.rule == "L4"]
    assert only.cells == ("fee.processing_fee.amount_received",)
    assert "填的是 100元，按台账算出是 200元（申请台账第2行）" in only.message


def test_a_written_reason_settles_a_difference(tmp_path):
    path, report = three(tmp_path)
    form, why = tmp_path / "填报表.xlsx", tmp_path / "说明.json"
    form.write_bytes(workbook.build(EDITION, report))
    main(["check", str(form), "--register", str(path), "--write-reasons", str(why)])
    told = [
        {**r, "reason": "其中一件由合并前的单位登记在另一本台账"} for r in json.loads(why.read_text(encoding="utf-8"))
    ]
    assert {r["rule"] for r in told} >= {"L4"}
    why.write_text(json.dumps(told), encoding="utf-8")
    assert main(["make", str(form), "-o", str(tmp_path / "甲"), "--register", str(path)]) == 1
    assert main(["make", str(form), "-o", str(tmp_path / "乙"), "--register", str(path), "--reasons", str(why)]) == 0
    assert list((tmp_path / "乙").glob("*.docx"))


def test_a_report_that_agrees_is_told_to_agree(tmp_path, capsys):
    path, report = three(tmp_path)
    values = {**report.values, "requests.received.natural_person": 3, "requests.pending_end.natural_person": 0,
              "requests.received.total": 3, "requests.pending_end.total": 0}  # fmt: skip
    form = tmp_path / "年报.json"
    form.write_text(dumps(replace(report, values=values)), encoding="utf-8")
    main(["check", str(form), "--register", str(path)])
    assert "表三与申请台账一致（计入本年度 3 件）" in capsys.readouterr().out
    del values["requests.full_grant.natural_person"]
    form.write_text(dumps(replace(report, values=values)), encoding="utf-8")
    main(["check", str(form), "--register", str(path)])
    out = capsys.readouterr().out
    assert "空/3" in out
    assert "一致（" not in out


def test_the_check_sheet_has_a_line_for_the_register_only_where_one_was_compared(tmp_path):
    path, report = three(tmp_path)
    form = tmp_path / "填报表.xlsx"
    form.write_bytes(workbook.build(EDITION, report))
    lines = []
    for register in (None, pipeline.RegisterFile(path)):
        checked = pipeline.check_file(form, register=register)
        lines.append({t.name: t for t in tallies(checked.verdicts, checked.findings)}.get("申请台账"))
    none, line = lines
    assert none is None
    assert (line.checked, line.passed, line.waiting, line.hints) == (5, 3, 2, 1)


def test_the_rules_about_a_register_are_the_programs_whatever_a_form_says(tmp_path):
    without = replace(EDITION, rules=tuple(r for r in EDITION.rules if not r.id.startswith("L")))
    path = registers.write_csv(tmp_path / "台账.csv", registers.one(label=""))
    counted, found = pipeline.count_register(pipeline.RegisterFile(path), without, 2025)
    assert counted.uncounted == (2,)
    assert [f.rule for f in found] == ["L1"]
    assert [(f.rule, f.what) for f in rows.unread("读不出")] == [("L1", "读不出")]


def test_a_reason_for_one_row_does_not_settle_the_same_trouble_of_another(tmp_path):
    path = registers.write_csv(tmp_path / "台账.csv", [*registers.one(label=""), registers.one(label="")[1]])
    _, found = pipeline.count_register(pipeline.RegisterFile(path), EDITION, 2025)
    first, second = (reasons.fingerprint(f, reports.zero()) for f in found if f.rule == "L1")
    assert first != second


def test_without_a_year_the_register_is_counted_for_its_own_in_that_year_s_form(tmp_path):
    path = registers.write_csv(tmp_path / "台账.csv", registers.one(received="2020-3-1", answered="2020-3-9"))
    counted, _ = pipeline.count_register(pipeline.RegisterFile(path), None)
    assert counted.year == 2020
    assert counted.values.keys() <= load_edition("2019").values.keys()
    assert not counted.values.keys() <= EDITION.values.keys()


def test_a_register_without_any_day_of_receipt_asks_for_the_year(tmp_path, capsys):
    path = registers.write_csv(tmp_path / "台账.csv", registers.one(received=""))
    assert main(["register", "check", str(path)]) == 2
    assert "“台账.csv”里没有一行有收到日期，请用 --year 写明报告年度" in capsys.readouterr().err


def test_a_report_without_a_year_is_compared_with_no_register(tmp_path):
    path = registers.write_csv(tmp_path / "台账.csv", registers.one())
    reading = reports.reading(replace(reports.zero(), year=None))
    assert pipeline.registers.against_register(reading, pipeline.RegisterFile(path)) == ([], None)


def test_a_register_given_beside_the_form_that_is_none_stops_the_comparison(tmp_path):
    path = registers.write_csv(tmp_path / "台账.csv", [("姓名", "事项")])
    with pytest.raises(InputError, match="找不到申请台账的栏目行"):
        pipeline.registers.against_register(reports.reading(reports.zero()), pipeline.RegisterFile(path))


def own_sheet(tmp_path, rows, report=None):
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(workbook.build(EDITION, report or reports.zero(), extra=blank.sheets(EDITION)))

    def fill(book):
        for r, row in enumerate(rows, blank.FIRST):
            for column, value in row.items():
                book["申请台账"][f"{column}{r}"] = value

    return books.edited(path, fill)


def test_a_form_s_own_register_is_compared_and_a_blank_one_is_not(tmp_path, capsys):
    main(["check", str(own_sheet(tmp_path, [])), "--format", "json"])
    assert not {f["rule"][0] for f in json.loads(capsys.readouterr().out)["findings"]} & {"L"}
    form = own_sheet(tmp_path, [{"B": "2025-3-1", "C": "公民", "H": "2025-3-9", "I": "重复申请"}])
    assert main(["check", str(form)]) == 1
    out = capsys.readouterr().out
    assert "表三!D7（自然人·本年新收）：填的是 0，按台账算出是 1（申请台账第5行）" in out
    assert "表三!D23（自然人·重复申请）" in out


def test_the_sheet_disturbs_nothing_else_in_the_form(tmp_path):
    plain = tmp_path / "甲.xlsx"
    plain.write_bytes(workbook.build(EDITION, books.filled()))
    extended = tmp_path / "乙.xlsx"
    extended.write_bytes(workbook.build(EDITION, books.filled(), extra=blank.sheets(EDITION)))
    first, second = workbook.read(plain), workbook.read(extended)
    assert (first.report, first.findings, first.places) == (second.report, second.findings, second.places)
    ours, theirs = office.parts(plain), office.parts(extended)
    names = {n for n in ours if n.startswith("xl/worksheets/")}
    assert {n for n in names if _cells(ours[n]) != _cells(theirs[n])} == set()


def _cells(part):
    """A sheet without the numbers of its styles and shared texts, which count through the whole workbook."""
    return re.sub(rb' s="\d+"| dxfId="\d+"|<v>\d+</v>', b"", part)


def test_a_sheet_of_the_name_that_is_no_register_is_a_hint_and_stops_nothing(tmp_path):
    form = tmp_path / "填报表.xlsx"
    form.write_bytes(workbook.build(EDITION, reports.zero()))
    books.edited(form, lambda book: book.create_sheet("申请台账").append(("说明", "另见纸质台账")))
    checked = pipeline.check_file(form, register=pipeline.register_of(form))
    (only,) = [f for f in checked.findings if f.rule == "L1"]
    assert only.severity is Severity.HINT
    assert "没有与表三核对" in only.message
    assert not checked.has_errors


def test_a_new_form_is_filled_from_the_register_and_reads_back_the_same(tmp_path, capsys):
    rng = registers.seeded(9)
    drawn = registers.applications(rng, 80)
    path = registers.write_xlsx(tmp_path / "台账.xlsx", registers.table(drawn, rng))
    form = tmp_path / "新.xlsx"
    arguments = ["new", "--body", "某镇人民政府", "--year", "2025", "-o", str(form), "--register", str(path)]
    assert main(arguments) == 0
    assert "表三已按申请台账填好 175 格" in capsys.readouterr().out
    report = workbook.read(form).report
    assert {k: v for k, v in report.values.items() if k.startswith("requests.")} == registers.counted_otherwise(
        drawn, 2025
    )
    assert "申请台账" not in load_workbook(form).sheetnames
    before = path.read_bytes()
    assert main(arguments) == 2
    assert path.read_bytes() == before


def test_a_register_with_rows_in_doubt_fills_no_form(tmp_path, capsys):
    path = registers.write_csv(tmp_path / "台账.csv", registers.one(label="已处理"))
    form = tmp_path / "新.xlsx"
    assert main(["new", "--body", "某镇", "--year", "2025", "-o", str(form), "--register", str(path)]) == 1
    said = capsys.readouterr()
    assert "第2行" in said.out
    assert "没有新建填报表" in said.err
    assert not form.exists()


def test_a_form_can_be_made_with_a_blank_register_in_it(tmp_path):
    form = tmp_path / "新.xlsx"
    assert main(["new", "--body", "某镇", "--year", "2025", "-o", str(form), "--with-register"]) == 0
    assert load_workbook(form).sheetnames[-2:] == ["申请台账", "台账填写说明"]
    assert office.validate(form) == ""


def test_the_verb_prints_the_table_and_gives_it_as_json(tmp_path, capsys):
    path, _ = three(tmp_path)
    assert main(["register", "check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "按 2025 年度计算（2021年版，台账中收到最多的年度" in out
    assert "予以公开" in out
    assert main(["register", "check", str(path), "--year", "2020", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["year"], found["edition"], found["applications"], found["counted"]) == (2020, "2019", 3, 0)
    assert found["values"]["requests.other.natural_person"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["register", "check"], "请写明要检查的台账"),
        (["register", "check", "没有.csv"], "找不到文件"),
        (["register", "new", "-o", "台账.csv"], "以 .xlsx 结尾"),
        (["register", "look"], "不能是“look”"),
        (["check", "a.xlsx", "b.xlsx", "--register", "台账.csv"], "一次只能用于一个文件"),
        (["make", "a.xlsx", "b.xlsx", "-o", "c", "--register", "台账.csv"], "一次只能用于一个文件"),
        (
            ["new", "--roster", "名册.xlsx", "--year", "2025", "-o", "x", "--register", "台账.csv"],
            "不能与 --roster 合用",
        ),
    ],
)
def test_what_cannot_be_done_is_one_chinese_sentence(arguments, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", edition_names())
def test_a_blank_register_is_sound_and_what_its_lists_offer_is_counted(tmp_path, name):
    edition = load_edition(name)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(blank.blank(edition))
    assert office.validate(path) == ""
    sheet = load_workbook(path)["申请台账"]
    lists = {v.formula1.strip('"') for v in sheet.data_validations.dataValidation if v.type == "list"}
    types, results = sorted((x.split(",") for x in lists), key=len)
    rows = [{"B": "2025-3-1", "C": t, "H": "2025-3-9", "I": r} for t in types for r in results]
    for r, row in enumerate(rows, blank.FIRST):
        for column, value in row.items():
            sheet[f"{column}{r}"] = value
    sheet.parent.save(path)
    counted, found = pipeline.count_register(pipeline.RegisterFile(path), edition, 2025)
    assert found == []
    per_cell = [
        v
        for k, v in counted.values.items()
        if "total" not in k and k.split(".")[1] not in ("received", "pending_start", "pending_end")
    ]
    assert set(per_cell) == {1}
    assert sheet.freeze_panes == "C5"


def test_lists_too_long_for_a_cell_come_from_the_page_of_instructions(tmp_path):
    values = [replace(v, words=(v.words[0] + "很长的名称" * 4, v.words[1])) for v in EDITION.table["requests"].values]
    tables = tuple(replace(t, values=tuple(values)) if t.id == "requests" else t for t in EDITION.tables)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(blank.blank(replace(EDITION, tables=tables)))
    book = load_workbook(path)
    (area,) = [
        v.formula1 for v in book["申请台账"].data_validations.dataValidation if "台账填写说明" in (v.formula1 or "")
    ]
    first, last = (int(x) for x in re.findall(r"\$B\$(\d+)", area))
    words = [book["台账填写说明"][f"B{r}"].value for r in range(first, last + 1)]
    assert words[0].startswith("予以公开")
    assert len(words) == 21


@pytest.mark.parametrize("name", edition_names())
def test_every_rule_about_the_register_is_in_every_edition(name):
    assert {r.id for r in load_edition(name).rules if r.scope == "register"} == {"L1", "L2", "L3", "L4", "L5"}


@pytest.mark.office
def test_a_register_saved_by_another_office_program_gives_the_same_table(tmp_path):
    drawn = registers.applications(registers.seeded(21), 60)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(blank.blank(EDITION))

    def fill(book):
        for r, (received, spoken, answered, label) in enumerate(drawn, blank.FIRST):
            for column, value in zip("BCHI", (received, spoken, answered, label), strict=True):
                book["申请台账"][f"{column}{r}"] = value

    books.edited(path, fill)
    expected = registers.counted_otherwise(drawn, 2025)
    for kind in ("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"):
        (tmp_path / kind[:4]).mkdir()
        office.convert(path, kind, tmp_path / kind[:4])
        (saved,) = (tmp_path / kind[:4]).iterdir()
        counted, _ = pipeline.count_register(pipeline.RegisterFile(saved), EDITION, 2025)
        assert counted.values == expected, kind
