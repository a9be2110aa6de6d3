"""Ways to write a figure in a cell of Word, and the documents made of them.

Left out, since LibreOffice is known to show what Word does not, or the other way round:
w14:textFill (an extension, [MS-DOCX] 2.6.1.15: LibreOffice doesn't draw it on letters), w:fitText (ECMA-376 part 1, 17.3.2.14:
it has no effect in LibreOffice), w:webHidden and w:effect (17.3.2.44, 17.3.2.11: of web views and screens), w:emboss and w:imprint (17.3.2.13,
17.3.2.18: light letters with a shadow), how runs look within content controls (17.5.2.31:
LibreOffice forgets it), figures drawn closer than by some 2 points (17.3.2.35: LibreOffice holds them apart), the fields REF and =
(17.16: what a field last showed stays until it is updated; LibreOffice works both out when it opens a file), w:hMerge
without its neighbour, hidden text before a form field (17.16.33: LibreOffice hides what follows the field too), w:tcMar at the top (a row of fixed height cuts its text). Of links, fields, controls and changes one is drawn at a time: LibreOffice
takes in only one of those within each other, or prints their code. A theme's colour is drawn with the same
colour in plain words beside it, which LibreOffice takes (17.3.2.6: Word takes the theme's). Changes are set to be shown as
accepted (17.15.1.69), w:strike="0" isn't drawn in tables of a struck style (17.7.3; LibreOffice strikes them all the same).
"""
# ruff: noqa: E501 - a way to write a cell is one line

from __future__ import annotations

import colorsys
import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from published.shown import ways
from published.shown.ways import Recipe
from published.shown.witness import RULED

WIDE, ROW = 20_000, 1_000
"""Twips: every table is as wide, every row exactly as high."""

