"""PDFs by LibreOffice: layout, fonts, bookmarks, identity, what is never done on the way, what the user is told."""

import http.server
import io
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from nianbao import pipeline
from nianbao.cli import main
from nianbao.demo import sample
from nianbao.document import fonts_used, package, template_for, without_hanging
from nianbao.form import load_edition
from nianbao.publish import fonts, libreoffice, office, pdf_file, pdf_proof, word, word_to_pdf
from nianbao.report import Report, dumps
from office import need, pdf_pages, pdf_text
from reports import reading, zero

pytestmark = pytest.mark.xdist_group("pdf")

EDITIONS = ("2021", "2019", "wuping-2022")
PAGES = {"2021": 4, "2019": 4, "wuping-2022": 4}
"""Of a report of zeros and two short texts."""

OURS = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "楷体")


def rendered(report, draft=False):
    return template_for(load_edition(report.edition)).render(report, draft=draft)


def long():
    return replace(zero(), texts={"overview": "国" * 3000, "problems": "（一）甲\n1.乙"})


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory):
    """PDFs of every edition, of the sample, of a long text, and the sample as PDF/A, by name."""
    need(shutil.which("soffice"), "LibreOffice")
    folder = tmp_path_factory.mktemp("pdf")
    reports = {**{e: zero(e) for e in EDITIONS}, "sample": sample().report, "long": long()}
    plain = word_to_pdf.convert([rendered(r) for r in reports.values()])
    archived = word_to_pdf.convert([rendered(sample().report)], pdf_a=True)
    done = dict(zip([*reports, "archived"], [*plain, *archived], strict=True))
    paths = {}
    for name, result in done.items():
        assert result.problem == ""
        paths[name] = folder / f"{name}.pdf"
        paths[name].write_bytes(result.pdf)
    return paths, done


def asked(command, path):
    return subprocess.run([*command, str(path)], check=True, capture_output=True).stdout.decode()


@pytest.mark.office
@pytest.mark.parametrize("name", [*EDITIONS, "sample", "archived"])
def test_every_font_is_embedded(pdfs, name):
    rows = asked(["pdffonts"], pdfs[0][name]).splitlines()[2:]
    assert rows
    # columns from the right: object (2), unicode, subset, embedded
    assert {row.split()[-5] for row in rows} == {"yes"}


@pytest.mark.office
@pytest.mark.parametrize("name", EDITIONS)
def test_a_report_of_zeros_has_its_pages(pdfs, name):
    assert pdf_pages(pdfs[0][name]) == PAGES[name]


@pytest.mark.office
def test_a_full_text_page_has_22_lines_of_28_characters(pdfs):
    full = [line.strip() for line in pdf_text(pdfs[0]["long"], 2).splitlines()]
    assert [line for line in full if line and "—" not in line] == ["国" * 28] * 22


@pytest.mark.office
def test_headings_are_bookmarks_in_their_order(pdfs):
    edition = load_edition("wuping-2022")
    document = pypdfium2.PdfDocument(pdfs[0]["sample"])
    marks = [(m.level, m.get_title()) for m in document.get_toc()]
    document.close()
    assert [title for level, title in marks if level == 0] == [s.title for s in edition.sections]
    assert (1, "（一）网站建设运行情况") in marks


@pytest.mark.office
def test_what_the_properties_say_follows_from_the_report_and_names_no_path_and_no_clock(pdfs):
    told = asked(["pdfinfo"], pdfs[0]["sample"])
    assert re.search(r"Title: +永平镇人民政府2022年政府信息公开工作年度报告", told)
    assert re.search(r"Author: +永平镇人民政府\n", told)
    assert re.search(r"Producer: +LibreOffice [\d.]+\n", told)
    assert re.search(r"Tagged: +yes", told)
    assert "Date" not in told
    for name in ("sample", "archived"):
        data = pdfs[0][name].read_bytes()
        assert b"/Lang(en-US)" not in data
        for word_ in ("/tmp", "nianbao", Path.home().name + "/", "file:"):
            assert word_.encode() not in data
            assert word_.encode("utf-16-be").hex().upper().encode() not in data


@pytest.mark.office
def test_an_archived_pdf_says_it_is_pdf_a_1_and_has_its_colours_and_no_dates(pdfs):
    told = asked(["pdfinfo", "-meta"], pdfs[0]["archived"])
    assert "<pdfaid:part>1</pdfaid:part>" in told
    assert "Date" not in told
    data = pdfs[0]["archived"].read_bytes()
    assert b"/GTS_PDFA1" in data
    assert b"/Encrypt" not in data
    assert b"/JavaScript" not in data


