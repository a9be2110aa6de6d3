"""Edits of a finished report as a clerk makes them in Word or WPS, written as those programs write them."""

import io
import re
import zipfile
from collections.abc import Callable

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.run import Run

BODY, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"

BLACK = RGBColor(0, 0, 0)

Edit = Callable[[bytes], bytes]


def opened(change) -> Edit:
    """An edit by python-docx of the opened document."""

    def edit(data: bytes) -> bytes:
        document = Document(io.BytesIO(data))
        change(document)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return edit


def part(name: str, change: Callable[[str], str]) -> Edit:
    """An edit of the XML of one part; it must change something."""

    def edit(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
            for entry in source.namelist():
                content = source.read(entry)
                if entry == name:
                    after = change(content.decode("utf-8"))
                    assert after != content.decode("utf-8")
                    content = after.encode("utf-8")
                target.writestr(entry, content)
        return out.getvalue()

    return edit


def paragraphs(document, style):
    return [p for p in document.paragraphs if p.style.name == style and p.text]


def of(style, change, first=0, last=None) -> Edit:
    """Change the paragraphs of a style, from `first` up to and without `last` (default: that one alone)."""

    def edit(document):
        chosen = paragraphs(document, style)[first : first + 1 if last is None else last]
        assert chosen
        for paragraph in chosen:
            change(paragraph)

    return opened(edit)


def runs(change, words="") -> Callable:
    """Change all runs of a paragraph; with `words` these are cut out into a run of their own first."""

    def edit(paragraph):
        chosen = paragraph.runs
        if words:
            (run,) = [r for r in paragraph.runs if words in r.text]
            before, after = run.text.split(words, 1)
            run.text = before
            middle, rest = (_after(run, t) for t in (words, after))
            run._r.addnext(middle._r)
            middle._r.addnext(rest._r)
            chosen = [middle]
        for run in chosen:
            change(run)

    return edit


def _after(run, text):
    return run._parent.add_run(text, run.style)


def font(name, *, slots=("ascii", "hAnsi", "eastAsia", "cs")):
    def change(run):
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        for slot in slots:
            fonts.set(qn(f"w:{slot}"), name)

    return change


def run_property(xml):
    """Add a property that python-docx has no word for: `<w:shd …/>` without its namespace."""
    return lambda run: run._r.get_or_add_rPr().append(parse_xml(xml.replace("/>", f" {nsdecls('w')}/>")))


def size(points):
    return lambda run: setattr(run.font, "size", Pt(points))


def red(run):
    run.font.color.rgb = RGBColor(0xFF, 0, 0)


def set_(name, value):
    """Set something of the paragraph's format."""
    return lambda paragraph: setattr(paragraph.paragraph_format, name, value)


def no_indent(paragraph):
    """As Word writes it."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "0")
    indent.set(qn("w:firstLine"), "0")


def typed_indent(paragraph):
    no_indent(paragraph)
    next(r for r in paragraph.runs if r.text).text = "　　" + next(r for r in paragraph.runs if r.text).text


def no_blanks(paragraph):
    """Take away the typed blanks before the text; return how many there were."""
    run = next(r for r in paragraph.runs if r.text)
    count = len(run.text) - len(run.text.lstrip())
    run.text = run.text.lstrip()
    return count


def indented(paragraph):
    """An indent in place of the typed blanks."""
    count = no_blanks(paragraph)
    paragraph.paragraph_format.left_indent = Pt(16 * count)


def from_the_right(characters):
    """Flush right but for so many characters, in place of the typed blanks."""

    def change(paragraph):
        no_blanks(paragraph)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(16 * characters)

    return change


def to_normal(paragraph):
    """As pasted without its style."""
    paragraph.style = paragraph.part.document.styles["Normal"]


def pasted(paragraph):
    """As pasted from a page: 小四宋体, grey, ragged, no indent, one and a half lines."""
    no_indent(paragraph)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.line_spacing = 1.5
    for run in paragraph.runs:
        font("宋体")(run)
        size(12)(run)
        run.font.color.rgb = RGBColor(0x66, 0x66, 0x66)


def blank_before(paragraph):
    paragraph.insert_paragraph_before("")


def section(**values) -> Edit:
    return opened(lambda d: [setattr(d.sections[0], k, v) for k, v in values.items()])


def footers(change) -> Edit:
    def edit(document):
        for one in (document.sections[0].footer, document.sections[0].even_page_footer):
            change(one.paragraphs[0])

    return opened(edit)


def emptied(paragraph):
    for child in list(paragraph._p):
        if child.tag != qn("w:pPr"):
            paragraph._p.remove(child)


def typed_number(paragraph):
    emptied(paragraph)
    paragraph.add_run("— 1 —")


def with_words(paragraph):
    """第1页: the dashes become words, the field stays."""
    first, last = paragraph.runs[0], paragraph.runs[-1]
    first.text, last.text = "第", "页"


def in_a_frame(align):
    """The number in a frame, as Word's gallery and WPS put it."""

    def change(paragraph):
        frame = OxmlElement("w:framePr")
        for name, value in (("wrap", "around"), ("vAnchor", "text"), ("hAnchor", "margin"), ("xAlign", align)):
            frame.set(qn(f"w:{name}"), value)
        paragraph._p.get_or_add_pPr().insert(1, frame)

    return change


def number_runs(change) -> Edit:
    """Change all runs of the page numbers, those within the field too."""

    def edit(paragraph):
        for run in list(paragraph._p.iter(qn("w:r"))):
            change(Run(run, paragraph))

    return footers(edit)


_DRAWN = (
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:positionH relativeFrom="margin">'
    "<wp:align>{align}</wp:align></wp:positionH><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></wp:anchor></w:drawing>"
    "</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
)
_OLD = (
    '<w:pict><v:shape style="position:absolute;mso-position-horizontal:{align}">'
    "<v:textbox>{box}</v:textbox></v:shape></w:pict>"
)
_BOXED = (
    '<w:txbxContent><w:p><w:r>{look}<w:t>— </w:t></w:r><w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
    "<w:r>{look}<w:instrText> PAGE  \\* MERGEFORMAT </w:instrText></w:r><w:r>{look}<w:fldChar"
    ' w:fldCharType="separate"/></w:r><w:r>{look}<w:t>1</w:t></w:r><w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    "<w:r>{look}<w:t> —</w:t></w:r></w:p></w:txbxContent>"
)


def number_boxed(align, *, old=False) -> Edit:
    """The number in a text box of the footer, as WPS puts it; `old` as older programs do."""
    box = _BOXED.format(look='<w:rPr><w:rFonts w:ascii="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>')
    older = _OLD.format(align=align, box=box)
    drawn = older if old else _DRAWN.format(align=align, box=box, old=older)
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )

    def change(xml):
        start, end = xml.index("<w:r>"), xml.rindex("</w:p>")
        return f"{xml[:start]}<w:r {spaces}>{drawn}</w:r>{xml[end:]}"

    return lambda data: part("word/footer2.xml", change)(part("word/footer1.xml", change)(data))