PAGE = '<w:pgSz w:w="23000" w:h="31000"/><w:pgMar w:top="800" w:right="1000" w:bottom="800" w:left="1000" w:header="300" w:footer="300" w:gutter="0"/>'
LINES = "".join(
    f'<w:{side} w:val="single" w:sz="8" w:space="0" w:color="{RULED}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TURN = f"<w:p><w:pPr><w:sectPr>{PAGE}</w:sectPr></w:pPr></w:p>"
"""Begins a new page with the table behind it: what stands before it, shown or not, moves no cell."""
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OOXML = "http://schemas.openxmlformats.org"

CELL = re.compile(r"<w:tc>(?P<pr><w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)?<w:p(?: [^>]*)?>(?P<ppr><w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?"
                  r"<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>(?P<text>\d+)</w:t></w:r></w:p></w:tc>")  # fmt: skip
"""A cell with nothing but a figure."""


def _hex(rng: random.Random) -> str:
    """A colour, light ones more often than by chance; none that the witness takes for the lines between cells."""
    low = 205 if rng.random() < 0.4 else 0
    red, green, blue = (rng.randrange(low, 256) for _ in range(3))
    if red > 170 and green < 130 and blue > 170:
        green = 255
    return f"{red:02X}{green:02X}{blue:02X}"


def _grey(rng: random.Random) -> str:
    return f"{rng.randrange(256):02X}" * 3


def one(*texts: str) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(texts)


def between(text: str, low: int, high: int) -> Callable[[random.Random], str]:
    return lambda rng: text.format(rng.randrange(low, high + 1))


def _colours(rng: random.Random) -> str:
    ink = rng.choice((_hex, _grey))(rng)
    near = "".join(f"{min(255, max(0, int(ink[i : i + 2], 16) + rng.randrange(-60, 61))):02X}" for i in (0, 2, 4))
    return f'<w:color w:val="{ink}"/><w:shd w:val="clear" w:color="auto" w:fill="{near if rng.random() < 0.7 else _hex(rng)}"/>'


MARKERS = ("yellow", "green", "cyan", "magenta", "blue", "red", "darkBlue", "darkCyan", "darkGreen", "darkMagenta", "darkRed",
           "darkYellow", "darkGray", "lightGray", "black", "white")  # fmt: skip
THEME = {"background1": "FFFFFF", "text1": "000000", "background2": "EEECE1", "text2": "1F497D", "accent1": "4F81BD",
         "accent2": "C0504D", "accent6": "FFFFFF", "dark1": "000000", "light1": "FFFFFF", "light2": "EEECE1", "hyperlink": "0000FF"}  # fmt: skip
FONTS = ("Wingdings", "Wingdings 2", "Webdings", "Symbol", "MT Extra", "Marlett", "ZapfDingbats", "OpenSymbol")


def _themed(rng: random.Random) -> str:
    """A colour of the theme, and beside it the same in plain words, as Word writes it: LibreOffice draws this one."""
    name, amount = rng.choice(tuple(THEME)), rng.randrange(256)
    kind = rng.choice(("", "Tint", "Shade"))
    red, green, blue = (int(THEME[name][i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    share = amount / 255
    light = light * share + (1 - share if kind == "Tint" else 0) if kind else light
    plain = "".join(f"{round(255 * x):02X}" for x in colorsys.hls_to_rgb(hue, light, full))
    more = f' w:theme{kind}="{amount:02X}"' if kind else ""
    return f'<w:color w:val="{plain}" w:themeColor="{name}"{more}/>'


def run(props: str, text: str) -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field_of(code: str, shown: str, mark: str = "") -> str:
    return (f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r><w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip


AUTHOR = 'w:id="90" w:author="甲" w:date="2026-01-01T00:00:00Z"'
PLAIN: ways.Choices = (
    ("bold", "run", one("<w:b/>", "<w:b/><w:bCs/>", '<w:b w:val="0"/>')), ("italic", "run", one("<w:i/>")),
    ("underlined", "run", one('<w:u w:val="single"/>', '<w:u w:val="wave"/>', '<w:u w:val="double"/>')),
    ("dark", "run", lambda r: f'<w:color w:val="{"".join(f"{r.randrange(140):02X}" for _ in range(3))}"/>'),
    ("size", "run", between('<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>', 18, 32)), ("language", "run", one('<w:lang w:val="zh-CN"/>')),
    ("font", "run", one('<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>', '<w:rFonts w:hint="eastAsia"/>', '<w:rFonts w:ascii="黑体" w:eastAsia="黑体"/>')),
    ("not struck", "run", one('<w:strike w:val="0"/>', '<w:strike w:val="false"/><w:dstrike w:val="0"/>', '<w:vanish w:val="0"/>')),
    ("on the line", "run", one('<w:vertAlign w:val="baseline"/>', '<w:position w:val="0"/>')),
    ("marked", "run", one('<w:highlight w:val="yellow"/>', '<w:highlight w:val="none"/>', '<w:shd w:val="clear" w:fill="F2F2F2"/>')),
    ("kerned", "run", one('<w:kern w:val="2"/>', '<w:spacing w:val="10"/>', '<w:w w:val="90"/>', "<w:noProof/>", "<w:snapToGrid/>")),
    ("a style", "run", one('<w:rStyle w:val="ShownBold"/>')), ("a link", "wrap", one('<w:hyperlink w:anchor="a">{}</w:hyperlink>')),
    ("inserted", "wrap", one(f"<w:ins {AUTHOR}>{{}}</w:ins>", f"<w:moveTo {AUTHOR}>{{}}</w:moveTo>")),
    ("a control", "wrap", one("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", '<w:sdt><w:sdtPr><w:alias w:val="数"/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>')),
    ("a smart tag", "wrap", one('<w:smartTag w:uri="urn:a" w:element="b">{}</w:smartTag>', '<w:customXml w:element="b">{}</w:customXml>')),
    ("a kept field", "wrap", lambda r: field_of(r.choice((" HYPERLINK \"https://a.cn\" ", " MERGEFIELD a ", " FORMTEXT ")), "{}")),
    ("a bookmark", "before", one('<w:bookmarkStart w:id="7" w:name="a"/>', "<w:proofErr w:type=\"spellStart\"/>", "<w:r><w:lastRenderedPageBreak/></w:r>", "<w:r/>")),
    ("deleted beside", "after", lambda r: f"<w:del {AUTHOR}><w:r><w:delText>{r.randrange(99)}</w:delText></w:r></w:del>"),
    ("hidden beside", "after", lambda r: run("<w:vanish/>", str(r.randrange(99)))),
    ("blank beside", "after", one(run("", " "), run("<w:b/>", "\u3000"))),
    ("aligned", "paragraph", one('<w:jc w:val="left"/>', '<w:jc w:val="right"/>', '<w:jc w:val="both"/>', '<w:jc w:val="distribute"/>')),
    ("lines", "paragraph", between('<w:spacing w:line="{}" w:lineRule="exact"/>', 280, 500)),
    ("kept", "paragraph", one("<w:keepLines/>", '<w:outlineLvl w:val="9"/>', '<w:rPr><w:vanish/></w:rPr>', "<w:rPr><w:strike/></w:rPr>")),
    ("a small indent", "paragraph", between('<w:ind w:left="{0}" w:firstLine="0"/>', 0, 240)),
    ("not numbered", "paragraph", one('<w:numPr><w:numId w:val="0"/></w:numPr>', '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="91"/></w:numPr>')),
    ("light cell", "cell", lambda r: f'<w:shd w:val="clear" w:fill="{"".join(f"{r.randrange(200, 256):02X}" for _ in range(3))}"/>'),
    ("edges", "cell", one('<w:noWrap/>', '<w:tcBorders><w:top w:val="single" w:sz="8" w:color="FF00FF"/></w:tcBorders>', '<w:tcMar><w:left w:w="30" w:type="dxa"/></w:tcMar>')),
    ("text", "text", one("full width", "thousands", "blank", "ideographic blank", "no width", "lrm", "nbsp", "unit", "joined")),
)  # fmt: skip
"""Ways that leave a figure as plainly seen as before."""

ODD: ways.Choices = (
    ("struck", "run", one("<w:strike/>", "<w:dstrike/>", '<w:strike w:val="true"/>', '<w:strike w:val="on"/>')),
    ("hidden", "run", one("<w:vanish/>", '<w:vanish w:val="1"/>', '<w:vanish w:val="true"/>', "<w:specVanish/><w:vanish/>")),
    ("raised", "run", one('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>')),
    ("moved", "run", between('<w:position w:val="{}"/>', -16, 16)), ("moved far", "run", between('<w:position w:val="{}"/>', -30, 30)), ("any colour", "run", lambda r: f'<w:color w:val="{_hex(r)}"/>'),
    ("grey", "run", lambda r: f'<w:color w:val="{_grey(r)}"/>'), ("theme", "run", _themed), ("two colours", "run", _colours),
    ("marker", "run", lambda r: f'<w:color w:val="{_hex(r)}"/><w:highlight w:val="{r.choice(MARKERS)}"/>'),
    ("marker on automatic", "run", lambda r: f'<w:highlight w:val="{r.choice(MARKERS)}"/>'),
    ("ground", "run", lambda r: f'<w:shd w:val="{r.choice(("clear", "solid", "pct50", "pct90", "pct10", "nil"))}" w:color="{r.choice(("auto", _hex(r)))}" w:fill="{r.choice(("auto", _hex(r), _grey(r)))}"/>'),
    ("any size", "run", between('<w:sz w:val="{0}"/>', 1, 30)), ("any size twice", "run", between('<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>', 1, 24)),
    ("narrow", "run", between('<w:w w:val="{}"/>', 1, 200)), ("spaced", "run", between('<w:spacing w:val="{}"/>', -220, 300)),
    ("signs", "run", lambda r: f'<w:rFonts w:ascii="{(f := r.choice(FONTS))}" w:hAnsi="{f}"/>'),
    ("signs of a kind", "run", lambda r: f'<w:rFonts w:{r.choice(("ascii", "hAnsi", "eastAsia", "cs"))}="{r.choice(FONTS)}"/>'),
    ("outline", "run", one("<w:outline/>", "<w:shadow/>", "<w:caps/>", "<w:smallCaps/>")),
    ("white outline", "run", one('<w:outline/><w:color w:val="FFFFFF"/>')),
    ("framed", "run", one('<w:bdr w:val="single" w:sz="4" w:space="0" w:color="auto"/>', '<w:em w:val="dot"/>', '<w:em w:val="underDot"/>')),
    ("two lines", "run", one('<w:eastAsianLayout w:id="1" w:combine="1"/>', '<w:eastAsianLayout w:id="1" w:vert="1"/>', '<w:eastAsianLayout w:id="1" w:vert="1" w:vertCompress="1"/>')),
    ("right to left", "run", one("<w:rtl/>", "<w:cs/>", "<w:rtl/><w:cs/>")),
    ("style", "run", lambda r: f'<w:rStyle w:val="Shown{r.choice(tuple(STYLES))}"/>'),
    ("deleted", "wrap", one(f"<w:del {AUTHOR}>{{}}</w:del>", f"<w:moveFrom {AUTHOR}>{{}}</w:moveFrom>")),
    ("a field", "wrap", lambda r: field_of(r.choice((" SEQ a ", " PAGE ", " QUOTE 7 ", " DOCPROPERTY a ", " STYLEREF 1 ", " IF 1=1 7 5 ")), "{}", r.choice(("", "", ' w:dirty="true"')))),
    ("a simple field", "wrap", lambda r: f'<w:fldSimple w:instr="{r.choice((" MERGEFIELD a ", " PAGE "," SEQ a "))}"{r.choice(("", " w:dirty=&#34;1&#34;".replace("&#34;", chr(34))))}>{{}}</w:fldSimple>'),
    ("code", "wrap", one('<w:r><w:fldChar w:fldCharType="begin"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>')),
    ("nested", "wrap", lambda r: field_of(" MERGEFIELD a ", field_of(r.choice((" MERGEFIELD b ", " PAGE ")), "{}"))),
    ("nested in code", "wrap", lambda r: '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field_of(" QUOTE ", "{}") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("", str(r.randrange(99))) + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ("turned", "wrap", one('<w:bdo w:val="rtl">{}</w:bdo>', '<w:dir w:val="rtl">{}</w:dir>', '<w:dir w:val="ltr">{}</w:dir>')),
    ("alternative", "wrap", lambda r: f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:z="urn:z" Requires="z"><w:t>{r.randrange(99)}</w:t></mc:Choice><mc:Fallback><w:t>{r.randrange(99)}</w:t></mc:Fallback></mc:AlternateContent></w:r>{{}}'),
    ("bound", "wrap", one('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{00000000-0000-0000-0000-000000000000}"/></w:sdtPr><w:sdtContent>%</w:sdtContent></w:sdt>')),
    ("a placeholder", "wrap", one("<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>")),
    ("a sign", "after", lambda r: f'<w:r><w:sym w:font="{r.choice((*FONTS, "Arial"))}" w:char="{r.choice(("0031", "F031", "F06C"))}"/></w:r>'),
    ("a break", "after", lambda r: f'<w:r>{r.choice(("<w:br/>", "<w:tab/>", "<w:cr/>", "<w:noBreakHyphen/>", "<w:softHyphen/>", "<w:ptab w:relativeTo=%smargin%s w:alignment=%sright%s w:leader=%snone%s/>".replace("%s", chr(34))))}<w:t>{r.randrange(99)}</w:t></w:r>'),
    ("more", "after", lambda r: run(r.choice(('<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', '<w:vertAlign w:val="superscript"/>', "<w:strike/>", '<w:rStyle w:val="ShownHidden"/>', '<w:w w:val="1"/>')), str(r.randrange(9)))),
    ("more before", "before", lambda r: run(r.choice(('<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', '<w:vertAlign w:val="superscript"/>', "<w:strike/>", '<w:rStyle w:val="ShownHidden"/>')), str(r.randrange(1, 9)))),
    ("ruby", "after", lambda r: f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('', str(r.randrange(9)))}</w:rt><w:rubyBase>{run('', '8')}</w:rubyBase></w:ruby></w:r>"),
    ("formula", "after", one('<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>')),
    ("another paragraph", "end", lambda r: f"<w:p>{run(r.choice(('', '<w:vanish/>', '<w:color w:val=%sFFFFFF%s/>'.replace('%s', chr(34)))), str(r.randrange(99)))}</w:p>"),
    ("an empty paragraph", "end", one("<w:p/>", '<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>')),
    ("joined", "paragraph", one(f'<w:rPr><w:del {AUTHOR}/></w:rPr>')),
    ("numbered", "paragraph", one('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>', '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="91"/></w:numPr>', '<w:pStyle w:val="ShownNumbered"/>')),
    ("set in", "paragraph", lambda r: f'<w:ind w:{r.choice(("left", "right", "firstLine", "hanging", "start"))}="{r.choice((-1, 1)) * r.randrange(9000)}"/>'),
    ("set in by characters", "paragraph", lambda r: f'<w:ind w:{r.choice(("leftChars", "firstLineChars", "rightChars"))}="{r.randrange(-3000, 3000)}"/>'),
    ("low lines", "paragraph", between('<w:spacing w:line="{}" w:lineRule="exact"/>', 1, 300)),
    ("a style of paragraphs", "paragraph", lambda r: f'<w:pStyle w:val="ShownP{r.choice(tuple(STYLES))}"/>'),
    ("from the right", "paragraph", one("<w:bidi/>")), ("shaded", "paragraph", lambda r: f'<w:shd w:val="clear" w:fill="{_hex(r)}"/>'),
    ("tabs", "paragraph", one('<w:pBdr><w:top w:val="single" w:sz="4"/></w:pBdr>')),
    ("shaded cell", "cell", lambda r: f'<w:shd w:val="{r.choice(("clear", "clear", "solid", "pct75"))}" w:color="{r.choice(("auto", _hex(r)))}" w:fill="{r.choice((_hex, _grey))(r)}"/>'),
    ("dark cell", "cell", one('<w:shd w:val="clear" w:fill="000000"/>', '<w:shd w:val="clear" w:fill="1F4E79"/>', '<w:shd w:val="clear" w:fill="000000" w:themeFill="text1"/>')),
    ("margins", "cell", lambda r: f'<w:tcMar><w:{r.choice(("left", "right"))} w:w="{r.randrange(5000)}" w:type="dxa"/></w:tcMar>'),
    ("a deleted cell", "cell", one(f"<w:cellDel {AUTHOR}/>", f"<w:cellIns {AUTHOR}/>")),
    ("odd text", "text", lambda r: r.choice(tuple(ways.TEXTS))),
)  # fmt: skip
"""Ways that may keep a figure from being seen as it is written."""

STYLES: Mapping[str, str] = {
    "Bold": "<w:b/>", "Hidden": "<w:vanish/>", "Struck": "<w:strike/>", "White": '<w:color w:val="FFFFFF"/>', "Tiny": '<w:sz w:val="3"/>',
    "Raised": '<w:vertAlign w:val="superscript"/>', "Signs": '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>',
    "Dark": '<w:shd w:val="clear" w:fill="000000"/>', "Moved": '<w:position w:val="16"/>', "Narrow": '<w:w w:val="3"/>',
    "OnHidden": "", "OnWhite": "<w:b/>", "OnStruck": '<w:strike w:val="0"/>', "OnTiny": '<w:sz w:val="20"/>', "Theme": '<w:color w:val="auto" w:themeColor="background1"/>',
}  # fmt: skip

WHOLE: Mapping[str, str] = {
    "white by default": '<w:color w:val="FFFFFF"/>', "struck by default": "<w:strike/>", "hidden by default": "<w:vanish/>",
    "tiny by default": '<w:sz w:val="2"/>', "signs by default": '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>',
    "white table": '<w:color w:val="FFFFFF"/>', "struck table": "<w:strike/>", "hidden table": "<w:vanish/>", "tiny table": '<w:sz w:val="2"/>',
    "raised table": '<w:vertAlign w:val="superscript"/>', "dark table": "", "dark theme": "", "dark page": "",
}  # fmt: skip
"""What a whole document may have: its defaults, a style of its tables, its theme, its page."""


@dataclass
class Base:
    """A document with figures in it: the parts, and the body cut at its figure cells."""

    name: str
    parts: dict[str, bytes]
    between: list[str] = field(default_factory=list)
    cells: list[re.Match[str]] = field(default_factory=list)


def base(name: str, data: bytes) -> Base:
    """Take a .docx apart: every table on a page of its own, every row of one height, the styles added."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        made = Base(name, {n: source.read(n) for n in source.namelist()})
    body = _fixed(made.parts["word/document.xml"].decode())
    made.parts["word/styles.xml"] = made.parts["word/styles.xml"].replace(
        b"</w:styles>", _styles().encode() + b"</w:styles>"
    )
    made.parts["word/_rels/document.xml.rels"] = made.parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId191" Type="{OOXML}/officeDocument/2006/relationships/theme" Target="theme9.xml"/>'
        f'<Relationship Id="rId190" Type="{OOXML}/officeDocument/2006/relationships/numbering" Target="numbering9.xml"/></Relationships>'.encode(),
    )
    made.parts["word/numbering9.xml"] = NUMBERING.encode()
    made.parts["word/theme9.xml"] = _theme("000000", "FFFFFF")
    made.between, made.cells = ways.apart(body, CELL)
    return made


def _fixed(xml: str) -> str:
    xml = re.sub(r"<w:trHeight[^>]*/>|<w:cantSplit/>|<w:keepNext/>|<w:tblHeader/>", "", xml)
    tall = f'<w:cantSplit/><w:trHeight w:val="{ROW}" w:hRule="exact"/>'
    xml = re.sub(r"<w:tr(?: [^>]*)?>(?:<w:trPr>((?:(?!</w:trPr>).)*)</w:trPr>|<w:trPr/>)?",
                 lambda m: f"<w:tr><w:trPr>{tall}{m[1] or ''}</w:trPr>", xml)  # fmt: skip
    xml = re.sub(
        r"<w:pgSz[^>]*/>|<w:pgMar[^>]*/>|<w:docGrid[^>]*/>|<w:headerReference[^>]*/>|<w:footerReference[^>]*/>", "", xml
    )
    xml = re.sub(r"(<w:sectPr[^>]*>)", rf"\1{PAGE}", xml)
    return re.sub(r"<w:tbl>(?:(?!</w:tbl>).)*</w:tbl>", lambda m: f"{TURN}{_wide(m[0])}", xml, flags=re.DOTALL)


def _wide(table: str) -> str:
    """One table with its columns widened alike, its layout fixed, all its lines in the colour that they are known by."""
    columns = [int(x) for x in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
    share = WIDE / sum(columns)
    for kind in ("gridCol", "tcW"):
        table = re.sub(rf"(<w:{kind} [^>]*w:w=\")(\d+)", lambda m: f"{m[1]}{round(int(m[2]) * share)}", table)
    table = re.sub(r"<w:tblW [^>]*/>|<w:tblLayout [^>]*/>|<w:tblBorders>.*?</w:tblBorders>", "", table)
    fixed = f'<w:tblW w:w="{WIDE}" w:type="dxa"/><w:tblBorders>{LINES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    table = re.sub(r"<w:vAlign [^>]*/>", "", table).replace("</w:tcPr>", '<w:vAlign w:val="center"/></w:tcPr>')
    return table.replace("</w:tblPr>", f"{fixed}</w:tblPr>", 1)


def written(base_: Base, recipes: Mapping[int, tuple[str, Recipe]], whole: str = "") -> bytes:
    """The document with these figures in its cells (by number: text and recipe), the others left as they are."""
    body = base_.between[0]
    for i, found in enumerate(base_.cells):
        body += (_cell(found, *recipes[i]) if i in recipes else found[0]) + base_.between[i + 1]
    parts = dict(base_.parts)
    parts["word/document.xml"] = body.encode()
    settings = parts["word/settings.xml"]
    parts["word/settings.xml"] = re.sub(rb"(<w:settings[^>]*>)", rb"\1" + ACCEPTED, settings, count=1)
    if whole:
        _with(parts, whole)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, part in parts.items():
            copy.writestr(name, part.replace(b"</Types>", TYPES) if name == "[Content_Types].xml" else part)
    return target.getvalue()


def _cell(found: re.Match[str], text: str, recipe: Recipe) -> str:
    look = (found["pr"] or "<w:tcPr></w:tcPr>")[8:-9]
    paragraph = (found["ppr"] or "<w:pPr></w:pPr>")[7:-8]
    for what in ways.of(recipe, "paragraph"):
        kind = re.match(r"<w:(\w+)", what)[1]  # type: ignore[index]
        paragraph = re.sub(rf"<w:{kind}(?: [^>]*)?(?:/>|>(?:(?!</w:{kind}>).)*</w:{kind}>)", "", paragraph)
        paragraph = what + paragraph if kind == "pStyle" else paragraph + what
    for what in ways.of(recipe, "cell"):
        kind = re.match(r"<w:(\w+)", what)[1]  # type: ignore[index]
        look = re.sub(rf"<w:{kind}(?: [^>]*)?(?:/>|>(?:(?!</w:{kind}>).)*</w:{kind}>)", "", look) + what
    runs = ""
    for k, piece in enumerate(ways.pieces(recipe, text)):
        made = run(_properties(ways.of(recipe, "run", k)), piece)
        for wrap in ways.of(recipe, "wrap", k):
            made = wrap.replace("{}", made).replace("%<", f"{made}<")
            if wrap.startswith("<w:del "):
                made = made.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        runs += made
    runs = "".join(ways.of(recipe, "before")) + runs + "".join(ways.of(recipe, "after"))
    end = "".join(ways.of(recipe, "end"))
    return f"<w:tc><w:tcPr>{look}</w:tcPr><w:p><w:pPr>{paragraph}</w:pPr>{runs}</w:p>{end}</w:tc>"


def _properties(whats: list[str]) -> str:
    """What a run has, each property once: of one given twice the last."""
    given = dict(re.findall(r"(<w:\w+)([^>]*/>)", "".join(whats)))
    return "".join(kind + rest for kind, rest in given.items())


def _styles() -> str:
    made = ""
    for name, runs in STYLES.items():
        on = name.removeprefix("On") if name.startswith("On") else ""
        for kind, prefix in (("character", "Shown"), ("paragraph", "ShownP")):
            based = f'<w:basedOn w:val="{prefix}{on}"/>' if on else ""
            middle = '<w:pPr><w:jc w:val="center"/></w:pPr>' if kind == "paragraph" else ""
            size = '<w:sz w:val="20"/>' if kind == "paragraph" and not on and "w:sz" not in runs else ""
            made += f'<w:style w:type="{kind}" w:styleId="{prefix}{name}"><w:name w:val="{prefix}{name}"/>{based}{middle}<w:rPr>{runs}{size}</w:rPr></w:style>'
    made += ('<w:style w:type="paragraph" w:styleId="ShownNumbered"><w:name w:val="ShownNumbered"/><w:pPr><w:numPr><w:numId w:val="91"/></w:numPr></w:pPr>'
             '<w:rPr><w:sz w:val="20"/></w:rPr></w:style>')  # fmt: skip
    return made


TYPES = b"".join(
    f'<Override PartName="/word/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'.encode()
    for part, kind in (("numbering9.xml", "wordprocessingml.numbering"), ("theme9.xml", "theme"))
) + b"</Types>"  # fmt: skip
ACCEPTED = b'<w:revisionView w:markup="0" w:insDel="0"/>'
"""Changes are shown as if they were accepted: what was deleted is not printed (17.15.1.69)."""

NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="91">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="9"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num></w:numbering>'
)


def _theme(dark: str, light: str) -> bytes:
    named = {"dk1": dark, "lt1": light, "dk2": "1F497D", "lt2": "EEECE1", "hlink": "0000FF", "folHlink": "800080"}
    named |= dict(
        zip(
            (f"accent{i}" for i in range(1, 7)),
            ("4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "FFFFFF"),
            strict=True,
        )
    )
    order = ("dk1", "lt1", "dk2", "lt2", *(f"accent{i}" for i in range(1, 7)), "hlink", "folHlink")
    colours = "".join(f'<a:{n}><a:srgbClr val="{named[n]}"/></a:{n}>' for n in order)
    fonts = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (f'<a:theme xmlns:a="{OOXML}/drawingml/2006/main" name="a"><a:themeElements><a:clrScheme name="a">{colours}</a:clrScheme>'
            f'<a:fontScheme name="a"><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>'
            f'<a:fmtScheme name="a"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{f"<a:ln>{fill}</a:ln>" * 3}</a:lnStyleLst>'
            f'<a:effectStyleLst>{"<a:effectStyle><a:effectLst/></a:effectStyle>" * 3}</a:effectStyleLst>'
            f'<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>').encode()  # fmt: skip


def _with(parts: dict[str, bytes], whole: str) -> None:
    """Change what concerns the whole document."""
    styles, body = parts["word/styles.xml"].decode(), parts["word/document.xml"].decode()
    if whole.endswith("default"):
        styles = re.sub(r"(<w:rPrDefault><w:rPr>)", rf"\1{WHOLE[whole]}", styles, count=1)
        styles = re.sub(r"<w:rPrDefault/>", f"<w:rPrDefault><w:rPr>{WHOLE[whole]}</w:rPr></w:rPrDefault>", styles)
    elif whole.endswith("table"):
        dark = '<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr>' if whole == "dark table" else ""
        styles = styles.replace("</w:styles>",
            f'<w:style w:type="table" w:styleId="ShownT"><w:name w:val="ShownT"/><w:rPr>{WHOLE[whole]}</w:rPr>{dark}</w:style></w:styles>')  # fmt: skip
        body = re.sub(r"<w:tblStyle [^>]*/>", "", body).replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="ShownT"/>')
    elif whole == "dark theme":
        parts["word/theme9.xml"] = _theme("FFFFFF", "000000")
    else:
        body = body.replace("<w:body>", '<w:background w:color="000000"/><w:body>', 1)
        parts["word/settings.xml"] = re.sub(
            rb"(<w:settings[^>]*>)", rb"\1<w:displayBackgroundShape/>", parts["word/settings.xml"], count=1
        )
    parts["word/styles.xml"], parts["word/document.xml"] = styles.encode(), body.encode()


def saved(data: bytes, path: Path) -> Path:
    path.write_bytes(data)
    return path
