"""What knows the national form says so, and an edition without a table or row of it goes through every verb."""

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest

import counts
import reports
from nianbao import checks, workbook
from nianbao.cli import main
from nianbao.form import edition_names, load_edition
from nianbao.report import Report
from nianbao.verdicts import State

SAYS = "Knows the national form:"
PACKAGE = counts.ROOT / "automation" / "nianbao"
FEE = 'fee_none = "没有收费。"\nfee_some = "收了费。"\n'
PLAIN = """
[[changes]]
do = "replace_table"
table = "{old}"
[changes.with]
id = "{old}s"
word = "{word}"
sheet = "{sheet}"
printed = {printed}
required = {printed}
widths = [3240, 1200, 1200]
label_columns = 1
columns = [{{ id = "first", label = "甲", word = "甲", unit = "件" }}, {{ id = "second", label = "乙", word = "乙" }}]
rows = [
    {{ head = ["项目"] }},
    {{ id = "one", labels = ["其一（{old}）"], word = "其一" }},
    {{ id = "two", labels = ["其二（{old}）"], word = "其二" }},
]
"""
SHEETS = {
    "requests": "表三",
    "review": "表四",
    "proactive": "表二",
    "fee": "信息处理费",
    "published": "总体情况",
    "control": "表三",
}
PRINTED = ("requests", "review", "proactive")
WORDS = SHEETS | {"published": "公开信息", "control": "控制数"}
RULES = {
    "requests": "A1 A2 A3 A11", "review": "A4", "proactive": "A7 A8", "fee": "A9", "published": "A10", "control": "A11",
}  # fmt: skip
OF_TABLES = (
    {f"A{n}" for n in (1, 2, 3, 4, 7, 8, 9, 10, 11)} | {f"C{n}" for n in range(1, 8)} | {"H1", "H2", "H3", "H4", "H6"}
)
"""The rules that judge figures of the national form's tables."""


def without(*tables):
    """The national form with other tables in the place of these, and without the rules that choose their cells."""
    rules = dict.fromkeys(r for t in tables for r in RULES[t].split())
    printed = [t for t in tables if t in PRINTED]
    plain = [PLAIN.format(old=t, word=WORDS[t], sheet=SHEETS[t], printed=str(t in PRINTED).lower()) for t in tables]
    of_sections = [
        f'[[changes]]\ndo = "set_section"\nsection = "{t}"\nvalues = {{ table = "{t}s" }}\n' for t in printed
    ]
    return "".join([*plain, *of_sections, *dropped(*rules)])


def dropped(*rules):
    return [f'[[changes]]\ndo = "drop_rule"\nrule = "{r}"\n' for r in rules]


def renamed(row, into=""):
    return (
        f'[[changes]]\ndo = "merge_rows"\ntable = "requests"\nrows = ["{row}"]\n'
        f'into = {{ id = "{into or f"other_{row}"}", labels = ["改名"], word = "改名{row}" }}\n'
    )


def replaced(table, columns, rows, rules):
    """The national form with a table of the same id that has these columns and rows only."""
    made = PLAIN.format(old=table, word=WORDS[table], sheet=SHEETS[table], printed=str(table in PRINTED).lower())
    made = made[: made.index("columns = [{")].replace(f'id = "{table}s"', f'id = "{table}"')
    cells = [", ".join(f'{{ id = "{i}", label{s} = {w}, word = "{i}" }}' for i in ids) for ids, s, w in
             ((columns, "", '"栏"'), (rows, "s", '["行"]'))]  # fmt: skip
    return f'{made}columns = [{cells[0]}]\nrows = [{{ head = ["项目"] }}, {cells[1]}]\n' + "".join(dropped(*rules))


MADE = {
    "no requests": without("requests"),
    "no review": without("review"),
    "no documents": without("proactive"),
    "no fee": FEE + without("fee"),
    "no help": without("published", "control"),
    "nothing of it": FEE + without(*SHEETS),
    "other rows": renamed("pending_end") + renamed("pending_start") + "".join(dropped("A1", "A11")),
    "no result": renamed("full_grant") + renamed("total", "total") + "".join(dropped("A1", "A2", "A11")),
    "other applicants": replaced("requests", ["people"], ["received", "pending_end"], RULES["requests"].split()),
    "other cases": replaced("review", ["cases"], ["reconsideration"], ["A4"]),
    "other documents": replaced("proactive", ["in_force"], ["normative_documents"], ["A7", "A8"]),
}


@pytest.fixture(params=MADE)
def own(request, tmp_path, monkeypatch):
    """The name of an edition file of one's own, below the current folder."""
    return written(tmp_path, monkeypatch, request.param)


def written(folder, monkeypatch, name):
    monkeypatch.chdir(folder)
    path = Path(f"{name}.toml")
    path.write_text(f'id = "made-up"\nextends = "2021"\nname = "自拟格式"\n{MADE[name]}', encoding="utf-8")
    load_edition.cache_clear()
    return str(path)


def report_of(edition, year=2025, number=0):
    inputs = {k: reports.number_for(edition, k, number) for k in edition.values if k not in edition.sums}
    return Report(edition.id, year, reports.BODY, reports.with_totals(edition, inputs), reports.TEXTS)


def knowing():
    known, begins = counts.ids(counts.ROOT)
    modules = {n: t for n, t in counts.trees(PACKAGE).items() if not n.startswith("form/")}
    named = {n for n, t in modules.items() if counts.names_the_form(t, known, begins)}
    return named, {n for n, t in modules.items() if SAYS in (ast.get_docstring(t) or "")}