def header_text(document):
    document.sections[0].header.paragraphs[0].text = "武平县政府信息公开"


def header_line(document):
    properties = document.sections[0].header.paragraphs[0]._p.get_or_add_pPr()
    line = '<w:pBdr %s><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    properties.insert(1, parse_xml(line % nsdecls("w")))


def header_picture(document):
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:pict/></w:r>"))


def table(index, change) -> Edit:
    return opened(lambda d: change(d.tables[index]))


def wider(share):
    def change(one):
        for name in ("w:gridCol", "w:tcW", "w:tblW"):
            for element in one._tbl.iter(qn(name)):
                element.set(qn("w:w"), str(round(int(element.get(qn("w:w"))) * share)))

    return change


def dragged(one):
    """The first border between columns moved to the right by 10 mm."""
    first, second = one._tbl.tblGrid.findall(qn("w:gridCol"))[:2]
    for column, by in ((first, 567), (second, -567)):
        column.set(qn("w:w"), str(int(column.get(qn("w:w"))) + by))


def without_lines(one):
    borders = one._tbl.tblPr.find(qn("w:tblBorders"))
    for side in borders:
        side.set(qn("w:val"), "nil")


def moved(one):
    one._tbl.tblPr.find(qn("w:jc")).set(qn("w:val"), "left")
    one._tbl.tblPr.append(parse_xml(f'<w:tblInd {nsdecls("w")} w:w="567" w:type="dxa"/>'))


