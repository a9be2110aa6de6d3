"""WordprocessingML's properties with values at and around the borders of what is plainly seen, as text of XML."""
# ruff: noqa: E501 - a property is a line

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

Make = Callable[[random.Random], str]

ON = ("", ' w:val="1"', ' w:val="0"', ' w:val="true"', ' w:val="false"', ' w:val="on"', ' w:val="off"', ' w:val="none"')
TWIPS = (-30000, -4001, -631, -401, -400, -399, -211, -111, -110, -101, -100, -99, -50, 0, 10, 50, 99, 100, 199, 200, 201,
         240, 399, 400, 401, 630, 1000, 2000, 2001, 4000, 4001, 13000, 30000)  # fmt: skip
LINES = (
    1,
    79,
    80,
    99,
    100,
    159,
    160,
    199,
    200,
    201,
    239,
    240,
    241,
    255,
    256,
    279,
    280,
    351,
    352,
    384,
    527,
    528,
    578,
    660,
)
SIZES = (0, 1, 2, 6, 7, 8, 9, 11, 12, 13, 16, 17, 18, 20, 21, 24, 25, 28, 32, 40, 44, 72, 199, 200, 201, 400)
APART = (-400, -200, -65, -41, -40, -25, -24, -21, -20, -19, -5, 0, 5, 119, 120, 121, 180, 199, 200, 201, 320, 2000)
COLOURS = ("auto", "000000", "FFFFFF", "FEFEFE", "D0D0D0", "CFCFCF", "CECECE", "B8B8B8", "B7B7B7", "C6D9F1", "A0B0D0",
           "1F497D", "808080", "F2F2F2", "9C9C9C", "9D9D9D", "FF0000", "white", "", "GGGGGG")  # fmt: skip
THEMED = (
    "background1",
    "text1",
    "background2",
    "text2",
    "dark1",
    "light1",
    "light2",
    "accent1",
    "accent6",
    "hyperlink",
    "none",
)
FONTS = ("Wingdings", "Symbol", "仿宋_GB2312", "Times New Roman", "", "webdings", "Marlett")
JUNK = ("", "x", "--5", "1e3", "12pt", "٣٤", "²", "99999999999", "-0")


def one(*texts: str) -> Make:
    return lambda rng: rng.choice(texts)


def toggle(name: str) -> Make:
    return lambda rng: f"<w:{name}{rng.choice(ON)}/>"


def measure(name: str, values: Sequence[int], attribute: str = "val") -> Make:
    return lambda rng: f'<w:{name} w:{attribute}="{_value(rng, values)}"/>'


def _value(rng: random.Random, values: Sequence[int]) -> str:
    drawn = rng.random()
    if drawn < 0.04:
        return rng.choice(JUNK)
    return str(rng.randint(-50, 400) if drawn < 0.15 else rng.choice(values))


def _near(rng: random.Random) -> str:
    """A colour that may be hard to tell from one of the form's grounds."""
    ground = rng.choice(("FFFFFF", "FFFFFF", "C6D9F1", "000000"))
    return "".join(f"{min(255, max(0, int(ground[i : i + 2], 16) + rng.randint(-90, 90))):02X}" for i in (0, 2, 4))


def colour(rng: random.Random) -> str:
    return rng.choice(COLOURS) if rng.random() < 0.6 else _near(rng)


def _color(rng: random.Random) -> str:
    theme = f' w:themeColor="{rng.choice(THEMED)}"' if rng.random() < 0.4 else ""
    shade = (
        f' w:theme{rng.choice(("Tint", "Shade"))}="{rng.randrange(256):02X}"' if theme and rng.random() < 0.5 else ""
    )
    return f'<w:color w:val="{colour(rng)}"{theme}{shade}/>'


def shading(rng: random.Random) -> str:
    kind = rng.choice(("clear", "clear", "clear", "nil", "solid", "pct10", "pct50", "pct95", "horzStripe"))
    theme = f' w:themeFill="{rng.choice(THEMED)}"' if rng.random() < 0.2 else ""
    return f'<w:shd w:val="{kind}" w:color="{colour(rng)}" w:fill="{colour(rng)}"{theme}/>'


