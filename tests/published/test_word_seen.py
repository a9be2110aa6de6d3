"""What Word shows of a cell is what is read; what is not sure is not read, and told with the cell."""

# ruff: noqa: E501 - a cell of Word is one line
import io
import re
import shutil
import subprocess
import zipfile

import pytest

import office
from nianbao import document, published
from nianbao.checks import check
from nianbao.demo import sample
from nianbao.published import docx
from nianbao.published.published_file import PublishedFile

KEY = "requests.received.natural_person"
BY = 'w:id="90" w:author="甲" w:date="2026-01-01T00:00:00Z"'
OWN = "<w:r><w:t>5</w:t></w:r>"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def run(properties, text="5"):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def style(name, properties, based="", kind="character"):
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{on}<w:rPr>{properties}</w:rPr></w:style>'
    )


def field(code, shown, mark=""):
    return (f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip


@pytest.fixture(scope="module")
def made():
    reading = sample()
    return document.template_for(reading.edition).render(reading.report)


def edited(made, cell, *, styles="", paragraph="", outer="{}", look=""):
    """The report with this in the cell of new requests by natural persons."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            part = source.read(name).decode() if name.endswith((".xml", ".rels")) else source.read(name)
            if name == "word/document.xml":
                part = _with_cell(part, outer.format(cell), paragraph, look)
            if name == "word/styles.xml":
                part = part.replace("</w:styles>", f"{styles}</w:styles>")
            if name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
                part = part.replace(
                    "</Relationships>",
                    f'<Relationship Id="rId98" Type="{kind}" Target="numbering.xml"/></Relationships>',
                )
            copy.writestr(name, part)
        copy.writestr("word/numbering.xml",
            '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>'
            '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
            '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>')  # fmt: skip
    return target.getvalue()


def _with_cell(xml, cell, paragraph, look):
    row = xml.index("一、本年新收")
    found = re.compile(
        r"<w:tcPr>((?:(?!</w:tcPr>).)*)</w:tcPr><w:p><w:pPr>((?:(?!</w:pPr>).)*)</w:pPr>(<w:r>(?:(?!</w:p>).)*)</w:p>"
    ).search(xml, row)
    held = re.sub("<w:tcMar>.*?</w:tcMar>", "", found[1]) if "tcMar" in look else found[1]
    new = f"<w:tcPr>{held}{look}</w:tcPr><w:p><w:pPr>{found[2]}{paragraph}</w:pPr>{cell}</w:p>"
    return xml[: found.start()] + new + xml[found.end() :]


def what_is_read(tmp_path, data):
    path = tmp_path / "年报.docx"
    path.write_bytes(data)
    reading = published.read(path)
    return reading.report.values.get(KEY), {k for f in check(reading) for k in f.cells}, reading


TEN = '<w:color w:val="FFFFFF"/>'

DOUBTFUL = {
    "struck": run("<w:strike/>"),
    "one of two struck": run("<w:strike/>", "1") + OWN,
    "struck twice": run("<w:dstrike/>"),
    "raised": OWN + run('<w:vertAlign w:val="superscript"/>', "1"),
    "lowered": OWN + run('<w:vertAlign w:val="subscript"/>', "1"),
    "raised by points": OWN + run('<w:position w:val="12"/>', "1"),
    "white": run(TEN),
    "nearly white": run('<w:color w:val="FAFBFC"/>'),
    "white of the theme": run('<w:color w:val="auto" w:themeColor="background1"/>'),
    "as its shading": run('<w:color w:val="4472C4"/><w:shd w:val="clear" w:fill="4472C4"/>'),
    "as its marker": run('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'),
    "tiny": run('<w:sz w:val="2"/>'),
    "narrow": run('<w:w w:val="1"/>'),
    "a third as wide": run('<w:w w:val="33"/>'),
    "small and narrow": run('<w:sz w:val="12"/><w:w w:val="50"/>'),
    "drawn together": run('<w:spacing w:val="-200"/>'),
    "no fill": run(f'<w14:textFill xmlns:w14="{W14}"><w14:noFill/></w14:textFill>'),
    "another font": run('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
    "a symbol": '<w:r><w:sym w:font="Arial" w:char="0031"/></w:r>' + OWN,
    "a field of another number": field("SEQ a", OWN),
    "a dirty field": field("=2+5", OWN, ' w:dirty="true"'),
    "a dirty simple field": f'<w:fldSimple w:instr="=2+5" w:dirty="1">{OWN}</w:fldSimple>',
    "a field in a field's code": '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("QUOTE", OWN)
    + '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "a bound control": f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>{OWN}</w:sdtContent></w:sdt>',
    "two ways": '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
    'xmlns:z="urn:z" Requires="z"><w:t>1</w:t></mc:Choice><mc:Fallback><w:t>5</w:t></mc:Fallback></mc:AlternateContent></w:r>',
    "a picture in two ways": OWN + '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Fallback>'
    "<w:drawing/></mc:Fallback></mc:AlternateContent></w:r>",
    "what nobody knows": '<z:z xmlns:z="urn:z"><w:r><w:t>1</w:t></w:r></z:z>' + OWN,
    "ruby": f"<w:r><w:ruby><w:rt><w:r><w:t>1</w:t></w:r></w:rt><w:rubyBase>{OWN}</w:rubyBase></w:ruby></w:r>",
    "an own mark of a note": OWN + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>1</w:t></w:r>',
    "a fraction": '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f><m:num><m:r><m:t>1</m:t>'
    "</m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
    "from right to left": '<w:bdo w:val="rtl"><w:r><w:t>15</w:t></w:r></w:bdo>',
    "an override": "<w:r><w:t>\u202e15</w:t></w:r>",
    "a picture": OWN + "<w:r><w:drawing/></w:r>",
    "a space for a tab": "<w:r><w:t>1</w:t><w:ptab/><w:t>2</w:t></w:r>",
    "two lines in one": run('<w:eastAsianLayout w:id="1" w:combine="1"/>', "12"),
    "a hyphen at a line's end": "<w:r><w:t>1</w:t><w:softHyphen/><w:t>2</w:t></w:r>",
    "a circled one": "<w:r><w:t>5①</w:t></w:r>",
    "a small two": "<w:r><w:t>5²</w:t></w:r>",
    "digits of others": "<w:r><w:t>٥</w:t></w:r>",
    "one of two small": run('<w:sz w:val="9"/>', "1") + OWN, "both moved a little": run('<w:position w:val="4"/>', "1") + run('<w:position w:val="-4"/>'),
    "drawn on each other": run('<w:spacing w:val="-60"/>', "15"), "far apart": run('<w:spacing w:val="240"/>', "15"),
    "tiny from the right": run('<w:rtl/><w:szCs w:val="2"/>'), "signs from the right": run('<w:rtl/><w:rFonts w:cs="Wingdings"/>'),
    "black on black": run('<w:highlight w:val="black"/>'),
}  # fmt: skip


@pytest.mark.parametrize("cell", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_cell_that_may_show_another_number_is_not_read_and_told(cell, made, tmp_path):
    value, told, _ = what_is_read(tmp_path, edited(made, cell))
    assert value is None
    assert KEY in told


SEEN = {
    "plainly": OWN, "bold and red": run('<w:b/><w:color w:val="C00000"/>'), "underlined": run('<w:u w:val="single"/>'),
    "not struck": run('<w:strike w:val="0"/>'), "on the line": run('<w:vertAlign w:val="baseline"/>'),
    "white on dark": run(TEN + '<w:shd w:val="clear" w:fill="1F4E79"/>'), "a link": f"<w:hyperlink>{OWN}</w:hyperlink>",
    "a sum": field(" =SUM(ABOVE) ", OWN), "a control of its own": f"<w:sdt><w:sdtPr/><w:sdtContent>{OWN}</w:sdtContent></w:sdt>",
    "a mark of a note": OWN + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>',
    "beside what is hidden": OWN + run("<w:vanish/>", "1"), "full width": "<w:r><w:t>５</w:t></w:r>",
}  # fmt: skip


@pytest.mark.parametrize("cell", SEEN.values(), ids=SEEN)
def test_a_cell_that_plainly_shows_a_number_is_read(cell, made, tmp_path):
    assert what_is_read(tmp_path, edited(made, cell))[0] == 5


BY_STYLE = {
    "of characters": (style("A", "<w:vanish/>"), None), "based on another": (style("A", "", "B") + style("B", "<w:vanish/>"), None),
    "turned off again": (style("A", '<w:vanish w:val="0"/>', "B") + style("B", "<w:vanish/>"), 5),
    "struck": (style("A", "<w:strike/>"), None), "white": (style("A", TEN), None), "bold": (style("A", "<w:b/>"), 5),
    "based on itself": (style("A", "<w:b/>", "A"), 5), "a raise taken back": (style("A", '<w:position w:val="0"/>', "B") + style("B", '<w:position w:val="12"/>'), None),
    "on the line": (style("A", '<w:position w:val="0"/>', "B") + style("B", "<w:b/>"), 5),
}  # fmt: skip


@pytest.mark.parametrize(("styles", "value"), BY_STYLE.values(), ids=BY_STYLE)
def test_what_a_style_does_to_a_figure_counts(styles, value, made, tmp_path):
    data = edited(made, run('<w:rStyle w:val="A"/>'), styles=styles)
    read, told, reading = what_is_read(tmp_path, data)
    assert read == value
    assert value == 5 or KEY in told or any("隐藏" in f.message for f in reading.findings)


def test_a_raise_that_not_every_program_takes_back_is_told(made, tmp_path):
    cell = OWN + run('<w:rStyle w:val="A"/><w:position w:val="0"/>', "1")
    value, told, _ = what_is_read(tmp_path, edited(made, cell, styles=style("A", '<w:position w:val="12"/>')))
    assert value is None
    assert KEY in told


@pytest.mark.parametrize(
    ("paragraph", "look", "value"),
    [('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', "", None),
     ('<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', "", 5),
     ('<w:numPr><w:numId w:val="0"/></w:numPr>', "", 5), ('<w:numPr><w:numId w:val="2"/></w:numPr>', "", None),
     ('<w:framePr w:x="31000" w:y="1"/>', "", None), ('<w:framePr w:x="9" w:y="1"/>', "", 5),
     ('<w:ind w:left="9000"/>', "", None), ('<w:ind w:hanging="1500"/>', "", None), ('<w:ind w:leftChars="-900"/>', "", None),
     ('<w:ind w:left="450"/>', "", None), ('<w:ind w:left="-105" w:right="-105" w:leftChars="-50" w:rightChars="-50"/>', "", 5),
     ('<w:ind w:left="-264"/><w:jc w:val="left"/>', "", None), ('<w:ind w:left="-264"/><w:jc w:val="center"/>', "", 5), ('<w:ind w:right="-264"/><w:jc w:val="right"/>', "", None),
     ('<w:ind w:left="420" w:hanging="420"/>', "", 5), ("", '<w:tcMar><w:left w:w="600" w:type="dxa"/></w:tcMar>', None),
     ('<w:jc w:val="distribute"/>', "", 5), ('<w:spacing w:line="20" w:lineRule="exact"/>', "", None),
     ('<w:spacing w:line="200" w:lineRule="exact"/>', "", 5), ('<w:spacing w:line="200" w:lineRule="exact"/><w:pBdr><w:top w:val="single" w:sz="4"/></w:pBdr>', "", None),
     ('<w:spacing w:line="200" w:lineRule="exact"/><w:pBdr><w:top w:val="nil"/></w:pBdr>', "", 5), ('<w:pBdr><w:top w:val="single" w:sz="4"/></w:pBdr>', "", 5),
     ("", '<w:shd w:val="clear" w:fill="F2F2F2"/>', 5)],
    ids=["numbered", "a level without a mark", "no number", "numbered as another list", "a frame off the page", "a frame in its place", "set in", "hanging out", "out by characters", "no room", "out by half a character", "out where it begins", "out on both sides alike", "out where it ends", "hanging in itself", "margins", "one figure distributed",
         "lines of a point", "low lines", "low lines with a border", "low lines with none", "a border", "shaded"],
)  # fmt: skip
def test_what_a_paragraph_and_a_cell_do_to_a_figure_counts(paragraph, look, value, made, tmp_path):
    assert what_is_read(tmp_path, edited(made, OWN, paragraph=paragraph, look=look))[0] == value


@pytest.mark.parametrize(("empty", "value"), [
    ("", None), (f"<w:del {BY}>{OWN.replace('w:t>', 'w:delText>')}</w:del>", None), (run("<w:vanish/>", "1"), None),
    ("<w:rPr><w:vanish/></w:rPr>", 5)], ids=["empty", "all deleted", "all hidden", "its end is hidden too"])  # fmt: skip
def test_an_empty_paragraph_shows_its_number_beside_the_figure(empty, value, made, tmp_path):
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + (empty if value else "")
    second = f"</w:p><w:p>{OWN}"
    data = edited(made, ("" if value else empty) + second, paragraph=numbered)
    read, told, _ = what_is_read(tmp_path, data)
    assert read == value
    assert value == 5 or KEY in told


@pytest.mark.parametrize(("text", "on", "value"), [("-5", "", None), ("5-", "", None), ("1 5", "", None), ("15", "", 15), ("1,500", "", 1500),
    ("15件", "", 15), ("1 500", ' w:val="0"', None), ("-5", ' w:val="0"', -5)])  # fmt: skip
def test_signs_change_places_in_a_paragraph_written_from_the_right(text, on, value, made, tmp_path):
    data = edited(made, run("", text), paragraph=f"<w:bidi{on}/>")
    assert what_is_read(tmp_path, data)[0] == value


def test_two_figures_at_the_ends_of_a_cell_are_not_read_as_one(made, tmp_path):
    data = edited(made, run("", "15"), paragraph='<w:jc w:val="distribute"/>')
    assert what_is_read(tmp_path, data)[0] is None


BOUND = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>'


@pytest.mark.parametrize(("before", "height", "after"), [("", 20, ""), (BOUND, 900, "</w:sdtContent></w:sdt>")], ids=["too low", "bound to other data"])  # fmt: skip
def test_what_a_row_does_to_its_figures_counts(before, height, after, made, tmp_path):
    def around(row):
        flat = f'<w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'
        return before + re.sub("<w:trPr>.*?</w:trPr>", "", row).replace("<w:tc>", f"{flat}<w:tc>", 1) + after

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(edited(made, OWN))) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            part = source.read(name).decode() if name == "word/document.xml" else source.read(name)
            if name == "word/document.xml":
                at = part.rindex("<w:tr>", 0, part.index("一、本年新收"))
                end = part.index("</w:tr>", at) + len("</w:tr>")
                part = part[:at] + around(part[at:end]) + part[end:]
            copy.writestr(name, part)
    value, told, _ = what_is_read(tmp_path, target.getvalue())
    assert value is None
    assert KEY in told


def test_black_figures_on_black_pages_are_not_read(made, tmp_path):
    target = io.BytesIO()
    data = edited(made, run('<w:color w:val="111111"/>'))
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            part = source.read(name).replace(b"<w:body>", b'<w:background w:color="000000"/><w:body>', 1)
            copy.writestr(name, re.sub(rb"(<w:settings[^>]*>)", rb"\1<w:displayBackgroundShape/>", part, count=1))
    assert what_is_read(tmp_path, target.getvalue())[0] is None


def test_a_cell_merged_into_the_one_before_it_in_the_old_way_is_not_read(made, tmp_path):
    data = edited(made, OWN, look='<w:hMerge w:val="continue"/>')
    value, told, _ = what_is_read(tmp_path, data)
    assert value is None
    assert KEY in told
    reading = sample()
    assert any("隐藏" in t for t in document.differences(data, reading.edition, reading.report))


def test_dark_figures_on_a_dark_cell_are_not_read(made, tmp_path):
    data = edited(made, run('<w:color w:val="1F4E79"/>'), look='<w:shd w:val="clear" w:fill="1F4E79"/>')
    assert what_is_read(tmp_path, data)[0] is None


@pytest.mark.parametrize("cell", [run("<w:strike/>", "3"), run(TEN, "3"), run("<w:vanish/>", "3")],
                         ids=["struck", "white", "hidden"])  # fmt: skip
def test_what_is_made_is_proven_as_it_is_seen(cell, made):
    reading = sample()
    figure = str(reading.report.values[KEY])
    told = document.differences(edited(made, cell.replace(">3<", f">{figure}<")), reading.edition, reading.report)
    assert any("自然人·本年新收" in t for t in told)
    assert not document.differences(made, reading.edition, reading.report)


def test_what_has_no_doubt_is_what_libreoffice_shows(made, tmp_path):
    """The second witness: every way to write a cell, each in a paragraph of its own, printed by LibreOffice."""
    office.need(shutil.which("soffice") and shutil.which("pdftotext"), "LibreOffice or poppler")
    kinds = {n: x for n, x in {**SEEN, **DOUBTFUL}.items() if "Reference" not in x and "drawing" not in x}
    lines = "".join(
        f"<w:p><w:r><w:t>（{i}：</w:t></w:r>{x}<w:r><w:t>）</w:t></w:r></w:p>" for i, x in enumerate(kinds.values())
    )
    path = tmp_path / "一切.docx"
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(path, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                head, rest = part.decode().split("<w:body>")
                part = f"{head}<w:body>{lines}{rest[rest.rindex('<w:sectPr') :]}".encode()
            copy.writestr(name, part)
    pdf = office.convert(path, "pdf", tmp_path)
    printed = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    shown = {int(i): "".join(x.split()) for i, x in re.findall(r"（(\d+)：([^）]*)）", printed)}
    read = [
        b for b in docx.read(PublishedFile("一切.docx", path.read_bytes(), "docx")).blocks if b.text.startswith("（")
    ]
    assert len(read) == len(kinds)
    differing = {
        name: (block.text, shown.get(i))
        for i, (name, block) in enumerate(zip(kinds, read, strict=True))
        if not block.doubt and "".join(block.text.split()) != f"（{i}：{shown.get(i)}）"
    }
    assert differing == {}
    assert sum(not b.doubt for b in read) >= len(SEEN) - 1
