"""A county's PDFs: all in one go after the reports, resumed like the rest, one that fails stops no other."""

import shutil

import pytest

from county import towns
from nianbao.publish import word_to_pdf
from office import need


def run(out, roster, delivered, to="docx,pdf"):
    return towns.run("batch", delivered, "--roster", roster, "-o", out, "--workers", "1", "--to", to)


@pytest.mark.office
def test_every_body_gets_its_pdf_and_a_second_run_converts_nothing(tmp_path, monkeypatch):
    need(shutil.which("soffice"), "LibreOffice")
    roster, delivered = towns.write_whole(tmp_path)
    out = tmp_path / "结果"
    run(out, roster, delivered)
    reports = sorted(p.name for p in (out / "报告").iterdir())
    words = [n for n in reports if n.endswith(".docx")]
    assert words
    assert [n.removesuffix(".docx") for n in words] == [n.removesuffix(".pdf") for n in reports if n.endswith(".pdf")]
    assert ".pdf" in (out / "总览.html").read_text(encoding="utf-8")
    before = towns.produced(out)
    monkeypatch.setattr(word_to_pdf, "convert", lambda *_, **__: pytest.fail("converted again"))
    run(out, roster, delivered)
    assert {n: d for n, d in towns.produced(out).items() if n.endswith((".pdf", ".docx"))} == {
        n: d for n, d in before.items() if n.endswith((".pdf", ".docx"))
    }


def test_a_body_whose_pdf_failed_keeps_its_report_is_named_and_tried_again(tmp_path, monkeypatch, capsys):
    roster, delivered = towns.write_whole(tmp_path)
    out = tmp_path / "结果"
    tried = []

    def refuse(documents, *, pdf_a):
        tried.append(len(documents))
        return tuple(word_to_pdf.Converted(None, "LibreOffice 打不开这份文档，没有转成 PDF") for _ in documents)

    monkeypatch.setattr(word_to_pdf, "convert", refuse)
    assert run(out, roster, delivered) == 1
    assert "没有办成：" in capsys.readouterr().out
    assert {p.suffix for p in (out / "报告").iterdir()} == {".docx"}
    run(out, roster, delivered)
    assert len(tried) == 2
    assert tried[0] == tried[1] == len(list((out / "报告").iterdir()))
