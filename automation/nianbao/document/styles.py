"""The named styles of the report and the fonts they ask for, by GB/T 9704-2012.

Names are Chinese, for the clerk who edits the template in Word; ids are for the code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.document.wml import Element, serialise, w

SONG, FANGSONG, KAITI, HEITI = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体"
TITLE_FONT = "方正小标宋简体"
TABLE_KAITI = "楷体"

LINE = 578
"""28.9 pt exactly: 22 lines on a page (29 pt leaves room for 21)."""

TABLE_LINE = 240
"""12 pt exactly, whatever the font: 表三 and 表四 stand on one page with their headings."""

SINGLE = 240

CHARACTER = 315
"""One character of body text in twips."""

TIGHT = -5
"""28 characters of 16 pt need 158 mm; a quarter point less each fits them into the 156 mm of the type area."""


@dataclass(frozen=True)
class ReportStyle:
    """One paragraph style; sizes in half points, spaces and indents in twips.

    `line` 0 is single spacing; `closer` moves characters together; paragraphs that stand `together` have
    no space between them.
    """

    id: str
    name: str
    font: str
    size: int
    align: str = "both"
    line: int = LINE
    indent: bool = False
    closer: int = 0
    colour: str = ""
    before: int = 0
    after: int = 0
    together: bool = False
    right: int = 0
    left: int = 0
    keep_next: bool = False
    outline: int | None = None


TITLE = ReportStyle("ReportTitle", "报告标题", TITLE_FONT, 44, "center", line=660, after=LINE, together=True)
BODY = ReportStyle("BodyParagraph", "正文段落", FANGSONG, 32, indent=True, closer=TIGHT)
HEADING_1 = ReportStyle("ReportHeading1", "一级标题", HEITI, 32, indent=True, closer=TIGHT, keep_next=True, outline=0)
HEADING_2 = ReportStyle("ReportHeading2", "二级标题", KAITI, 32, indent=True, closer=TIGHT, keep_next=True, outline=1)
HEADING_3 = ReportStyle(
    "ReportHeading3", "三级标题", FANGSONG, 32, indent=True, closer=TIGHT, keep_next=True, outline=2
)
HEADING_4 = ReportStyle(
    "ReportHeading4", "四级标题", FANGSONG, 32, indent=True, closer=TIGHT, keep_next=True, outline=3
)
SIGNATURE = ReportStyle("ReportSignature", "落款", FANGSONG, 32, "left", closer=TIGHT, right=-2 * CHARACTER)
"""A date that ends near the margin does not go on in another line where other fonts are a little wider."""
TABLE_TEXT = ReportStyle("TableText", "表格文字", SONG, 20, "left", line=TABLE_LINE, before=10, after=10)
TABLE_FIGURE = ReportStyle("TableFigure", "表格数字", SONG, 20, "center", line=TABLE_LINE, closer=-6)
PAGE_ODD = ReportStyle("PageNumberOdd", "页码（单页）", SONG, 28, "right", line=280, right=280)
PAGE_EVEN = ReportStyle("PageNumberEven", "页码（双页）", SONG, 28, "left", line=280, left=280)
DRAFT = ReportStyle("DraftMark", "草稿标记", HEITI, 28, "center", line=400, colour="C00000")
TAG_LINE = ReportStyle("TagLine", "模板标签", SONG, 18, "left", line=0, colour="7F7F7F")

PARAGRAPH_STYLES = (
    TITLE, BODY, HEADING_1, HEADING_2, HEADING_3, HEADING_4, SIGNATURE, TABLE_TEXT, TABLE_FIGURE,
    PAGE_ODD, PAGE_EVEN, DRAFT, TAG_LINE,
)  # fmt: skip

LEAD = ("LeadSentence", "二级标题文字", KAITI)
NOTE = ("TableNote", "表格说明文字", TABLE_KAITI)
CHARACTER_STYLES = (LEAD, NOTE)

ALTERNATES = {
    TITLE_FONT: "小标宋,宋体",
    FANGSONG: "仿宋,FangSong",
    KAITI: "楷体,KaiTi",
    TABLE_KAITI: "KaiTi",
    HEITI: "SimHei",
    SONG: "SimSun",
}


def styles_part(
    named: Iterable[ReportStyle] = PARAGRAPH_STYLES, of_characters: Iterable[tuple[str, str, str]] = CHARACTER_STYLES
) -> bytes:
    """Return word/styles.xml with these paragraph and character styles."""
    defaults = w(
        "docDefaults",
        w("rPrDefault", w("rPr", _fonts(FANGSONG), *_size(32), w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))),
        w("pPrDefault"),
    )
    normal = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal")
    letters = w(
        "style",
        w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"), w("unhideWhenUsed"),
        type="character", default=1, styleId="DefaultParagraphFont",
    )  # fmt: skip
    table = w(
        "style",
        w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"),
        w("tblPr", w("tblInd", w=0, type="dxa"), _no_margins()),
        type="table", default=1, styleId="TableNormal",
    )  # fmt: skip
    return serialise(
        w(
            "styles",
            defaults,
            normal,
            letters,
            table,
            *(_paragraph_style(s) for s in named),
            *(_character_style(*s) for s in of_characters),
        )
    )


def fonts_part() -> bytes:
    """Return word/fontTable.xml, which names what to use where a font is not installed; none is embedded."""
    fonts = []
    for name, alternates in ALTERNATES.items():
        fonts.append(
            w(
                "font",
                w("altName", val=alternates),
                w("charset", val="86"),
                w("family", val="auto"),
                w("pitch", val="variable"),
                name=name,
            )
        )
    return serialise(w("fonts", *fonts))


def _paragraph_style(style: ReportStyle) -> Element:
    return w(
        "style",
        w("name", val=style.name),
        w("basedOn", val="Normal"),
        w("qFormat"),
        _paragraph_properties(style),
        w(
            "rPr",
            _fonts(style.font),
            w("noProof"),
            w("color", val=style.colour) if style.colour else None,
            w("spacing", val=style.closer) if style.closer else None,
            w("kern", val=0),
            *_size(style.size),
        ),
        type="paragraph",
        customStyle=1,
        styleId=style.id,
    )


def _paragraph_properties(style: ReportStyle) -> Element:
    spacing = {"before": style.before, "after": style.after, "line": style.line or SINGLE}
    indent: dict[str, int] = {}
    if style.indent:
        indent = {"firstLineChars": 200, "firstLine": 2 * CHARACTER}
    elif style.right or style.left:
        indent = {"left": style.left, "right": style.right}
    return w(
        "pPr",
        w("keepNext") if style.keep_next else None,
        w("widowControl", val=0),
        # No line begins with a closing mark or ends with an opening one; a mark may hang over the end of a line.
        w("kinsoku", val=1),
        w("overflowPunct", val=1),
        w("autoSpaceDE", val=0),
        w("autoSpaceDN", val=0),
        w("snapToGrid", val=0),
        w("spacing", **spacing, lineRule="exact" if style.line else "auto"),
        w("ind", **indent) if indent else None,
        w("contextualSpacing") if style.together else None,
        w("jc", val=style.align),
        w("outlineLvl", val=style.outline) if style.outline is not None else None,
    )


def _character_style(style_id: str, name: str, font: str) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="DefaultParagraphFont"),
        w("qFormat"),
        w("rPr", _fonts(font)),
        type="character",
        customStyle=1,
        styleId=style_id,
    )


def _fonts(name: str) -> Element:
    # The hint makes quotation marks, dashes and dots Chinese ones, as wide as a character.
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def _size(half_points: int) -> tuple[Element, Element]:
    return w("sz", val=half_points), w("szCs", val=half_points)


def _no_margins() -> Element:
    return w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
