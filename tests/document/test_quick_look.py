"""The quick look that spares a proof the long one: it holds for what we make, and for nothing that may be unseen."""

import copy
import re
from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

import reports
from document import measure_quick_look
from document.quick.changed import element
from nianbao.document import package, readback, template_for
from nianbao.document.wml import qn
from nianbao.form import edition_names, load_edition, printed_tables
from nianbao.visible.word import WordEye, parts_of

MAIN = "word/document.xml"
SIGNED = {"signed_on": "2026-1-12"}


@cache
def parts_made(name):
    report = reports.zero(name)
    return package.read(template_for(load_edition(name)).render(replace(report, body={**report.body, **SIGNED})))


def made(name):
    """The parts of a signed report and the root of its body."""
    parts = parts_made(name)
    return parts, etree.fromstring(parts[MAIN])


def is_plain(parts, root):
    return WordEye(parts_of(parts.get, MAIN)).is_plain(root.find(qn("body")))


def unseen(parts, root, name="2021"):
    """What the long look tells."""
    edition, eye = load_edition(name), WordEye(parts_of(parts.get, MAIN))
    return list(readback._unseen(eye, root.find(qn("body")), printed_tables(edition), edition, reports.zero(name)))


@pytest.mark.parametrize("name", edition_names())
def test_every_report_of_ours_is_plain(name):
    parts, root = made(name)
    assert is_plain(parts, root)
    assert unseen(parts, root, name) == []


def test_a_style_that_moves_text_is_looked_at_in_a_cell():
    parts, root = made("2021")
    signature = next(p for p in root.iter(qn("pStyle")) if p.get(qn("val")) == "ReportSignature")
    cell = next(root.iter(qn("tc")))
    cell.append(copy.deepcopy(signature.getparent().getparent()))
    assert not is_plain(parts, root)


@pytest.mark.parametrize("twips", ["-640", "-30000"])
def test_a_paragraph_that_is_moved_by_itself_is_looked_at(twips):
    parts, root = made("2021")
    paragraph = next(root.find(qn("body")).iterchildren(qn("p")))
    etree.SubElement(paragraph.find(qn("pPr")), qn("ind")).set(qn("right"), twips)
    assert not is_plain(parts, root)


def figure(root):
    """The run of a figure in a narrow cell of 表三."""
    return root.findall(f".//{qn('tbl')}")[1].findall(f".//{qn('t')}")[-1].getparent()


def told(parts, root):
    """Whether the long look has something to tell, which the quick one may not pass over."""
    found = unseen(parts, root)
    assert not (found and is_plain(parts, root))
    return bool(found)


IN_A_RUN = ["<w:dayShort/>", "<w:softHyphen/>", "<w:rt><w:t>8</w:t></w:rt>", "<w:unknown><w:t>8</w:t></w:unknown>",
            "<w:pgNum/>", "<x:a><x:t>8</x:t></x:a>"]  # fmt: skip
IN_A_PARAGRAPH = ["<m:oMathPara><m:t>8</m:t></m:oMathPara>", "<w:p><w:r><w:t>8</w:t></w:r></w:p>", "<x:t>8</x:t>",
                  "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>8</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"]  # fmt: skip


@pytest.mark.parametrize("xml", [*IN_A_RUN, *IN_A_PARAGRAPH])
def test_what_is_no_text_of_a_run_is_looked_at(xml):
    parts, root = made("2021")
    run = figure(root)
    (run if xml in IN_A_RUN else run.getparent()).append(element(xml))
    assert told(parts, root)


@pytest.mark.parametrize("xml", ["<mc:Fallback/>", "<mc:Choice/>", "<x:Choice/>", "<w:txbxContent/>", "<w:unknown/>"])
@pytest.mark.parametrize("kind", ["r", "p"])
def test_what_stands_around_text_is_looked_at(xml, kind):
    parts, root = made("2021")
    inner, outer = next(figure(root).iterancestors(qn("p"))) if kind == "p" else figure(root), element(xml)
    inner.getparent().replace(inner, outer)
    outer.append(inner)
    found = unseen(parts, root)
    assert found or xml in ("<w:txbxContent/>", "<w:unknown/>")
    assert not is_plain(parts, root)


@pytest.mark.parametrize("kind", ["pPr", "moveFrom"])
def test_text_that_stands_where_none_is_shown_is_told(kind):
    parts, root = made("2021")
    run, outer = figure(root), element(f"<w:{kind}/>")
    run.getparent().replace(run, outer)
    outer.append(run)
    assert told(parts, root)


@pytest.mark.parametrize("name", ["BodyParagraph", "ReportHeading1"])
def test_a_style_that_leaves_no_room_in_its_cell_is_looked_at(name):
    parts, root = made("2021")
    figure(root).getparent().find(f"{qn('pPr')}/{qn('pStyle')}").set(qn("val"), name)
    assert told(parts, root)