def _spacing(rng: random.Random) -> str:
    line = f' w:line="{_value(rng, LINES)}"' if rng.random() < 0.8 else ""
    rule = rng.choice((' w:lineRule="exact"', ' w:lineRule="exact"', ' w:lineRule="atLeast"', ' w:lineRule="auto"', ""))
    return f'<w:spacing w:before="{rng.choice((0, 80, 9000))}"{line}{rule}/>'


def _indent(rng: random.Random) -> str:
    names = (
        "left",
        "right",
        "start",
        "end",
        "firstLine",
        "hanging",
        "leftChars",
        "rightChars",
        "firstLineChars",
        "hangingChars",
    )
    return (
        "<w:ind "
        + " ".join(f'w:{k}="{_value(rng, TWIPS)}"' for k in rng.sample(names, rng.choice((1, 1, 2, 3))))
        + "/>"
    )


def _fonts(rng: random.Random) -> str:
    names = rng.sample(("ascii", "hAnsi", "eastAsia", "cs", "asciiTheme"), rng.choice((1, 2)))
    return "<w:rFonts " + " ".join(f'w:{k}="{rng.choice(FONTS)}"' for k in names) + "/>"


RUN: Mapping[str, Make] = {
    **{k: toggle(k) for k in ("b", "bCs", "i", "iCs", "strike", "dstrike", "vanish", "webHidden", "specVanish", "outline", "shadow", "emboss",
                              "imprint", "caps", "smallCaps", "rtl", "cs", "noProof", "snapToGrid", "oMath")},
    "rFonts": _fonts, "color": _color, "shd": shading, "sz": measure("sz", SIZES), "szCs": measure("szCs", SIZES),
    "spacing": measure("spacing", APART), "w": measure("w", (1, 10, 33, 34, 50, 90, 100, 150, 600)), "kern": measure("kern", SIZES),
    "position": measure("position", (-30, -5, -4, 0, 4, 5, 30)), "fitText": measure("fitText", TWIPS),
    "highlight": lambda r: f'<w:highlight w:val="{r.choice(("yellow", "black", "white", "none", "darkBlue", "lightGray"))}"/>',
    "vertAlign": one('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>', '<w:vertAlign w:val="baseline"/>'),
    "u": one('<w:u w:val="single"/>', '<w:u w:val="none"/>', '<w:u w:val="thick" w:color="FFFFFF"/>'),
    "eastAsianLayout": one('<w:eastAsianLayout w:combine="1"/>', '<w:eastAsianLayout w:vert="1"/>', "<w:eastAsianLayout/>"),
    "textFill": one('<w14:textFill><w14:noFill/></w14:textFill>', '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="FFFFFF"/></w14:solidFill></w14:textFill>'),
    "bdr": one('<w:bdr w:val="single"/>'), "em": one('<w:em w:val="dot"/>'), "effect": one('<w:effect w:val="lights"/>'), "lang": one('<w:lang w:val="ar-SA"/>'),
    "foreign": one('<x:vanish/>', '<x:color w:val="FFFFFF"/>', '<x:sz w:val="2"/>', '<w14:glow/>'),
}  # fmt: skip