def cells(change):
    return lambda one: [change(r) for row in one.rows for c in row.cells for p in c.paragraphs for r in p.runs]


def cell(row, column, change):
    return lambda one: [change(r) for p in one.cell(row, column).paragraphs for r in p.runs]


def numbered(data: bytes) -> bytes:
    """Turn the typed 一、 of the first heading into a number of Word's own."""
    own = '<w:pStyle w:val="ReportHeading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    data = part(BODY, lambda x: x.replace('<w:pStyle w:val="ReportHeading1"/>', own, 1).replace("一、", "", 1))(data)
    levels = (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    return with_part(data, "numbering", "numbering.xml", levels)


def with_part(data: bytes, kind: str, name: str, content: str) -> bytes:
    """Add a part that belongs to the body."""
    relation = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    link = f'<Relationship Id="r{kind}" Type="{relation}" Target="{name}"/></Relationships>'
    out = io.BytesIO(part("word/_rels/document.xml.rels", lambda x: x.replace("</Relationships>", link))(data))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(f"word/{name}", content)
    return out.getvalue()


def landscape_from(document):
    """A section of its own, lying, for everything up to the second heading."""
    heading = paragraphs(document, "一级标题")[1]
    before = heading.insert_paragraph_before("")
    page = (
        f'<w:sectPr {nsdecls("w")}><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1588" w:right="2098" w:bottom="1474" w:left="1984" w:header="850" w:footer="1446"'
        ' w:gutter="0"/></w:sectPr>'
    )
    before._p.get_or_add_pPr().append(parse_xml(page))


def word_like(data: bytes) -> bytes:
    """The same look written otherwise: styles renamed and folded, fonts by the theme, runs split, colours spelled out.

    Done after what Word writes when it has opened and saved a document of another program.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = re.findall(r'w:styleId="([A-Z]\w+)"', package.read(STYLES).decode("utf-8"))

    def renamed(xml: str) -> str:
        for i, name in enumerate(names):
            xml = xml.replace(f'"{name}"', f'"a{i}"')
        return xml

    for name in (STYLES, BODY, *(f"word/{kind}{n}.xml" for kind in ("header", "footer") for n in (1, 2))):
        data = part(name, renamed)(data)
    data = part(BODY, _other_runs)(part(STYLES, _other_styles)(data))
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
        '<a:clrScheme name="x"><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1></a:clrScheme>'
        '<a:fontScheme name="x"><a:majorFont><a:latin typeface="Cambria"/><a:ea typeface=""/><a:cs typeface=""/>'
        '</a:majorFont><a:minorFont><a:latin typeface="仿宋_GB2312"/><a:ea typeface=""/><a:cs typeface=""/>'
        '<a:font script="Hans" typeface="仿宋"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    return with_part(data, "theme", "theme/theme1.xml", theme)


def _other_styles(xml: str) -> str:
    theme = 'w:asciiTheme="minorEastAsia" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi"'
    themed = f'<w:rFonts w:hint="eastAsia" {theme}/>'
    fonts = 'w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:cs="仿宋_GB2312"'
    plain = f'<w:rFonts {fonts} w:hint="eastAsia"/>'
    assert plain in xml
    xml = xml.replace(plain, themed).replace('w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"', 'w:eastAsia="SimHei"')
    xml = xml.replace('<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>', "</w:rPr></w:style>")
    return xml.replace('w:firstLineChars="200" w:firstLine="630"', 'w:firstLine="640"')


def _other_runs(xml: str) -> str:
    plain = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:color w:val="000000" w:themeColor="text1"/></w:rPr>'
    xml = re.sub(r"<w:r><w:t xml:space=\"preserve\">([^<]{6})([^<]+)</w:t></w:r>",
                 rf'<w:r>{plain}<w:t>\1</w:t></w:r><w:proofErr w:type="gramStart"/><w:r w:rsidR="00A1">{plain}'
                 r"<w:t>\2</w:t></w:r>", xml)  # fmt: skip
    return xml.replace('<w:jc w:val="center"/></w:pPr>', '<w:spacing w:beforeLines="0"/><w:jc w:val="center"/></w:pPr>')
