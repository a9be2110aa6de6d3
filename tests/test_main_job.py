"""The main job on real content, end to end: workbook → checked figures → Word report, by the commands a user types."""

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

import office
import real
import reports
import word
from nianbao import document, numbers, pipeline, workbook
from nianbao.cli import main
from nianbao.demo import sample
from nianbao.form import edition_names, load_edition

OWN_VARIANT = Path(__file__).parent / "cases" / "own-variant.toml"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", "-o", str(folder)]) == 0
    return folder


def body_text(path):
    """All text of a docx in reading order, cell by cell, merged cells once."""
    document_ = docx.Document(str(path))
    pieces = []
    for block in document_.element.body.iterchildren():
        pieces += ["".join(t.text or "" for t in p.iter(W + "t")) for p in block.iter(W + "p")]
    return pieces


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def folded(text):
    """Text without what only the layout decides: widths, quotes, blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("“", '"').replace("”", '"')


def test_the_demo_writes_workbook_report_page_and_data(demo):
    assert sorted(p.suffix for p in demo.iterdir()) == [".docx", ".html", ".html", ".json", ".xlsx"]
    data = json.loads(next(demo.glob("*.json")).read_text(encoding="utf-8"))
    assert data["body"]["name"] == "永平镇人民政府"
    assert data["year"] == 2022
    assert set(data["values"].values()) == {0, "0", 20, 9, 1, 55, 94}


def test_the_demo_run_again_changes_nothing(demo):
    before = {p: p.read_bytes() for p in demo.iterdir()}
    assert main(["demo", "-o", str(demo)]) == 0
    assert {p: p.read_bytes() for p in demo.iterdir()} == before


def test_every_line_of_the_seed_stands_in_the_report_in_its_order(demo):
    seed = real.SEED.read_text(encoding="utf-8").strip().split("\n")
    lines = [folded(line).replace("|", "") for line in seed if "网备" not in line]
    lines = [line for line in lines if line]
    text = folded("".join(body_text(next(demo.glob("*.docx")))))
    at, missing = 0, []
    for line in lines:
        found = text.find(line, at)
        if found < 0:
            missing.append(line)
        else:
            at = found + len(line)
    # The website broke the labels of 表四 over lines and lost the second halves: "结果", "其他", "尚未" are found as
    # the beginnings of 结果维持 …; nothing is missing.
    assert missing == []
    assert len(lines) == 295


def test_the_sample_is_read_back_from_its_workbook_unchanged(demo):
    reading = workbook.read(next(demo.glob("*.xlsx")))
    assert reading.report == sample().report
    assert reading.findings == ()


@pytest.mark.validator
def test_the_validator_accepts_what_the_demo_made(demo):
    for path in demo.glob("*.[dx]*x"):
        assert office.validate(path) == ""


@pytest.mark.parametrize("name", edition_names())
def test_a_different_number_in_every_cell_arrives_in_its_cell_from_workbook_to_report(name, tmp_path):
    edition = load_edition(name)
    values = {k: reports.number_for(edition, k, 10001 + i) for i, k in enumerate(edition.values)}
    report = replace(reports.zero(name), values=values)
    filled = tmp_path / "填报表.xlsx"
    filled.write_bytes(workbook.build(edition, report))
    assert main(["make", str(filled), "-o", str(tmp_path), "--to", "docx,json", "--draft"]) == 1
    data = json.loads(next(tmp_path.glob("*.json")).read_text(encoding="utf-8"))
    assert {k: int(v) for k, v in data["values"].items()} == {k: int(v) for k, v in values.items()}
    made = next(tmp_path.glob("*.docx"))
    printed = word.values(made.read_bytes(), edition)
    assert printed == {k: numbers.spell(values[k], edition.values[k].kind) for k in printed}
    text = "\n".join(body_text(made))
    for key in printed:
        assert text.count(str(values[key])) == 1


@pytest.mark.parametrize(
    ("name", "options", "edition", "count"),
    [
        (real.CITY, [], "2021", 200),
        (real.DISTRICT, [], "2021+single-other", 186),
        (real.DISTRICT, ["--edition", str(OWN_VARIANT)], str(OWN_VARIANT), 186),
    ],
)
def test_real_figures_are_made_into_a_report_and_read_back_equal(name, options, edition, count, tmp_path):
    given = json.loads(name.read_text(encoding="utf-8"))
    source = tmp_path / "年报.json"
    written = {**reports.TEXTS, **given.get("texts", {})}
    source.write_text(json.dumps({**given, "texts": written}, ensure_ascii=False), encoding="utf-8")
    assert main(["make", str(source), "-o", str(tmp_path), *options]) == 0
    expected = {k: str(v) for k, v in json.loads(source.read_text(encoding="utf-8"))["values"].items()}
    assert word.values(next(tmp_path.glob("*.docx")).read_bytes(), load_edition(edition)) == expected
    assert len(expected) == count


def test_a_wrong_figure_is_told_with_its_line_and_value_and_no_report_is_made(demo, tmp_path, capsys):
    wrong = tmp_path / "错.xlsx"
    book = load_workbook(next(demo.glob("*.xlsx")))
    book["表三"]["D8"] = 3
    book.save(wrong)
    assert main(["make", str(wrong), "-o", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().out
    assert "自然人一列" in said
    assert "上年结转3" in said
    assert "没有生成报告" in said
    assert not (tmp_path / "out").exists()
    assert main(["make", str(wrong), "-o", str(tmp_path / "out"), "--draft"]) == 1
    (draft,) = (tmp_path / "out").glob("*.docx")
    assert "草稿" in draft.name
    assert "草稿" in body_text(draft)[0]


def test_the_users_workbook_is_never_written(demo, tmp_path):
    mine = tmp_path / "我的.xlsx"
    mine.write_bytes(next(demo.glob("*.xlsx")).read_bytes())
    before = (mine.read_bytes(), mine.stat().st_mtime_ns)
    main(["check", str(mine)])
    main(["make", str(mine), "-o", str(tmp_path)])
    assert (mine.read_bytes(), mine.stat().st_mtime_ns) == before


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2025])
def test_a_new_workbook_has_the_edition_of_its_year_and_reads_back_empty(year, tmp_path):
    path = tmp_path / "新.xlsx"
    assert main(["new", "--body", "永平镇人民政府", "--year", str(year), "-o", str(path)]) == 0
    reading = workbook.read(path)
    assert reading.edition.id == ("2021" if year >= 2021 else "2019")
    assert (reading.report.name, reading.report.year) == ("永平镇人民政府", year)
    assert reading.report.values == {}
    assert reading.findings == ()


def test_a_new_workbook_carries_last_year_over(demo, tmp_path):
    path = tmp_path / "新.xlsx"
    last = next(demo.glob("*.xlsx"))
    assert main(["new", "--body", "永平镇人民政府", "--year", "2023", "--from", str(last), "-o", str(path)]) == 0
    reading = workbook.read(path)
    assert reading.report.body["address"] == "福建省龙岩市武平县帽村路32号"
    assert reading.last_year is not None
    assert reading.last_year.year == 2022
    expected = dict(sample().report.values)
    assert reading.last_year.values == expected


def test_rendering_takes_a_template_compiled_once_and_many_reports():
    template = document.template_for(load_edition("2021"))
    first, second = reports.zero(year=2024), reports.zero(year=2025)
    made = [template.render(r) for r in (first, second, first)]
    assert made[0] == made[2]
    assert made[0] != made[1]


def test_a_file_name_follows_the_title():
    assert pipeline.file_name(sample()) == "永平镇人民政府2022年政府信息公开工作年度报告"


def test_the_seed_gets_exactly_the_hints_it_deserves_and_nothing_compulsory(demo):
    checked = pipeline.check_file(next(demo.glob("*.xlsx")))
    assert [(f.rule, f.severity.value) for f in checked.findings] == [
        ("F3", "hint"),
        ("N5", "hint"),
        ("N8", "hint"),
        ("S2", "hint"),
        ("S6", "hint"),
    ]
    told = {f.rule: f.message for f in checked.findings}
    assert "等五个部分" in told["N5"]
    assert "7 个部分" in told["N5"]
    assert "试行" in told["N8"]
    assert "依申请公开" in told["S2"]
    assert "1.的政策文件" in told["S6"]
