"""The register never leaves the office: none of what was typed into it is in anything the program makes or says."""

import datetime
import io
import re
import shutil
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

import books
import office
import reports
from county import towns
from nianbao import pipeline, workbook
from nianbao.cli import main
from nianbao.county import desk_json
from nianbao.county.intake.candidate import Candidate
from nianbao.county.intake.examine import ExamineJob, examine
from nianbao.form import load_edition
from nianbao.register import embedded_registers
from nianbao.register import register_form as blank
from nianbao.report import dumps
from register import leaks, registers
from rows import some

SECRETS = registers.PRIVATE
NAME = registers.NAMES[0]
REPORTED = reports.changed(
    reports.zero(), requests__received__natural_person=2, requests__full_grant__natural_person=2,
    requests__received__total=2, requests__full_grant__total=2, requests__total__natural_person=2,
    requests__total__total=2,
)  # fmt: skip

# Names where days, types, results and numbers belong: what is quoted of them would leak.
MISPLACED = [
    (NAME, NAME, NAME, NAME, registers.PHONE, registers.CONTENT, NAME, NAME, registers.NUMBER),
    (NAME, "2025-3-1", NAME, NAME, None, None, "2025-3-9", registers.CONTENT, None),
    (registers.PHONE, "2025-3-1", "自然人", NAME, None, None, registers.NAMES[1], "予以公开", None),
]


def rows():
    drawn = registers.applications(registers.seeded(11), 40)
    return [*registers.table(drawn), *MISPLACED]


def with_register(path, report=REPORTED, title="申请台账"):
    """A standard workbook with a filled register, and all the places to which its names can spread."""
    edition = load_edition("2021")
    path.write_bytes(workbook.build(edition, report, extra=blank.sheets(edition)))

    def fill(book):
        sheet = book["申请台账"]
        sheet.title = title
        for r, row in enumerate(rows()[1:], blank.FIRST):
            number, received, spoken, name, phone, content, answered, label, document = row
            told = (number, received, spoken, name, phone, content, None, answered, label, document)
            for c, value in enumerate(told, 1):
                sheet.cell(r, c).value = value
        other = book["表三"]
        other["P40"] = f"='{title}'!D{blank.FIRST}"
        other["P41"] = f"=COUNTIF('{title}'!C:C,\"自然人\")"
        book.defined_names["某人"] = DefinedName("某人", attr_text=f"'{title}'!$D${blank.FIRST}")
        choice = DataValidation("list", formula1=f"'{title}'!$D$5:$D$9")
        choice.add("Q40")
        other.add_data_validation(choice)
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=4, min_row=5, max_row=9))
        other.add_chart(chart, "R1")

    books.edited(path, fill)
    return books.patched(path, lambda parts: spread(parts, title))


def spread(parts, title):
    """Results beside formulas as Excel keeps them, a name in a chart's cache, and a link that keeps another file."""
    sheet = books.part_of(parts, "表三")
    text = parts[sheet].decode()
    text = text.replace('<c r="P40"><f>', '<c r="P40" t="str"><f>').replace(
        f"!D{blank.FIRST}</f><v></v>", f"!D{blank.FIRST}</f><v>{NAME}</v>"
    )
    assert NAME in text
    parts[sheet] = re.sub(r'(<c r="P41">.*?</f>)<v></v>', r"\1<v>7</v>", text).encode()
    chart = parts["xl/charts/chart1.xml"].decode()
    cache = f'<strCache><ptCount val="1"/><pt idx="0"><v>{NAME}</v></pt></strCache>'
    parts["xl/charts/chart1.xml"] = (
        chart.replace("<numRef>", "<strRef>").replace("</numRef>", cache + "</strRef>").encode()
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{main}"><externalBook xmlns:r="{rel}" r:id="rId1"><sheetNames><sheetName val="台账"/>'
        f'</sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{NAME}</v></cell></row>'
        "</sheetData></sheetDataSet></externalBook></externalLink>"
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{rel}/externalLinkPath" Target="x.xlsx" TargetMode="External"/></Relationships>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{kind}"/></Types>'.encode()
    )
    link = f'<Relationship Id="rIdX" Type="{rel}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", f"{link}</Relationships>".encode()
    )
    reference = f'<externalReference xmlns:r="{rel}" r:id="rIdX"/>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<definedNames>", f"<externalReferences>{reference}</externalReferences><definedNames>".encode()
    )