@pytest.mark.office
def test_the_finished_pdf_says_what_the_report_says(pdfs):
    for name in EDITIONS:
        assert pdf_proof.differences(pdfs[0][name].read_bytes(), reading(zero(name))) == []
    assert pdf_proof.differences(pdfs[0]["sample"].read_bytes(), sample()) == []
    assert pdf_proof.differences(pdfs[0]["archived"].read_bytes(), sample()) == []


@pytest.mark.office
def test_a_pdf_with_another_figure_or_text_is_told(pdfs):
    ours = sample()
    figures = {**ours.report.values, "requests.received.natural_person": 7}
    found = pdf_proof.differences(
        pdfs[0]["sample"].read_bytes(), replace(ours, report=replace(ours.report, values=figures))
    )
    assert len(found) == 1
    assert "7" in found[0]
    texts = {**ours.report.texts, "problems": ours.report.texts["problems"].replace("，", "、", 1)}
    found = pdf_proof.differences(
        pdfs[0]["sample"].read_bytes(), replace(ours, report=replace(ours.report, texts=texts))
    )
    assert found == ["“存在的主要问题及改进情况”的文字与填报的不同"]
    assert pdf_proof.differences(b"%PDF-1.6 nothing", ours) == ["PDF 读不出内容"]


@pytest.mark.office
def test_no_comma_at_the_end_of_a_line_is_lost_before_a_digit():
    need(shutil.which("soffice"), "LibreOffice")
    # LibreOffice loses a hanging comma there; the text is such that every line end is tried.
    text = "\n".join("国" * n + "，2025年，" * 12 for n in range(1, 29))
    ours = reading(replace(zero(), texts={"overview": text, "problems": "无。"}))
    (made,) = word_to_pdf.convert([rendered(ours.report)])
    assert pdf_proof.differences(made.pdf, ours) == []


def test_a_document_without_hanging_punctuation_is_otherwise_the_same():
    before, after = rendered(zero()), without_hanging(rendered(zero()))
    with zipfile.ZipFile(io.BytesIO(before)) as one, zipfile.ZipFile(io.BytesIO(after)) as other:
        changed = [n for n in one.namelist() if one.read(n) != other.read(n)]
        assert one.namelist() == other.namelist()
        styles, changed_styles = (x.read("word/styles.xml") for x in (one, other))
    rule = b'<w:overflowPunct w:val="1"/>'
    plain = [x.replace(rule, b"").replace(b"<w:pPr></w:pPr>", b"") for x in (styles, changed_styles)]
    assert plain[0] == plain[1]
    assert changed_styles.count(rule) == changed_styles.count(b'w:type="paragraph"')
    assert changed == ["word/styles.xml"]


def test_punctuation_hangs_nowhere_even_where_a_paragraph_asks_for_it():
    parts = package.read(rendered(zero()))
    asking = b'<w:pPr><w:overflowPunct w:val="1"/>'
    body = parts["word/document.xml"].replace(b"<w:pPr>", asking)
    assert asking in body
    after = package.read(without_hanging(package.write({**parts, "word/document.xml": body})))
    assert after["word/document.xml"] == parts["word/document.xml"]
    del parts["word/styles.xml"]
    bare = package.write(parts)
    assert without_hanging(bare) == bare


@pytest.mark.office
def test_the_same_report_gives_the_same_pdf_whatever_else_is_converted(pdfs):
    again = word_to_pdf.convert([rendered(zero("2019")), rendered(sample().report)])[1]
    assert pdf_file.same(again.pdf, pdfs[0]["sample"].read_bytes())
    assert not pdf_file.same(pdfs[0]["2021"].read_bytes(), pdfs[0]["2019"].read_bytes())
    assert not pdf_file.same(pdfs[0]["archived"].read_bytes(), pdfs[0]["sample"].read_bytes())


@pytest.mark.office
def test_fonts_missing_here_are_named_with_what_replaced_them(pdfs):
    there = fonts.installed()
    missing = [f for f in OURS if fonts.folded(f) not in there]
    assert [f for f, _ in pdfs[1]["sample"].lacking] == [
        f for f in fonts_used(rendered(sample().report)) if f in missing
    ]
    for _, other in pdfs[1]["sample"].lacking:
        assert fonts.folded(other) in there