INDENTS = ['w:left="0" w:hanging="401"', 'w:leftChars="-100"', 'w:left="-60" w:firstLine="-60"', 'w:right="401"',
           'w:firstLineChars="2000"']  # fmt: skip
STYLES = {
    **{f"indent {i}": ("TableFigure", f'<w:jc w:val="left"/><w:ind {i}/>') for i in INDENTS},
    "a plain colour beside a theme's": ("TableFigure", '<w:color w:val="FFFFFF" w:themeColor="text1"/>'),
    "a pale colour on white": ("BodyParagraph", '<w:color w:val="D0D0D0"/>'),
    "a paler one in small letters": ("TableFigure", '<w:sz w:val="12"/><w:color w:val="B8B8B8"/>'),
    "thin lines of light letters": ("TableFigure", '<w:outline/><w:color w:val="A0A0A0"/>'),
    "another size from the right": ("TableFigure", '<w:rtl/><w:szCs w:val="2"/>'),
    "signs from the right": ("TableFigure", '<w:cs/><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:cs="Wingdings"/>'),
    "letters far apart": ("TableFigure", '<w:sz w:val="12"/><w:spacing w:val="180"/>'),
    "letters too near": ("TableFigure", '<w:sz w:val="12"/><w:spacing w:val="-25"/>'),
    "a line lower than its letters": ("BodyParagraph", '<w:sz w:val="80"/>'),
}


@pytest.mark.parametrize("what", STYLES)
def test_a_style_that_hides_in_another_way_is_looked_at(what):
    parts, root = made("2021")
    name, xml = STYLES[what]
    styles = etree.fromstring(parts["word/styles.xml"])
    style = next(s for s in styles.iter(qn("style")) if s.get(qn("styleId")) == name)
    for made_ in element(f"<w:a>{xml}</w:a>"):
        held = style.find(qn("pPr" if made_.tag in (qn("ind"), qn("jc")) else "rPr"))
        for before in held.findall(made_.tag):
            held.remove(before)
        held.append(made_)
    assert told({**parts, "word/styles.xml": etree.tostring(styles)}, root)


def test_figures_that_a_style_spreads_over_their_cell_are_looked_at():
    parts, root = made("2021")
    figure(root).find(qn("t")).text = "15"
    assert not told(parts, root)
    centred = b'<w:jc w:val="center"/>'
    assert centred in parts["word/styles.xml"]
    spread = parts["word/styles.xml"].replace(centred, centred.replace(b"center", b"distribute"))
    assert told({**parts, "word/styles.xml": spread}, root)


LINES = ['<w:spacing w:line="240" w:lineRule="exact"/>',
         '<w:spacing w:line="300" w:lineRule="exact"/><w:pBdr><w:top w:val="single"/></w:pBdr>']  # fmt: skip


@pytest.mark.parametrize("xml", LINES)
def test_a_low_line_of_large_letters_is_looked_at(xml):
    parts, root = made("2021")
    for given in root.find(qn("body")).findall(f"{qn('p')}/{qn('pPr')}"):
        given.extend(element(f"<w:a>{xml}</w:a>"))
    assert told(parts, root)


def test_a_figure_of_two_sizes_is_looked_at():
    parts, root = made("2021")
    styles = etree.fromstring(parts["word/styles.xml"])
    large = '<w:style w:type="character" w:styleId="Large"><w:rPr><w:sz w:val="40"/></w:rPr></w:style>'
    styles.append(element(large))
    named = '<w:r><w:rPr><w:rStyle w:val="Large"/></w:rPr><w:t>8</w:t></w:r>'
    figure(root).addnext(element(named))
    assert told({**parts, "word/styles.xml": etree.tostring(styles)}, root)


def test_a_property_said_twice_is_looked_at():
    parts, root = made("2021")
    figure(root).insert(0, element('<w:rPr><w:b/><w:b w:val="0"/></w:rPr>'))
    assert told(parts, root)


@pytest.mark.parametrize("size", ["--5", "x", "", "1e9"])
@pytest.mark.parametrize("given", ['<w:spacing w:val="-5"/>', '<w:sz w:val="20"/>', '<w:sz w:val="32"/>'])
def test_a_size_that_is_no_number_breaks_neither_look(size, given):
    parts, root = made("2021")
    other = re.sub('".*"', f'"{size}"', given).encode()
    assert given.encode() in parts["word/styles.xml"]
    told({**parts, "word/styles.xml": parts["word/styles.xml"].replace(given.encode(), other)}, root)


def test_the_quick_look_passes_over_nothing_the_long_one_finds():
    tally = measure_quick_look.looked(2026, range(300))
    assert tally.missed == []
    assert tally.documents == 300
    assert tally.plain > 50
    assert tally.whole


def test_what_is_passed_over_is_told(monkeypatch):
    monkeypatch.setattr(WordEye, "is_plain", lambda *_: True)
    tally = measure_quick_look.looked(2026, range(100))
    assert len(tally.missed) > 3
    assert all(m.startswith("document ") for m in tally.missed)