def test_the_search_finds_a_name_wherever_it_hides(tmp_path):
    given = tmp_path / "given"
    given.mkdir()
    with_register(given / "填报表.xlsx")
    registers.write_csv(given / "台账.csv", rows(), "gb18030")
    with zipfile.ZipFile(given / "附件.zip", "w") as package:
        package.write(given / "填报表.xlsx", "报来.xlsx")
    (given / "年报.json").write_text('{"name": "' + NAME.encode("unicode_escape").decode() + '"}', encoding="ascii")
    (given / "页.html").write_text(f"<p>{NAME[:2]}<b>{NAME[2:]}</b></p>", encoding="utf-8")
    found = leaks.found_in(given, (NAME,))
    assert {f.partition(":")[0].partition("/")[0] for f in found} == {p.name for p in given.iterdir()}
    for part in ("charts/chart1.xml", "externalLinks/externalLink1.xml", "worksheets/sheet5.xml"):
        assert any(part in f for f in found), part


@pytest.mark.parametrize("title", some(["2025年申请台账 (2)", "申请台账", "依申请登记"], 3))
def test_nothing_one_body_gets_holds_a_name(tmp_path, capfd, title):
    given, out = tmp_path / "given", tmp_path / "out"
    given.mkdir()
    out.mkdir()
    form = str(with_register(given / "填报表.xlsx", title=title))
    beside = str(registers.write_csv(given / "台账.csv", rows()))
    form_json = given / "年报.json"
    form_json.write_text(dumps(REPORTED), encoding="utf-8")
    for register in ((), ("--register", beside), ("--register", form)):
        name = str(len(register)) + ("甲" if form in register else "乙")
        wanted = ("--to", "docx,json", "--check-sheet", "--draft")
        main(["make", form, "-o", str(out / name), *wanted, *register])
        main(["make", str(form_json), "-o", str(out / f"{name}j"), *wanted, *register])
        notes = ("--annotate", str(out / f"{name}核实.xlsx"), "--write-reasons", str(out / f"{name}说明.json"))
        main(["check", form, *notes, *register])
        main(["check", form, "--format", "json", *register])
    main(["register", "check", form, "--year", "2025"])
    main(["register", "check", beside])
    main(["register", "check", beside, "--format", "json"])
    body = ("new", "--body", "某镇人民政府", "--year", "2025", "-o")
    main([*body, str(out / "新.xlsx"), "--register", beside])
    registers.write_csv(given / "好.csv", rows()[:-3])
    assert main([*body, str(out / "新2.xlsx"), "--register", str(given / "好.csv")]) == 0
    assert len([p for p in out.rglob("*") if p.is_file()]) == 3 * (3 + 3 + 2) + 1
    said = capfd.readouterr()
    (out / "said.txt").write_text(said.out + said.err, encoding="utf-8")
    assert "第45、46行" in said.out or "第45行" in said.out
    assert leaks.found_in(out, SECRETS) == []


def test_the_annotated_copy_keeps_the_number_of_a_formula_about_the_register_and_opens(tmp_path):
    form = with_register(tmp_path / "填报表.xlsx")
    copy = tmp_path / "核实.xlsx"
    main(["check", str(form), "--annotate", str(copy)])
    book = load_workbook(copy)
    assert "申请台账" not in book.sheetnames
    assert "台账填写说明" in book.sheetnames
    assert book["表三"]["P41"].value == 7
    assert book["表三"]["P40"].value is None
    assert "某人" not in book.defined_names
    assert workbook.read(copy).report.values == workbook.read(form).report.values
    assert office.validate(copy) == ""


@pytest.fixture
def county(tmp_path):
    listed, _ = towns.whole()
    towns.write_whole(tmp_path)
    first, second = listed[:2]
    delivered = tmp_path / "收到"
    wrong = reports.changed(towns.whole()[1][first.name], requests__received__natural_person=999)
    with_register(delivered / f"{first.short}.xlsx", wrong)
    attached = io.BytesIO()
    with zipfile.ZipFile(attached, "w") as package:
        inner = with_register(tmp_path / "x.xlsx", towns.whole()[1][second.name])
        package.write(inner, f"{second.short}.xlsx")
    (delivered / f"{second.short}.xlsx").unlink()
    (delivered / "附件.zip").write_bytes(attached.getvalue())
    registers.write_xlsx(delivered / "登记.xlsx", rows(), title="Sheet1")
    registers.write_csv(delivered / "登记.csv", rows())
    return tmp_path


@pytest.mark.office
def test_nothing_in_any_format_of_one_body_holds_a_name(tmp_path):
    form = with_register(tmp_path / "填报表.xlsx")
    out = tmp_path / "out"
    main(["make", str(form), "-o", str(out), "--draft", "--check-sheet", "--to", ",".join(pipeline.FORMATS)])
    made = {p.suffix for p in out.iterdir()}
    assert made >= {".docx", ".json", ".html", ".csv"}
    assert leaks.found_in(out, SECRETS) == []
    office.need(shutil.which("soffice"), "LibreOffice")
    (pdf,) = out.glob("*报告（草稿）.pdf")
    assert "信息公开工作年度报告" in office.pdf_text(pdf)