def test_a_font_under_its_windows_name_is_the_font_asked_for(monkeypatch):
    monkeypatch.setattr(fonts, "installed", lambda: None)
    used = {"仿宋_GB2312": "FangSong", "黑体": "SimHei", "方正小标宋简体": "SimSun", "华文行楷": "华文行楷"}
    assert fonts.lacking(list(used), used, {}) == (("方正小标宋简体", "SimSun"),)
    assert fonts.warning([("方正小标宋简体", "SimSun")]).startswith(
        "这台电脑上没有公文用的字体：方正小标宋简体（用 SimSun 代替）"
    )
    assert fonts.warning([]) == ""


def test_where_nobody_can_be_asked_for_fonts_none_is_replaced(monkeypatch):
    monkeypatch.setattr(fonts.programs, "find", lambda *names: None)
    assert fonts.installed.__wrapped__() is None
    monkeypatch.setattr(fonts, "installed", lambda: None)
    assert fonts.replaced(["黑体"]) == {}


def test_a_font_that_is_there_is_neither_replaced_nor_told(monkeypatch):
    monkeypatch.setattr(fonts, "installed", lambda: frozenset({"黑体", "fangsong"}))
    assert fonts.replaced(["黑体", "仿宋", "楷体"]) == {"仿宋": "FangSong"}
    assert fonts.lacking(["黑体", "仿宋"], {"黑体": "Noto"}, {"仿宋": "FangSong"}) == (("仿宋", "FangSong"),)


