"""The program's own rules: every edition has them, none can drop, forget or rewrite one; no other rule is needed."""

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import reports
from nianbao import pipeline, workbook
from nianbao.checks import check
from nianbao.cli import main
from nianbao.county.keeping import store as stores
from nianbao.county.run import batch, runners
from nianbao.county.run.collect import Wish
from nianbao.errors import EditionError
from nianbao.form import catalogue, edition_names, examine, load_edition, program_rule
from nianbao.report import dumps
from rows import some

CASES = Path(__file__).parents[1] / "cases"
WEBSITE = CASES / "website.toml"
PACKAGE = Path(catalogue.__file__).parents[1]
PROGRAM = tuple(catalogue.program_rules())
HEAD = 'id = "own"\nextends = "{}"\nname = "本县格式"\nfrom_year = 2019\n'


def own(folder, base, text):
    path = folder / "own.toml"
    path.write_text(HEAD.format(base) + text, encoding="utf-8")
    return path


def without(folder, base, rule):
    return own(folder, base, f'[[changes]]\ndo = "drop_rule"\nrule = "{rule}"\n')


def test_the_catalogue_has_every_rule_that_code_speaks_for():
    counts = {"W": 4, "V": 9, "R": 6, "G": 8, "T": 13, "L": 5, "D": 5}
    assert set(PROGRAM) == {f"{letter}{n}" for letter, last in counts.items() for n in range(1, last + 1)}
    assert all(not rule.cells and not rule.identities for rule in catalogue.program_rules().values())
    assert program_rule("V1").name == "文档中的数字与填报表一致"