@pytest.mark.parametrize("formats", some(["docx,html,csv,json", "docx,json"], 2))
def test_nothing_the_county_gets_holds_a_name_and_it_is_warned(county, capfd, formats):
    beside = ("--roster", county / "名册.xlsx", "--workers", 1)
    assert towns.run("batch", county / "收到", "-o", county / "结果", *beside, "--to", formats) == 1
    towns.run("rollup", county / "收到", "-o", county / "汇总" / "全县.xlsx", *beside, "--partial")
    said = capfd.readouterr()
    assert "有 3 份带着申请台账" in said.out
    assert list((county / "结果" / "标注").glob("*.xlsx"))
    for folder in (county / "结果", county / "汇总"):
        assert leaks.found_in(folder, SECRETS) == []
    assert not [s for s in SECRETS if s in said.out + said.err]
    desk = desk_json.loads((county / "结果" / "desk.json").read_text(encoding="utf-8"))
    holders = {b.member.name for b in desk.bodies if any(f.rule == "G8" for f in b.findings)}
    assert holders == {m.name for m in towns.whole()[0][:2]}
    (warning,) = [f for f in desk.findings if f.rule == "G8"]
    assert "附件.zip 中的" in warning.message
    assert "登记.xlsx" in warning.message


def test_a_damaged_sheet_that_is_none_of_the_form_s_keeps_nobody_from_being_counted(tmp_path):
    form = tmp_path / "填报表.xlsx"
    form.write_bytes(workbook.build(load_edition("2021"), REPORTED))
    books.edited(form, lambda book: book.create_sheet("附页").append(("收到日期", "姓名")))
    broken = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/>'
        b'<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData></worksheet>'
    )
    books.patched(form, lambda parts: parts.update({books.part_of(parts, "附页"): broken}))
    found = examine(ExamineJob(Candidate(str(form), form.name)))
    assert found.examined.error == ""
    assert not found.examined.register
    assert found.record["report"]["values"]["requests.received.natural_person"] == 2


def test_colours_that_hang_on_the_register_are_not_in_the_annotated_copy(tmp_path):
    form = tmp_path / "填报表.xlsx"
    with_register(form)
    fill = PatternFill("solid", bgColor="FFFF00")

    def coloured(book):
        rules = book["表二"].conditional_formatting
        rules.add("Z1:Z2", FormulaRule(formula=[f'申请台账!$D$4="{NAME}"'], fill=fill))
        rules.add("Y1", FormulaRule(formula=["$Y$1>1"], fill=fill))

    books.edited(form, coloured)
    checked = pipeline.check_file(form)
    copy = tmp_path / "标注.xlsx"
    pipeline.annotate(checked, copy)
    areas = {str(a.sqref) for a in load_workbook(copy)["表二"].conditional_formatting}
    assert "Y1" in areas
    assert "Z1:Z2" not in areas
    assert NAME not in str([r.formula for a in load_workbook(copy)["表二"].conditional_formatting for r in a.rules])


def test_a_register_in_a_workbook_with_an_endless_list_of_sheets_is_found_all_the_same(tmp_path, monkeypatch):
    form = tmp_path / "填报表.xlsx"
    with_register(form)
    monkeypatch.setattr(embedded_registers, "_MOST", 10)
    assert embedded_registers.sheet_names(form) == ()
    assert embedded_registers.private_sheets(form, workbook.layout(load_edition("2021")).sheet_names) == ("申请台账",)


def test_a_register_with_two_columns_of_one_title_is_private_like_any_other(tmp_path):
    heads = ("收到日期", "收到日期", "申请人类型", "申请人姓名", "答复日期", "处理结果")
    path = registers.write_xlsx(tmp_path / "台账.xlsx", [heads, ("2025-3-1", "", "自然人", NAME, "", "")])
    assert embedded_registers.sent_along(path, ()) == ("申请台账",)
    assert embedded_registers.sent_along(registers.write_xlsx(tmp_path / "空.xlsx", [heads]), ()) == ()


def test_a_blank_register_in_a_form_is_nothing_to_be_warned_of(tmp_path, capfd):
    towns.write_whole(tmp_path)
    listed, by_name = towns.whole()
    edition = load_edition("2021")
    data = workbook.build(edition, by_name[listed[0].name], extra=blank.sheets(edition))
    (tmp_path / "收到" / f"{listed[0].short}.xlsx").write_bytes(data)
    beside = ("--roster", tmp_path / "名册.xlsx", "--workers", 1)
    assert towns.run("batch", tmp_path / "收到", "-o", tmp_path / "结果", *beside) == 0
    assert "申请台账" not in capfd.readouterr().out


def test_what_the_program_writes_for_a_register_tells_no_day_of_making(tmp_path):
    first, second = blank.blank(load_edition("2021")), blank.blank(load_edition("2021"))
    assert first == second
    assert str(datetime.datetime.now(datetime.UTC).year).encode() not in office.parts(first)["docProps/core.xml"]
