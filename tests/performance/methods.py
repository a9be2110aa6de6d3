"""The methods that are compared, each as a function that makes one document or reads one workbook."""

import itertools
import json
import zipfile

from docx import Document
from docxtpl import DocxTemplate
from openpyxl import load_workbook

from nianbao import checks, document, files, workbook
from nianbao.document import compiling, render
from nianbao.document.program import ReadyPart
from nianbao.workbook import package_checks, thorough
from nianbao.workbook.read import read_book


def documents(m):
    """Making one document of a report, by name; all write the same figures to a file."""
    shipped, straight = m.file("shipped.docx"), m.file("straight.docx")
    ours, page = document.template_for(m.edition), _page(m)
    body, entries = _floor(m, page)

    def naive(template, words):
        def make():
            filled = DocxTemplate(template)
            filled.render(words, autoescape=True)
            filled.save(m.file("naive.docx"))

        return make

    def python_docx():
        filled = Document(m.file("python-docx-template.docx"))
        for paragraph in filled.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
            text = paragraph.text or ""
            if text.startswith("@@"):
                paragraph.text = m.words[text.strip("@")]
        filled.save(m.file("python-docx.docx"))

    def our_report():
        m.file("ours.docx").write_bytes(ours.render(m.report))

    def our_straight():
        m.file("ours-straight.docx").write_bytes(
            render.archive.write(entries, {"word/document.xml": page.run(m.words)})
        )

    def floor():
        m.file("floor.docx").write_bytes(render.archive.write(entries, {"word/document.xml": b"".join(body)}))

    return {
        "docxtpl, straight template": naive(straight, m.words),
        "docxtpl, shipped template (loops)": naive(shipped, m.context),
        "python-docx, straight": python_docx,
        "ours, straight template": our_straight,
        "ours, shipped template, from the report": our_report,
        "floor: join, deflate, write": floor,
    }


def _page(m):
    known = dict.fromkeys(m.words, "")
    part = document_parts(m)["word/document.xml"]
    compiled = compiling.compile_part(part, known, body=True)
    assert isinstance(compiled, compiling.PlainPart)
    return ReadyPart(compiled.page.program, compiled.page.hollow)


def document_parts(m):
    with zipfile.ZipFile(m.file("straight.docx")) as package:
        return {n: package.read(n) for n in package.namelist()}


def _floor(m, page):
    """The finished XML in as many pieces as the template has, and the other parts ready to copy."""
    xml = page.run(m.words)
    cuts = list(range(0, len(xml), len(xml) // 450))
    body = [xml[a:b] for a, b in zip(cuts, [*cuts[1:], len(xml)], strict=True)]
    rest = [(n, c) for n, c in document_parts(m).items() if n != "word/document.xml"]
    return body, render.archive.fixed(render.archive.entry(n, c) for n, c in rest)


def readers(m):
    """Reading one workbook, by name."""
    path = m.file("body.xlsx")

    def by_openpyxl():
        book = load_workbook(path, data_only=True)
        return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book}

    def thoroughly():
        with thorough.opened(package_checks.open_package(path)) as book:
            return read_book(book)

    return {
        "openpyxl, values only": by_openpyxl,
        "ours, thorough reader": thoroughly,
        "ours, quick reader": lambda: workbook.read(path),
    }


def bodies(m):
    """One whole body, from its workbook to its Word report on disk, by name; ours step by step."""
    path, numbers = m.file("clean.xlsx"), itertools.count()
    context = json.loads(m.file("clean.json").read_text(encoding="utf-8"))

    def naive():
        book = load_workbook(path, data_only=True)
        values = {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book}
        filled = DocxTemplate(m.file("clean.docx"))
        filled.render(context, autoescape=True)
        filled.save(m.file("naive-body.docx"))
        return values

    def ours(*, rules, proof):
        def make():
            reading = workbook.read(path)
            found = checks.check(reading) if rules else []
            made = document.template_for(reading.edition).render(reading.report)
            assert not proof or not document.differences(made, reading.edition, reading.report)
            files.write_result(m.file(f"ours-body-{next(numbers)}.docx"), made)  # a new file, as in a county's run
            return found

        return make

    return {
        "openpyxl + docxtpl": naive,
        "ours: read, render, write": ours(rules=False, proof=False),
        "ours: with all rules": ours(rules=True, proof=False),
        "ours: with all rules and proof": ours(rules=True, proof=True),
    }