def test_a_damaged_file_of_the_programs_own_rules_is_told_as_the_programs_fault(tmp_path, monkeypatch):
    for path in catalogue._FOLDER.glob("rules-*.toml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace('class = "', 'class = "no_', 1), encoding="utf-8")
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    with pytest.raises(EditionError, match=r"“program”不能使用.*规则 V1 的 class 应是"):
        catalogue.program_rules.__wrapped__()


@pytest.mark.parametrize("name", [*edition_names(), str(WEBSITE)])
def test_every_edition_has_the_programs_rules_behind_its_own(name):
    ids = [r.id for r in load_edition(name).rules]
    assert tuple(ids[-len(PROGRAM) :]) == PROGRAM
    assert len(set(ids)) == len(ids)


def test_no_code_takes_a_rule_out_of_an_edition_by_a_literal_id():
    asked = re.compile(r"\.rule(\[|\.get\()\s*[\"'A-Z]")
    wrong = [p.name for p in PACKAGE.rglob("*.py") if asked.search(p.read_text(encoding="utf-8"))]
    assert wrong == []


def test_an_edition_may_still_ask_for_the_programs_files(tmp_path):
    listed = ", ".join(f'"{f}.toml"' for f in catalogue.FILES)
    path = own(tmp_path, "2021", f"include = [{listed}]\n")
    assert pipeline.examine_edition(path)[1] == ()
    assert load_edition(str(path)).rules == load_edition("2021").rules


@pytest.mark.parametrize("rule", PROGRAM)
def test_to_drop_one_of_them_is_a_fault(rule, tmp_path, capsys):
    path = without(tmp_path, "2021", rule)
    assert main(["editions", "check", str(path)]) == 1
    out = capsys.readouterr().out
    assert f"第7行（[[changes]] 第1项的 rule）：规则 {rule} 是程序自己的，任何格式都有，不能去掉" in out
    assert "改法：删去这一节 [[changes]]" in out


def test_to_write_one_of_them_anew_is_a_fault(tmp_path):
    text = "\n".join(f'{k} = "甲"' for k in ("name", "statement", "basis", "why", "mend", "kept", "broken"))
    path = own(tmp_path, "2021", f'[[rules]]\nid = "W3"\nclass = "hint"\nscope = "workbook"\n{text}\n')
    _, (fault,) = pipeline.examine_edition(path)
    assert fault.what == "规则 W3 是程序自己的，任何格式都有，格式文件里不能另写；请删去，或换一个 id"
    assert fault.line == 6


DROPPED = [(n, r.id) for n in edition_names() for r in load_edition(n).rules if r.id not in PROGRAM]


@pytest.mark.parametrize(("base", "rule"), some(DROPPED, 6))
def test_every_other_rule_can_be_dropped_or_the_form_says_why_not(base, rule, tmp_path):
    path = without(tmp_path, base, rule)
    edition, faults = examine(str(path))
    if edition is None or faults:
        assert all(rule in f.what or "没有规则核对" in f.what for f in faults)
        return
    assert rule not in edition.rule
    report = reports.changed(reports.zero(str(path)), requests__received__natural_person=3)
    last_year = reports.zero(str(path), 2024)
    assert check(reports.reading(report, edition, last_year=last_year))
    if base == "2021":
        _every_verb(path, report, tmp_path)


def _document(made):
    (found,) = [p for p in made.files if p.suffix == ".docx" and "校核" not in p.name]
    return found


def _every_verb(path, report, folder):
    """Check, make and verify a report with a wrong sum and a figure nobody can read."""
    file = folder / "甲镇.json"
    text = dumps(report).replace(
        '"requests.received.natural_person": 3', '"requests.received.natural_person": "三十几"'
    )
    file.write_text(text, encoding="utf-8")
    checked = pipeline.check_file(file, str(path))
    assert "W2" in {f.rule for f in checked.findings}
    made = pipeline.make(checked, folder / "报告", ("docx",), draft=True, check_sheet=True)
    document = _document(made)
    assert {f.rule for f in pipeline.verify(document, file, str(path)).findings} <= {"V1", "V2", "V3", *PROGRAM}


@pytest.mark.parametrize("name", ["website", "without P1"])
def test_a_minimal_form_and_one_without_a_rule_go_through_every_verb_and_the_county(name, tmp_path):
    path = WEBSITE if name == "website" else without(tmp_path, "2021", "P1")
    edition, faults = pipeline.examine_edition(path)
    assert faults == ()
    folder = tmp_path / "收到"
    folder.mkdir()
    for n, body in enumerate(("甲镇人民政府", "乙镇人民政府")):
        report = replace(pipeline.fresh_report(edition, body, 2025, None, {}), edition=edition.id)
        book = folder / f"{n}.xlsx"
        book.write_bytes(workbook.build(edition, report))
        if n:
            _spoil(book, edition)
        checked = pipeline.check_file(book, str(path))
        assert ("W2" in {f.rule for f in checked.findings}) is bool(n)
        pipeline.annotate(checked, tmp_path / f"标注{n}.xlsx")
        made = pipeline.make(checked, tmp_path / f"报告{n}", ("docx", "html", "csv"), draft=True, check_sheet=True)
        pipeline.verify(_document(made), book, str(path))
    (folder / "坏.xlsx").write_bytes(b"no workbook")
    with stores.opened(tmp_path / "结果") as store:
        outcome = batch.run(store, [folder], None, Wish(str(path), 2025, ("docx",)), runners.here)
    assert sum(outcome.counts.values()) >= 2


def _spoil(path, edition):
    """Type a word into the first figure and change a printed label."""
    sheet, ref = workbook.layout(edition).places[next(iter(edition.values))].split("!")
    book = openpyxl.load_workbook(path)
    book[sheet][ref].value = "三件左右"
    book.save(path)


@pytest.mark.parametrize(
    "asked",
    [
        ["register", "new", "-o", "台账.xlsx"],
        ["new", "-o", "甲.xlsx", "--with-register", "--body", "甲镇人民政府", "--year", "2025"],
    ],
)
def test_a_form_without_the_requests_needs_no_register_and_says_so(asked, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*asked, "--edition", str(WEBSITE)]) == 2
    assert "格式“政府网站工作年度报表”没有表三，不需要申请台账" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