PARAGRAPH: Mapping[str, Make] = {
    **{k: toggle(k) for k in ("bidi", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "suppressLineNumbers", "kinsoku", "wordWrap",
                              "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "contextualSpacing",
                              "mirrorIndents", "suppressOverlap")},
    "spacing": _spacing, "ind": _indent, "shd": shading,
    "jc": one(*(f'<w:jc w:val="{k}"/>' for k in ("left", "right", "center", "both", "start", "end", "distribute", "thaiDistribute", "lowKashida"))),
    "numPr": one('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>', '<w:numPr><w:numId w:val="0"/></w:numPr>', '<w:numPr><w:ilvl w:val="1"/></w:numPr>'),
    "pBdr": one('<w:pBdr><w:top w:val="single" w:sz="4"/></w:pBdr>', '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>', "<w:pBdr/>"),
    "framePr": lambda r: f'<w:framePr w:x="{_value(r, TWIPS)}" w:y="{_value(r, TWIPS)}"/>',
    "textAlignment": one('<w:textAlignment w:val="top"/>'), "textDirection": one('<w:textDirection w:val="tbRl"/>'), "outlineLvl": one('<w:outlineLvl w:val="1"/>'),
    "tabs": one('<w:tabs><w:tab w:val="left" w:pos="30000"/></w:tabs>'), "cols": one('<w:sectPr><w:cols w:num="2"/></w:sectPr>'),
    "mark": one("<w:rPr><w:vanish/></w:rPr>", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:del w:id="1"/></w:rPr>', "<w:rPr><w:b/><w:b w:val=\"0\"/></w:rPr>"),
    "change": one('<w:pPrChange w:id="2"><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange>'),
}  # fmt: skip

CELL: Mapping[str, Make] = {
    "shd": shading, "hMerge": one("<w:hMerge/>", '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'),
    "vMerge": one("<w:vMerge/>", '<w:vMerge w:val="restart"/>'), "gridSpan": measure("gridSpan", (0, 1, 2, 100)),
    "tcMar": lambda r: "<w:tcMar>" + "".join(f'<w:{k} w:w="{_value(r, TWIPS)}" w:type="{r.choice(("dxa", "dxa", "nil", "pct"))}"/>' for k in r.sample(("left", "right", "start", "end", "top"), 2)) + "</w:tcMar>",
    "tcW": lambda r: f'<w:tcW w:w="{r.choice((0, 1, 57, 100, 300, 500, 801, 1500))}" w:type="{r.choice(("dxa", "dxa", "pct", "auto"))}"/>',
    "textDirection": one('<w:textDirection w:val="tbRl"/>'), "fit": toggle("tcFitText"), "hideMark": toggle("hideMark"), "noWrap": toggle("noWrap"),
    "vAlign": one('<w:vAlign w:val="bottom"/>'), "cellDel": one('<w:cellDel w:id="3"/>'),
    "tcBorders": one('<w:tcBorders><w:top w:val="single" w:sz="96" w:color="FFFFFF"/></w:tcBorders>'),
}  # fmt: skip

ROW: Mapping[str, Make] = {
    "trHeight": lambda r: f'<w:trHeight w:val="{_value(r, LINES)}" w:hRule="{r.choice(("exact", "exact", "atLeast", "auto"))}"/>',
    "hidden": toggle("hidden"), "tblHeader": toggle("tblHeader"), "cantSplit": toggle("cantSplit"), "del": one('<w:del w:id="4"/>'), "ins": one('<w:ins w:id="4"/>'),
    "gridBefore": measure("gridBefore", (0, 1, 2)), "jc": one('<w:jc w:val="right"/>'), "tblCellSpacing": measure("tblCellSpacing", TWIPS, "w"),
}  # fmt: skip

TABLE: Mapping[str, Make] = {
    "tblpPr": lambda r: f'<w:tblpPr w:tblpX="{_value(r, TWIPS)}" w:tblpY="{_value(r, TWIPS)}"/>', "shd": shading,
    "tblStyle": lambda r: f'<w:tblStyle w:val="{r.choice(("TableNormal", "Drawn0", "Drawn1", "Absent"))}"/>',
    "tblInd": measure("tblInd", TWIPS, "w"), "tblW": measure("tblW", TWIPS, "w"), "bidiVisual": toggle("bidiVisual"),
    "tblCellMar": lambda r: f'<w:tblCellMar><w:left w:w="{_value(r, TWIPS)}" w:type="dxa"/></w:tblCellMar>',
    "tblLook": one('<w:tblLook w:firstRow="1"/>'), "tblLayout": one('<w:tblLayout w:type="autofit"/>'), "tblOverlap": one('<w:tblOverlap w:val="never"/>'),
}  # fmt: skip

SECTION: Mapping[str, Make] = {
    "cols": one('<w:cols w:num="9" w:space="0"/>'), "bidi": toggle("bidi"), "textDirection": one('<w:textDirection w:val="tbRl"/>'),
    "pgSz": lambda r: f'<w:pgSz w:w="{_value(r, TWIPS)}" w:h="{_value(r, TWIPS)}"/>', "vAlign": one('<w:vAlign w:val="bottom"/>'),
    "pgBorders": one('<w:pgBorders><w:top w:val="single"/></w:pgBorders>'), "docGrid": measure("docGrid", TWIPS, "linePitch"),
}  # fmt: skip

CONDITIONS = ("wholeTable", "firstRow", "lastRow", "firstCol", "lastCol", "band1Horz", "band2Vert", "nwCell")