def test_on_windows_libreoffice_is_found_where_its_installer_puts_it(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice.programs, "find", lambda *names: None)
    monkeypatch.setattr(libreoffice.sys, "platform", "darwin")
    assert libreoffice._usual() == [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    monkeypatch.setattr(libreoffice.sys, "platform", "win32")
    monkeypatch.setenv("ProgramFiles", str(tmp_path / "64"))
    monkeypatch.delenv("ProgramFiles(x86)", raising=False)
    assert libreoffice.find({}) is None
    program = tmp_path / "64" / "LibreOffice" / "program" / "soffice.com"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    assert libreoffice.find({}).command(tmp_path / "own", [], tmp_path)[0] == str(program)


@pytest.mark.parametrize("stand_ins", [{}, {"黑体": "A&B"}])
def test_libreoffice_is_told_of_fonts_only_where_some_are_replaced(stand_ins, tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice.programs, "find", lambda *names: "/bin/soffice")
    libreoffice.find(stand_ins).command(tmp_path, [], tmp_path)
    told = (tmp_path / "profile" / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert ("Font/Substitution" in told) is bool(stand_ins)
    assert ("<value>A&amp;B</value>" in told) is bool(stand_ins)


def test_the_fonts_of_a_document_are_those_of_its_text():
    used = fonts_used(rendered(sample().report))
    assert set(used) == set(OURS)
    assert "总体情况" in used["黑体"]


def test_without_styles_only_fonts_named_in_the_text_itself_are_asked_for():
    parts = package.read(rendered(sample().report))
    del parts["word/styles.xml"]
    assert fonts_used(package.write(parts)) == {}
    run = b'<w:p><w:r><w:rPr><w:rFonts w:eastAsia="\xe6\xa5\xb7\xe4\xbd\x93"/></w:rPr><w:t>'
    own = run + "另附说明".encode() + b"</w:t></w:r></w:p><w:sectPr"
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", own, 1)
    assert fonts_used(package.write(parts)) == {"楷体": ("另附说明",)}


@pytest.mark.office
def test_nothing_is_fetched_while_converting():
    need(shutil.which("soffice"), "LibreOffice")
    asked_for = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked_for.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names the server looks for

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        (made,) = word_to_pdf.convert([linked(rendered(zero()), f"http://127.0.0.1:{server.server_port}/")])
    finally:
        server.shutdown()
        server.server_close()
    assert made.problem == ""
    assert asked_for == []


def linked(document, address):
    """The document with a picture that lies elsewhere and a template from elsewhere."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = (
        '<w:p><w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
        f' xmlns:r="{relation}"><wp:inline><wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="p"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:link="elsewhere"/></pic:blipFill><pic:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    far = 'TargetMode="External"'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode() if name.endswith((".xml", ".rels")) else old.read(name)
            if name == "word/document.xml":
                part = part.replace("<w:sectPr", drawing + "<w:sectPr", 1)
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="elsewhere" Type="{relation}/image" Target="{address}p.png" {far}/>'
                part = part.replace("</Relationships>", link + "</Relationships>")
            new.writestr(name, part)
    return out.getvalue()


def saved(tmp_path, *names):
    files = []
    for name in names:
        path = tmp_path / f"{name}.json"
        path.write_text(dumps(replace(zero(), body={**zero().body, "name": name})), encoding="utf-8")
        files.append(str(path))
    return files


@pytest.mark.office
def test_make_gives_pdfs_and_a_second_time_leaves_them_as_they_are(tmp_path, capsys):
    need(shutil.which("soffice"), "LibreOffice")
    files, out = saved(tmp_path, "甲镇人民政府", "乙镇人民政府"), tmp_path / "out"
    assert main(["make", *files, "-o", str(out), "--to", "docx,pdf,pdfa"]) in (0, 1)
    made = sorted(p.name for p in out.iterdir())
    assert len(made) == 6
    assert "甲镇人民政府2025年政府信息公开工作年度报告（存档）.pdf" in made
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    said = capsys.readouterr().err
    assert said.count("没有公文用的字体") <= 1
    main(["make", *files, "-o", str(out), "--to", "docx,pdf,pdfa"])
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def test_without_word_and_libreoffice_it_is_said_and_the_word_report_is_there(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(libreoffice, "find", lambda *_: None)
    monkeypatch.setattr(word, "find", lambda *_: None)
    files, out = saved(tmp_path, "甲镇人民政府"), tmp_path / "out"
    assert main(["make", *files, "-o", str(out), "--to", "pdf"]) == 2
    assert [p.name for p in out.iterdir()] == ["甲镇人民政府2025年政府信息公开工作年度报告.docx"]
    assert "这台电脑上没有 Word，也没有 LibreOffice，不能转成 PDF；Word 报告（.docx）已保留" in capsys.readouterr().err
    assert main(["make", *files, "-o", str(out), "--to", "html,pdf"]) == 2
    assert "网页里有它的下载链接" in capsys.readouterr().err


def test_a_pdf_that_differs_from_its_data_is_not_handed_over(tmp_path, monkeypatch):
    other = b"%PDF-1.6 of something else %%EOF"
    monkeypatch.setattr(
        word_to_pdf, "convert", lambda documents, *, pdf_a: tuple(word_to_pdf.Converted(other) for _ in documents)
    )
    checked = pipeline.Checked(tmp_path / "x.json", reading(zero()), ())
    made = pipeline.make(checked, tmp_path / "out", ("pdf",))
    assert made.files == ()
    (done,) = pipeline.finish([made.later])
    assert "转成的 PDF 与数据有 1 处不一致" in done.problem
    assert [p.suffix for p in (tmp_path / "out").iterdir()] == [".docx"]


@pytest.mark.office
def test_a_draft_is_marked_on_every_page_of_its_pdf(tmp_path):
    need(shutil.which("soffice"), "LibreOffice")
    checked = pipeline.Checked(tmp_path / "x.json", reading(zero()), ())
    made = pipeline.make(checked, tmp_path, ("pdf",), draft=True)
    (done,) = pipeline.finish([made.later])
    assert done.problem == ""
    (path,) = done.made.files
    assert path.name.endswith("（草稿）.pdf")
    for page in range(1, pdf_pages(path) + 1):
        assert "草稿" in pdf_text(path, page)


@pytest.mark.office
def test_a_draft_of_an_empty_report_becomes_a_pdf_and_one_with_another_figure_does_not(tmp_path):
    need(shutil.which("soffice"), "LibreOffice")
    empty = reading(Report("2021", None, {}, {}, {}))
    made = pipeline.make(pipeline.Checked(tmp_path / "x.json", empty, ()), tmp_path, ("pdf",), draft=True)
    (done,) = pipeline.finish([made.later])
    assert done.problem == ""
    other = reading(replace(empty.report, values={"requests.received.total": 1}))
    assert len(pdf_proof.figures(done.made.files[0].read_bytes(), other)) == 1


def test_the_patience_with_a_program_is_bounded():
    assert 30 <= office.PATIENCE <= 300


@pytest.mark.parametrize("taskkill", ["/bin/false", "/nowhere/taskkill.exe"])
@pytest.mark.skipif(sys.platform == "win32", reason="stands in for Windows")
def test_a_program_that_taskkill_does_not_end_is_ended_all_the_same(taskkill, tmp_path, monkeypatch):
    monkeypatch.setattr(office.sys, "platform", "win32")
    monkeypatch.setattr(office.programs, "of_windows", lambda _: taskkill)
    with subprocess.Popen(["/bin/sleep", "60"]) as running:
        office._end(running, tmp_path)
        assert running.returncode is not None