def test_a_module_that_names_an_id_of_the_form_says_what_it_knows():
    named, said = knowing()
    assert named == said


def test_the_page_on_architecture_lists_them_all():
    page = (counts.ROOT / "docs" / "developers" / "architecture.md").read_text(encoding="utf-8")
    missing = [m for m in knowing()[0] if f"`{m}`" not in page]
    assert missing == []


@pytest.mark.parametrize("number", [0, 3, None])
def test_it_is_judged_without_what_it_lacks(own, number):
    edition = load_edition(own)
    report = report_of(edition, number=number or 0)
    report = replace(report, values={}) if number is None else report
    before = replace(report_of(edition, 2024, 7), edition=own)
    for last in (None, before, report_of(load_edition("2021"), 2024, 5)):
        judged = checks.judge(reports.reading(report, edition, last_year=last))
        assert all(v.rule in edition.rule for v in judged.verdicts)


@pytest.mark.parametrize("last", [False, True])
def test_of_rules_whose_tables_it_lacks_there_is_no_verdict(tmp_path, monkeypatch, last):
    edition = load_edition(written(tmp_path, monkeypatch, "nothing of it"))
    before = replace(report_of(edition, 2024), edition="nothing of it.toml") if last else None
    judged = checks.judge(reports.reading(report_of(edition), edition, last_year=before))
    assert {v.rule for v in judged.verdicts} & OF_TABLES == set()


def test_its_own_rule_on_fewer_columns_has_nothing_to_judge(tmp_path, monkeypatch):
    texts = "".join(f'{k} = "甲"\n' for k in ("name", "statement", "basis", "why", "mend", "kept", "broken"))
    rules = {"processing_fee_is_lawful": ("fee", "notices"), "prior_stock_is_not_negative": ("proactive", "in_force")}
    monkeypatch.setitem(MADE, "own rules", "".join(dropped("A7", "A9")) + "".join(
        f'[[rules]]\nid = "X{i}"\nclass = "error"\ncheck = "{check}"\n{texts}'
        f'select = {{ table = "{table}", columns = ["{column}"] }}\n'
        for i, (check, (table, column)) in enumerate(rules.items(), 1)
    ))  # fmt: skip
    edition = load_edition(written(tmp_path, monkeypatch, "own rules"))
    judged = checks.judge(reports.reading(report_of(edition, number=4), edition))
    assert {v.rule for v in judged.verdicts} & {"X1", "X2"} == set()


def test_its_workbook_with_last_year_is_built(own):
    edition = load_edition(own)
    assert workbook.build(edition, report_of(edition), report_of(edition, 2024, 7))


@pytest.mark.parametrize("name", ["nothing of it", "other rows", "no result"])
def test_it_goes_through_every_verb(name, tmp_path, monkeypatch, capsys):
    own = ["--edition", written(tmp_path, monkeypatch, name)]
    edition = load_edition(own[1])
    for year in (2024, 2025):
        Path(str(year)).mkdir()
        for body in ("甲镇人民政府", "乙镇人民政府"):
            report = report_of(edition, year)
            report = replace(report, body={**report.body, "name": body})
            Path(str(year), f"{body}.xlsx").write_bytes(workbook.build(edition, report, None))
    assert main(["check", "2025/甲镇人民政府.xlsx", "--last-year", "2024/甲镇人民政府.xlsx", *own]) in (0, 1)
    assert main(["make", "2025/甲镇人民政府.xlsx", "-o", "报告", "--to", "docx,html,svg", *own]) in (0, 1)
    drawn = {".svg"} if name != "nothing of it" else set()
    assert {p.suffix for p in Path("报告").iterdir()} == {".docx", ".html", *drawn}
    (document,) = Path("报告").glob("*.docx")
    assert main(["read", str(document), "-o", "读回.xlsx", *own]) in (0, 1)
    assert main(["batch", "2024", "-o", "结果2024", "--to", "html,json", "--workers", "1", *own]) in (0, 1)
    assert main(["batch", "2025", "-o", "结果2025", "--to", "html,json", "--workers", "1", "--earlier", "结果2024",
                 *own]) in (0, 1)  # fmt: skip
    assert json.loads(Path("结果2025/desk.json").read_text(encoding="utf-8"))["bodies"]
    assert main(["rollup", "2025", "-o", "全县.xlsx", "--partial", "--workers", "1", *own]) in (0, 1)
    Path("台账.csv").write_text(
        "收到日期,申请人类型,答复日期,处理结果,收费通知日期,通知收取金额\n2024-12-30,自然人,2025-1-6,部分公开,2025-1-2,20\n",
        encoding="utf-8",
    )
    capsys.readouterr()
    counted = main(["register", "check", "台账.csv", "--year", "2025", *own])
    compared = main(["check", "2025/甲镇人民政府.xlsx", "--register", "台账.csv", *own])
    if name == "other rows":
        assert (counted, compared) == (0, 1)
    else:
        assert (counted, compared) == (2, 2)
        assert "申请台账" in capsys.readouterr().err


@pytest.mark.parametrize("name", edition_names())
def test_every_rule_on_figures_of_the_national_form_is_judged(name):
    edition = load_edition(name)
    report, before = replace(report_of(edition), edition=name), replace(report_of(edition, 2024), edition=name)
    judged = checks.judge(reports.reading(report, edition, last_year=before))
    lacking = {"2019": {"C1", "C2", "C5", "H3"}}.get(name, set() if name == "2021" else {"C1"})
    applies = {r.id for r in edition.rules if r.id in OF_TABLES and r.applies_to(2025)}
    held = {v.rule for v in judged.verdicts if v.state is State.HELD}
    assert applies - held == lacking
