"""What the pipeline promises every front: nothing wrong is made, and what can't be made is one sentence."""

from dataclasses import replace

import pytest

from nianbao import document, pipeline
from nianbao.cli import main
from nianbao.errors import InputError, OutputError, TemplateError
from nianbao.findings import Finding, Severity
from nianbao.form import load_edition
from nianbao.pipeline import OUTPUTS, Late, Wanted, file_kinds, making, pdfs, templates
from nianbao.report import dumps
from planting import Template
from reports import reading as read_as
from reports import zero

ERROR = Finding("A1", Severity.ERROR, (), "表三!D5", "表三!D5", "不相等")


@pytest.fixture
def checked(tmp_path):
    return pipeline.Checked(tmp_path / "年报.json", read_as(zero()), ())


def test_with_errors_nothing_but_a_draft_is_made(checked, tmp_path):
    wrong = replace(checked, findings=(ERROR,))
    with pytest.raises(InputError, match=r"“年报.json”还有强制性问题，没有生成正式报告"):
        pipeline.make(wrong, tmp_path / "出", ("json",))
    assert not (tmp_path / "出").exists()
    (path,) = pipeline.make(wrong, tmp_path / "出", ("json",), draft=True).files
    assert path.name.endswith("（草稿）.json")


def test_findings_are_marked_in_workbooks_alone(checked, tmp_path, capsys):
    (tmp_path / "年报.json").write_text(dumps(zero()), encoding="utf-8")
    assert main(["check", str(tmp_path / "年报.json"), "--annotate", str(tmp_path / "标注.xlsx")]) == 2
    assert "“年报.json”不是填报表，没有地方标出问题" in capsys.readouterr().err
    assert not (tmp_path / "标注.xlsx").exists()


def test_a_late_file_that_cannot_be_written_stops_no_other(checked, tmp_path, monkeypatch):
    (tmp_path / "是文件").write_bytes(b"x")
    form = replace(OUTPUTS["pdf"], make_all=lambda jobs: [Late({".pdf": b"%PDF"}) for _ in jobs])
    monkeypatch.setattr(making, "OUTPUTS", {"pdf": form})
    folders = (tmp_path / "是文件" / "出", tmp_path / "出")
    bad, good = pipeline.finish([making.Later(checked, f, Wanted("年报", ("pdf",))) for f in folders])
    assert (bad.made.files, bool(bad.problem)) == ((), True)
    assert (good.made.files, good.problem) == ((tmp_path / "出" / "年报.pdf",), "")
    assert (tmp_path / "出" / "年报.pdf").read_bytes() == b"%PDF"


def test_where_the_word_report_cannot_be_made_there_is_no_pdf_and_the_other_reports_get_theirs(
    checked, tmp_path, monkeypatch
):
    asked = []

    def converted(documents, *, pdf_a):
        asked.append(len(documents))
        raise OutputError("没有 Word")

    monkeypatch.setattr(pdfs.word_to_pdf, "convert", converted)
    wanted = Wanted("年报", ("pdf",))
    jobs = [(checked, replace(wanted, template=tmp_path / "没有.docx")), (checked, wanted)]
    first, second = OUTPUTS["pdf"].make_all(jobs)
    assert asked == [1]
    assert (first.files, "找不到模板“" in first.problem) == ({}, True)
    assert (list(second.files), second.problem) == ([".docx"], "没有 Word")
    with pytest.raises(OutputError, match="没有 Word"):
        pipeline.render(checked, "pdf", wanted)
    monkeypatch.setattr(pdfs, "finish", lambda jobs, rendered, *, pdf_a: [Late({".pdf": b"%PDF"})])
    assert pipeline.render(checked, "pdf", wanted) == {".pdf": b"%PDF"}


def test_a_text_file_too_large_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "年报.json").write_text(dumps(zero()), encoding="utf-8")
    assert pipeline.read(tmp_path / "年报.json").report == zero()
    monkeypatch.setattr(file_kinds, "MAX_JSON", 100)
    with pytest.raises(InputError, match=r"“年报.json”太大，不像一份年报数据"):
        pipeline.read(tmp_path / "年报.json")


def test_a_template_too_large_or_none_is_refused(tmp_path, monkeypatch):
    edition = load_edition("2021")
    path = tmp_path / "模板.docx"
    path.write_bytes(document.build_template(edition))
    assert pipeline.own_findings(path, edition) == ()
    (tmp_path / "夹.docx").mkdir()
    with pytest.raises(TemplateError, match=r"模板“.*夹.docx”打不开（.+）"):
        pipeline.own_findings(tmp_path / "夹.docx", edition)
    monkeypatch.setattr(templates, "MAX_BYTES", 100)
    with pytest.raises(TemplateError, match=r"模板“模板.docx”太大"):
        pipeline.own_findings(path, edition)


def test_a_template_that_would_make_a_wrong_report_makes_none(checked, tmp_path):
    template = Template(document.build_template(load_edition("2021")))
    template.write(2, 4, 4, "{{ 表三.上年结转.自然人 }}")
    path = tmp_path / "模板.docx"
    path.write_bytes(template.save())
    with pytest.raises(
        TemplateError, match=r"模板“模板.docx”有 \d+ 处会让报告出错，不能使用（第一处：.+）；用“nianbao template"
    ):
        pipeline.make(checked, tmp_path / "出", ("docx",), template=path)


def test_what_cannot_be_made_of_an_edition_is_a_fault_of_its_file(tmp_path):
    path = tmp_path / "本县.toml"
    words = f'basis = "{"字" * 40_000}"'
    path.write_text(f'id = "x"\nextends = "2021"\nname = "某县用表"\n{words}', encoding="utf-8")
    edition, (fault,) = pipeline.examine_edition(path)
    assert edition is not None
    assert "一个单元格最多放 32767 个字" in str(fault)


def test_a_file_that_is_no_toml_is_no_edition_and_its_faults_have_their_lines(tmp_path):
    path = tmp_path / "本县.toml"
    path.write_text("id = ", encoding="utf-8")
    edition, (fault, *_) = pipeline.examine_edition(path)
    assert edition is None
    assert fault.line == 1
