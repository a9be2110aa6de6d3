"""The verb template, and make with the office's own template, as a clerk meets them."""

import json
import subprocess
import sys

import pytest

import reports
from nianbao import report as report_
from nianbao import resources, workbook
from nianbao.cli import main
from nianbao.document import build_template
from nianbao.document.wml import paragraph, run
from nianbao.form import load_edition
from office import parts
from planting import Template
from word import paragraphs

FILE = "模板.docx"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shipped(edition="2021"):
    return resources.template_path(edition, "report.docx").read_bytes()


def written(folder, report, name="年报.json"):
    (folder / name).write_text(report_.dumps(report), encoding="utf-8")
    return name


def edited(*changes):
    template = Template(shipped())
    for change in changes:
        change(template)
    return template.save()


def wrong_cell(t):
    t.write(2, 4, 4, "{{ 表三.上年结转.自然人 }}")


def fixed_sentence(t):
    t.find("一、总体情况").addnext(paragraph("BodyParagraph", run("本机关为武平县永平镇人民政府。")))


def only_looks(t):
    for r in t.find("一、总体情况"):
        if r.tag.endswith("}r"):
            r.insert(0, run("x")[0].makeelement(r.tag[:-1] + "rPr"))
            r[0].append(r.makeelement(r.tag[:-1] + "rFonts", {r.tag[:-1] + "eastAsia": "Arial"}))


def test_a_new_template_is_that_of_the_edition_and_has_no_fault(folder, capsys):
    assert main(["template", "new", "--edition", "wuping-2022", "-o", FILE]) == 0
    assert (folder / FILE).read_bytes() == build_template(load_edition("wuping-2022"))
    assert main(["template", "check", FILE]) == 0
    out = capsys.readouterr().out
    assert "按“武平县2022年用表”检查" in out
    assert "没有发现问题" in out


def test_a_new_template_is_never_written_over_another_file(folder, capsys):
    (folder / FILE).write_bytes(b"mine")
    assert main(["template", "new", "-o", FILE]) == 2
    assert (folder / FILE).read_bytes() == b"mine"
    assert "已经存在" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["template"], "还缺少：做什么"),
        (["template", "mend", FILE], "不能是“mend”"),
        (["template", "check"], "请写明要检查哪个模板"),
        (["template", "check", "没有.docx"], "找不到模板"),
        (["template", "check", "年报.json"], "不是完好的 Word 文件"),
        (["template", "new"], "请用 -o 写明"),
        (["template", "new", "-o", "模板.dotx"], "以 .docx 结尾"),
        (["template", "check", FILE, "--edition", "2035"], "没有这个格式"),
        (["template", "check", FILE, "--annotate", FILE], "已经存在"),
        (["make", "年报.json", "-o", "报告", "--template", "没有.docx"], "找不到模板"),
    ],
)
def test_what_cannot_be_done_is_one_chinese_sentence_and_exit_2(arguments, said, folder, capsys):
    (folder / FILE).write_bytes(edited(wrong_cell))
    written(folder, reports.zero())
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_faults_come_as_findings_json_with_cells_and_places(folder, capsys):
    (folder / FILE).write_bytes(edited(wrong_cell))
    assert main(["template", "check", FILE, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (found,) = told["findings"]
    assert told["summary"] == {"error": 1, "explain": 0, "hint": 0}
    assert found["rule"] == "T7"
    assert found["cells"] == ["requests.received.natural_person"]
    assert found["place"] == "表格2 第4行第4列（自然人·本年新收）"
    parts = {"where", "what", "why", "how", "evidence", "remark"}
    assert set(found) == {"rule", "class", "cells", "place", "message", "proposals", "explanation", *parts}


def test_what_is_only_looks_leaves_exit_0(folder):
    (folder / FILE).write_bytes(edited(only_looks))
    assert main(["template", "check", FILE]) == 0


def test_the_annotated_copy_is_a_new_file_and_the_template_stays(folder, capsys):
    data = edited(wrong_cell)
    (folder / FILE).write_bytes(data)
    assert main(["template", "check", FILE, "--annotate", "标注.docx"]) == 1
    assert (folder / FILE).read_bytes() == data
    assert "出现了两次" in parts(folder / "标注.docx")["word/comments.xml"].decode()


def test_make_uses_the_offices_own_template_and_proves_the_document(folder, capsys):
    (folder / FILE).write_bytes(edited(fixed_sentence, only_looks))
    name = written(folder, reports.zero())
    assert main(["make", name, "-o", "报告", "--template", FILE]) in (0, 1)
    (made,) = (folder / "报告").glob("*.docx")
    assert ("正文段落", "本机关为武平县永平镇人民政府。") in paragraphs(made.read_bytes())
    assert "西文字体“Arial”" in capsys.readouterr().out
    assert main(["verify", str(made), name]) == 1  # the fixed sentence is not in the data, and said so
    assert "永平镇人民政府" in capsys.readouterr().out


def test_a_template_that_would_make_a_wrong_document_is_refused_also_for_a_draft(folder, capsys):
    (folder / FILE).write_bytes(edited(wrong_cell))
    name = written(folder, reports.zero())
    for more in ([], ["--draft"]):
        assert main(["make", name, "-o", "报告", "--template", FILE, *more]) == 1
        out = capsys.readouterr().out
        assert "没有生成报告：请先改正模板" in out
        assert "表格2 第4行第4列" in out
    assert not (folder / "报告").exists()


def test_a_template_of_another_edition_is_refused(folder, capsys):
    (folder / FILE).write_bytes(shipped("wuping-2022"))
    name = written(folder, reports.zero())
    assert main(["make", name, "-o", "报告", "--template", FILE]) == 1
    assert "缺少“规章”一行" in capsys.readouterr().out


def test_a_draft_from_an_own_template_is_marked(folder):
    (folder / FILE).write_bytes(edited(fixed_sentence))
    name = written(folder, reports.zero())
    assert main(["make", name, "-o", "报告", "--template", FILE, "--draft"]) in (0, 1)
    (made,) = (folder / "报告").glob("*.docx")
    assert "草稿" in made.name
    assert any("【草稿" in text for _, text in paragraphs(made.read_bytes()))


def test_making_a_report_without_an_own_template_loads_nothing_that_examines_templates(folder):
    name = written(folder, reports.zero())
    code = (
        "import sys; from nianbao.cli import main\n"
        f"main(['make', {name!r}, '-o', '报告'])\n"
        "assert not [m for m in sys.modules if m.startswith(('docxtpl_lint', 'nianbao.document.lint'))]"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_either_engine_makes_the_same_report(tmp_path, capsys):
    source = tmp_path / "填报表.xlsx"
    source.write_bytes(workbook.build(load_edition("2021"), reports.zero()))
    made = {}
    for engine in ("auto", "docxtpl"):
        folder = tmp_path / engine
        assert main(["make", str(source), "-o", str(folder), "--engine", engine]) == 0
        made[engine] = parts(next(folder.glob("*.docx")))
    assert set(made["auto"]) == set(made["docxtpl"])
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "customXml/item1.xml"):
        assert made["auto"][name] == made["docxtpl"][name]
    assert main(["make", str(source), "-o", str(tmp_path / "x"), "--engine", "magic"]) == 2
    assert "docxtpl" in capsys.readouterr().err
