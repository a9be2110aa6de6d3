"""What could not be judged, and which reasons are written: every path that speaks of a report tells both alike."""

import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

import reports
from nianbao import dates, findings, pipeline, verdicts, workbook
from nianbao.cli import main
from nianbao.cli.demo import run as demo
from nianbao.county import slips
from nianbao.county.demo.invented import COUNTY
from nianbao.county.model import Member, Status
from nianbao.excel import desktop, launch
from nianbao.findings import Finding, Severity
from nianbao.form import load_edition

WITHOUT = "缺上年数据"
SIGNED = "2030年1月12日"
"""Asked about (F5), so that a reason settles it."""


def report(**body):
    made = reports.zero()
    return replace(made, body={**made.body, "county": COUNTY, **body})


def written(folder: Path, made, name="甲.xlsx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(workbook.build(load_edition("2021"), made))
    return path


def text_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def results_of(path: Path) -> str:
    rows = load_workbook(path)["校验结果"].iter_rows(values_only=True)
    return "\n".join(str(c) for row in rows for c in row if c)


@pytest.fixture
def shown(monkeypatch):
    said = []
    monkeypatch.setattr(desktop, "message", lambda text, **_: said.append(text))
    monkeypatch.setattr(desktop, "open_file", lambda _: "")
    return said


def everywhere(path: Path, folder: Path, capsys, shown) -> dict[str, str]:
    """What each path says of the report in the workbook, one text each."""
    told = {}
    copy = folder / "标注.xlsx"
    main(["check", str(path), "--annotate", str(copy)])
    told["check"] = capsys.readouterr().out
    told["校验结果"] = results_of(copy)
    main(["check", str(path), "--format", "json"])
    told["json"] = capsys.readouterr().out
    main(["make", str(path), "-o", str(folder / "成稿"), "--check-sheet"])
    told["make"] = capsys.readouterr().out
    (sheet,) = (folder / "成稿").glob("*校核单.docx")
    told["校核单"] = text_of(sheet.read_bytes())
    launch.main([str(path)])
    told["拖放文件"] = shown[-1]
    launch.main([str(path.parent)])
    told["拖放文件夹"] = (path.parent / "年报" / "批量结果.txt").read_text(encoding="utf-8")
    (path.parent / "年报").rename(folder / "拖放的年报")
    out = folder / "结果"
    main(["batch", str(path.parent), "-o", str(out), "--workers", "1"])
    told["batch"] = capsys.readouterr().out
    (body,) = json.loads((out / "desk.json").read_text(encoding="utf-8"))["bodies"]
    told["desk.json"] = json.dumps({k: body[k] for k in ("summary", "unjudged", "verdicts")}, ensure_ascii=False)
    told["总览"] = re.sub(r"<[^>]+>", "", (out / "总览.html").read_text(encoding="utf-8"))
    for kind, read in (("退回单", lambda p: text_of(p.read_bytes())), ("标注", results_of)):
        told |= {f"县级{kind}": read(p) for p in sorted((out / kind).glob("*"))}
    return told


PATHS = {"check", "校验结果", "json", "make", "校核单", "拖放文件", "拖放文件夹", "batch", "desk.json", "总览"}


def test_a_report_that_passes_without_last_years_is_told_as_not_compared_on_every_path(tmp_path, capsys, shown):
    told = everywhere(written(tmp_path / "收到", report()), tmp_path, capsys, shown)
    assert set(told) == PATHS  # nothing is returned to a body that is done
    assert {p for p, text in told.items() if WITHOUT not in text} == set()
    judged = {
        p for p, text in told.items() if re.search(r"核对了 \d+ 条：\d+ 条相符，[01] 条有问题，11 条没有核对", text)
    }
    assert judged == {"check", "校验结果", "make", "拖放文件", "拖放文件夹", "总览"}
    named = {p for p, text in told.items() if re.search(r"缺上年数据，没有核对：H1.*H2.*、C4", text)}
    assert named == {"check", "校验结果", "make", "总览"}
    assert "缺上年数据，有规则没有核对：1 个单位。" in told["batch"]
    assert "未核对的规则：缺上年数据。未核对不等于通过。" in told["校核单"]


def test_reasons_written_are_counted_apart_on_every_path(tmp_path, capsys, shown):
    """One reason written, one not: a name that is only a place's, a date two years late."""
    made = report(signed_on=SIGNED, postcode="12")
    path = written(tmp_path / "收到", made)
    first, second = (f for f in pipeline.check_file(path).findings if f.severity is Severity.EXPLAIN)
    copy = tmp_path / "标注好.xlsx"
    pipeline.annotate(pipeline.check_file(path), copy)
    book = load_workbook(copy)
    (row,) = (r for r in book["校验结果"].iter_rows() if r[2].value == first.rule and r[1].value == "核实")
    row[6].value = "经县政府同意，按实际签发的日期填写。"
    book.save(path)
    assert [f.explanation is None for f in pipeline.check_file(path).findings if f.rule == second.rule] == [True]
    told = everywhere(path, tmp_path, capsys, shown)
    assert set(told) == PATHS | {"县级退回单", "县级标注"}
    apart = {p for p, text in told.items() if "核实 2：已说明 1，待说明 1" in text}
    assert apart == set(told) - {"json", "desk.json", "校核单"}
    for path_ in ("json", "desk.json"):
        summary = json.loads(told[path_])["summary"]
        assert (summary["explain"], summary["explained"], summary["waiting"]) == (2, 1, 1)
    assert "【核实】2 处（已说明 1，待说明 1）：" in told["check"]
    page = (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")
    assert "经县政府同意，按实际签发的日期填写。" in page.partition('type="application/json"')[2]  # beside its body
    assert {p for p, text in told.items() if WITHOUT not in text} == set()
    sheet = told["校核单"].split("合计\n")[1].split("\n")
    assert sheet[3:7] == ["0", "1", "1", "3"]  # 强制, 待说明, 已说明, 提示


def test_the_county_returns_a_body_with_its_unjudged_rules_named(tmp_path, capsys, shown):
    wrong = reports.changed(report(), requests__received__natural_person=3)
    path = written(tmp_path / "收到", wrong)
    main(["batch", str(path.parent), "-o", str(tmp_path / "结果"), "--workers", "1"])
    (slip,) = (tmp_path / "结果" / "退回单").iterdir()
    (copy,) = (tmp_path / "结果" / "标注").iterdir()
    judged = verdicts.summary(pipeline.check_file(path).verdicts)
    assert "条没有核对（缺上年数据）" in judged
    assert f"{judged}。" in text_of(slip.read_bytes())
    assert f"{judged}。" in results_of(copy)
    assert "缺上年数据，没有核对：H1 " in results_of(copy)


def test_the_demo_tells_what_was_not_judged(tmp_path, capsys):
    demo(tmp_path)
    said = capsys.readouterr().out
    assert re.search(r"  核对了 \d+ 条：.*条没有核对（缺上年数据.*）。\n  缺上年数据，没有核对：H1", said)
    assert "  合计：强制 0 处；核实 " in said


def test_a_slip_without_a_report_says_nothing_of_rules():
    edition = load_edition("2021")
    assert "核对了" not in text_of(slips.slip(edition, Member("甲镇人民政府"), 2025, Status.MISSING, []))


def one(severity: Severity, reason: str | None = None) -> Finding:
    return Finding("A1", severity, (), "", "", "错了", explanation=reason)


def test_the_phrase_counts_every_class():
    found = [
        one(Severity.EXPLAIN, "有原因的"),
        one(Severity.EXPLAIN),
        one(Severity.EXPLAIN, "也有原因"),
        one(Severity.HINT),
    ]
    tallied = findings.tally(found)
    assert findings.classes(tallied) == "强制 0 处；核实 3：已说明 2，待说明 1；提示 1 处"
    assert findings.classes(findings.tally([one(Severity.ERROR)])) == "强制 1 处；核实 0 处；提示 0 处"


def at(day: date, monkeypatch, folder: Path, capsys) -> dict:
    monkeypatch.setattr(dates, "today", lambda: day)
    main(["batch", str(folder / "收到"), "-o", str(folder / "结果"), "--workers", "1", "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_a_whole_county_is_judged_by_one_day_and_a_new_day_reads_only_what_it_may_change(tmp_path, monkeypatch, capsys):
    """The 2025 report is dated 2026: odd while that is more than a year ahead, never again once it is past."""
    day = date(2026, 1, 12)
    written(tmp_path / "收到", report(signed_on="2026年1月12日"))
    written(tmp_path / "收到", report(name="示例乡人民政府", signed_on="2024年1月2日"), "乙.xlsx")
    early = at(day - timedelta(days=400), monkeypatch, tmp_path, capsys)
    assert (early["read"], early["bodies"]["explain"]) == (2, 2)  # the other is dated two years early
    again = at(day - timedelta(days=400), monkeypatch, tmp_path, capsys)
    assert (again["read"], again["made"]) == (0, 0)
    nearer = at(day - timedelta(days=10), monkeypatch, tmp_path, capsys)
    assert (nearer["read"], nearer["bodies"]["explain"]) == (1, 1)
    past = at(day, monkeypatch, tmp_path, capsys)
    assert (past["read"], past["bodies"]["explain"]) == (1, 1)
    later = at(day + timedelta(days=900), monkeypatch, tmp_path, capsys)
    assert (later["read"], later["made"], later["bodies"]["explain"]) == (0, 0, 1)


def test_old_workbooks_are_told_with_one_cure_on_every_path(tmp_path, capsys, shown):
    folder = tmp_path / "收到"
    written(folder, report())
    cures = []
    for suffix in pipeline.OLD_WORKBOOKS:
        old = folder / f"好{suffix}"
        old.write_bytes(b"\xd0\xcf\x11\xe0")
        cures.append(f"无法读取 {suffix} 文件，请打开后另存为 Excel 工作簿（.xlsx），再用另存的那一份")
        main(["check", str(old)])
        assert cures[-1] in capsys.readouterr().err
        launch.main([str(old)])
        assert cures[-1] in shown[-1]
    launch.main([str(folder)])
    told = {"拖放文件夹": shown[-1], "批量结果": (folder / "年报" / "批量结果.txt").read_text(encoding="utf-8")}
    (folder / "年报").rename(tmp_path / "年报")
    main(["batch", str(folder), "-o", str(tmp_path / "结果"), "--workers", "1"])
    told["batch"] = capsys.readouterr().out
    told["总览"] = (tmp_path / "结果" / "总览.html").read_text(encoding="utf-8")
    launch.main(["--rollup", str(folder)])
    told["拖放汇总"] = shown[-1]
    assert {path: [c for c in cures if c not in text] for path, text in told.items()} == {path: [] for path in told}
