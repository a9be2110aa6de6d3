"""Ways to write a figure in a cell of a web page, and the pages made of them, printed by Chromium as on a screen."""
# ruff: noqa: E501 - a way to write a cell is one line

from __future__ import annotations

import base64
import io
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from published.shown import ways
from published.shown.ways import Recipe
from published.shown.witness import DPI, Box, Picture
from published.shown.word import _hex, between, one

WIDE, HIGH = 1_500, 6_000
"""Pixels of the window and of the one page that is printed."""

CELL = re.compile(r"<td(?P<look>[^>]*)>(?P<text>\d+)</td>")
FIXED = ("<style>html{overflow:hidden}body{margin:8px;width:1480px;overflow:hidden;contain:paint}table{table-layout:fixed;width:1400px;border-collapse:collapse}td{height:40px;padding:0 4px;"
         "border:1px solid #888;text-align:center;font:16px/1.2 sans-serif}</style>")  # fmt: skip


def _rgb(rng: random.Random) -> str:
    digits = _hex(rng)
    red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
    return rng.choice((f"#{digits}", f"rgb({red},{green},{blue})", f"rgba({red}, {green}, {blue}, {rng.choice((0, 0.1, 0.3, 0.6, 1))})",
                       f"rgb({red} {green} {blue} / {rng.randrange(101)}%)", f"hsl({rng.randrange(-30, 260)},{rng.randrange(101)}%,{rng.randrange(101)}%)",
                       f"#{digits[0]}{digits[2]}{digits[4]}", f"#{digits}{rng.randrange(256):02x}"))  # fmt: skip


def px(text: str, low: int, high: int):
    return lambda rng: text.format(
        rng.choice(
            (
                f"{rng.randrange(low, high)}px",
                f"{rng.randrange(low, high) / 16:.2f}em",
                f"{rng.randrange(low, high) * 0.75:.1f}pt",
                f"{rng.randrange(low, high) / 16:.2f}rem",
            )
        )
    )


NAMED = (
    "white",
    "snow",
    "ivory",
    "lightyellow",
    "honeydew",
    "aliceblue",
    "mintcream",
    "black",
    "red",
    "transparent",
    "lavender",
    "seashell",
    "cornsilk",
    "oldlace",
    "floralwhite",
    "ghostwhite",
)
PLAIN: ways.Choices = (
    ("bold", "run", one("font-weight:bold", "font-weight:700", "font-style:italic")), ("underlined", "run", one("text-decoration:underline", "text-decoration:none")),
    ("dark", "run", lambda r: f"color:#{''.join(f'{r.randrange(140):02x}' for _ in range(3))}"), ("size", "run", px("font-size:{}", 12, 28)),
    ("font", "run", one("font-family:宋体", "font-family:Arial, sans-serif", "letter-spacing:1px", "line-height:1.5", "font-size:small")),
    ("light", "run", one("background:#f2f2f2", "background-color:yellow", "background:none", "opacity:1", "visibility:visible", "vertical-align:baseline", "vertical-align:middle")),
    ("block", "run", one("display:block", "display:inline-block", "position:relative", "float:none", "padding:2px", "margin:0 2px", "text-indent:0", "overflow:hidden")),
    ("markup", "wrap", one("<b>{}</b>", "<em>{}</em>", "<u>{}</u>", "<font>{}</font>", "<p>{}</p>", "<div>{}</div>", "<a href=#>{}</a>", "<center>{}</center>", "<small>{}</small>", "<o:p>{}</o:p>", "<ins>{}</ins>", "<label>{}</label>", "<code>{}</code>", "<mark>{}</mark>")),
    ("aria", "wrap", one('<span aria-hidden="true">{}</span>', '<span role="none" title="9">{}</span>', '<span data-v="7">{}</span>')),
    ("details open", "wrap", one("<details open><summary></summary>{}</details>",)),
    ("hidden beside", "after", lambda r: r.choice(("<i hidden>{}</i>", '<i style="display:none">{}</i>', "<template>{}</template>", "<script>var a={};</script>", "<!--{}-->", '<i class="none">{}</i>')).format(r.randrange(99))),
    ("a class", "class", one("bold", "nothing", "red", "hover", "printed", "narrow")), ("cell", "cell", one('align="left"', 'style="text-align:right"', 'style="background:#eef"', 'bgcolor="#ffffee"', "nowrap", 'valign="top"')),
    ("text", "text", one("full width", "thousands", "blank", "nbsp", "lrm", "no width")),
)  # fmt: skip

ODD: ways.Choices = (
    ("struck", "run", one("text-decoration:line-through", "text-decoration-line:line-through", "text-decoration:line-through solid 1px", "text-decoration:underline line-through")),
    ("colour", "run", lambda r: f"color:{r.choice((_rgb(r), r.choice(NAMED)))}"), ("ground", "run", lambda r: f"color:{_rgb(r)};background:{_rgb(r)}"),
    ("ground alone", "run", lambda r: f"{r.choice(('background', 'background-color'))}:{r.choice((_rgb(r), r.choice(NAMED), 'linear-gradient(black,black)'))}"),
    ("opacity", "run", lambda r: f"opacity:{r.choice((0, 0.01, 0.05, 0.1, 0.2, 0.5, '0%', '5%'))}"), ("invisible", "run", one("visibility:hidden", "visibility:collapse", "display:none", "content-visibility:hidden")),
    ("any size", "run", px("font-size:{}", 0, 20)), ("share", "run", between("font-size:{}%", 0, 160)), ("font at once", "run", lambda r: f"font:{r.randrange(20)}px {r.choice(('serif', 'Wingdings', 'Symbol'))}"),
    ("indent", "run", lambda r: f"display:block;text-indent:{r.randrange(-3000, 3000)}px"), ("margin", "run", lambda r: f"margin-{r.choice(('left', 'right', 'top'))}:{r.randrange(-2000, 1000)}px"),
    ("place", "run", lambda r: f"position:{r.choice(('relative', 'absolute', 'fixed'))};{r.choice(('left', 'top', 'right', 'bottom'))}:{r.randrange(-300, 300)}px"),
    ("far", "run", one("position:absolute;left:-9999px", "position:absolute;top:-9999px", "position:fixed;right:9999px", "position:relative;left:200vw", "position:absolute;inset:-900px auto auto -900px")),
    ("clip", "run", one("position:absolute;clip:rect(0,0,0,0)", "clip-path:inset(100%)", "clip-path:circle(0)", "display:inline-block;overflow:hidden;width:0", "display:inline-block;overflow:hidden;height:1px", "display:block;overflow:hidden;max-height:0", "display:block;overflow-y:hidden;height:0", "display:inline-block;overflow:clip;width:1px;white-space:nowrap")),
    ("mask", "run", one("-webkit-mask:linear-gradient(transparent,transparent)", "mask-image:linear-gradient(transparent,transparent)", "filter:opacity(0)", "filter:opacity(.02)", "mix-blend-mode:screen", "filter:invert(1)")),
    ("transform", "run", lambda r: "display:inline-block;transform:" + r.choice(("scale(0)", "scale(.1)", "scaleX(-1)", "rotate(180deg)", "rotate(45deg)", "translateX(-900px)", "translate(0,-40px)", "rotateY(90deg)", "skew(80deg)", "matrix(1,0,0,1,-500,0)", "scale(1)", "none", "translateY(300px)"))),
    ("own transform", "run", one("display:inline-block;scale:0", "display:inline-block;scale:.05", "display:inline-block;rotate:180deg", "display:inline-block;translate:-900px", "zoom:.05", "zoom:1.2")),
    ("raised", "run", lambda r: f"vertical-align:{r.choice(('super', 'sub', 'text-top', 'bottom', f'{r.randrange(-12, 12)}px', f'{r.randrange(-60, 60)}%', '.5em'))}"),
    ("filled", "run", lambda r: f"-webkit-text-fill-color:{r.choice(('transparent', '#fff', 'black', _rgb(r)))}"), ("stroke", "run", one("-webkit-text-stroke:3px white", "-webkit-text-stroke:1px black", "color:transparent;text-shadow:0 0 0 #000")),
    ("clipped ground", "run", one("background:#fff;-webkit-background-clip:text;color:transparent", "background-clip:text;color:transparent;background-image:linear-gradient(#fff,#fff)")),
    ("turned", "run", one("unicode-bidi:bidi-override;direction:rtl", "direction:rtl", "unicode-bidi:isolate-override;direction:rtl", "unicode-bidi:plaintext", "writing-mode:vertical-rl", "writing-mode:vertical-rl;text-orientation:upright")),
    ("over others", "wrap", one("<dialog open>{}</dialog>", "<textarea>{}</textarea>", "<iframe>{}</iframe>", "<svg><text y=15>{}</text></svg>", "<object>{}</object>", "<canvas>{}</canvas>", "<video>{}</video>")),
    ("ordered", "run", one("float:right", "float:left", "order:-1", "display:inline-flex;flex-direction:row-reverse")), ("spaced", "run", lambda r: f"letter-spacing:{r.choice((r.randrange(-16, 8), r.randrange(20, 40)))}px"),
    ("words", "run", lambda r: f"word-spacing:{r.randrange(-40, 60)}px"), ("secret", "run", one("-webkit-text-security:disc", "-webkit-text-security:circle")), ("transformed", "run", one("text-transform:full-width", "font-variant:small-caps", "font-variant-numeric:ordinal", "font-feature-settings:'sups'", "font-variant-position:super", "text-transform:uppercase")),
    ("list", "run", one("display:list-item;list-style:decimal inside", "display:list-item;list-style:none", "display:list-item;list-style-type:decimal;list-style-position:inside", "display:list-item;list-style:'9' inside")),
    ("emphasis", "run", one("text-emphasis:dot", "text-emphasis:'9'", "border:1px solid", "outline:9px solid #000;outline-offset:-9px", "border-left:1px solid", "box-shadow:inset 0 0 0 20px #000")),
    ("lines", "run", lambda r: f"display:block;line-height:{r.choice((0, '0px', '.1', '300px', '-1'))};{r.choice(('', 'overflow:hidden'))}"),
    ("variable", "run", one("--a:#fff;color:var(--a)", "color:var(--none,#fff)", "color:var(--white)", "font-size:var(--none,0)", "opacity:calc(1 - 1)", "font-size:calc(1px * 0)", "font-size:min(1px,9px)", "color:color-mix(in srgb,white,white)", "color:light-dark(#fff,#000)", "color:oklch(1 0 0)", "color:hwb(0 100% 0%)", "color:lab(100 0 0)", "color:color(srgb 1 1 1)", "color:Canvas", "color:ButtonFace", "color:inherit", "color:currentColor")),
    ("later", "run", one("color:#fff;color:#000", "color:#000;color:#fff", "color:#fff!important;color:#000", "color:white ! important", "COLOR:WHITE", "color:/**/#fff", "co\\6cor:#fff", "color:#FFFF", "display:NONE", "display:none !important;display:inline", "all:unset;color:#fff", "color:#fff;color:bogus")),
    ("odd class", "class", lambda r: r.choice(tuple(CLASSES))), ("two classes", "class", lambda r: " ".join(r.sample(tuple(CLASSES), 2))),
    ("an id", "id", one("gone", "white", "struck")), ("odd markup", "wrap", one("<s>{}</s>", "<del>{}</del>", "<strike>{}</strike>", "<sup>{}</sup>", "<sub>{}</sub>", '<bdo dir="rtl">{}</bdo>', '<font color="white">{}</font>', '<font color="#FEFEFE">{}</font>', '<font size="1">{}</font>', '<span dir="rtl">{}</span>', '<font face="Wingdings">{}</font>', "<details><summary></summary>{}</details>", "<details><summary>{}</summary>9</details>", "<dialog>{}</dialog>", "<noscript>{}</noscript>", "<template>{}</template>", "<span hidden>{}</span>", '<span hidden="until-found">{}</span>', "<ol><li>{}</li></ol>", "<ul><li>{}</li></ul>", "<q>{}</q>", "<button>{}</button>", "<select><option>{}</option></select>", "<math><mn>{}</mn></math>", "<big>{}</big>", "<title>{}</title>", "<noframes>{}</noframes>", "<audio>{}</audio>", "<rp>{}</rp>", "<ruby>{}<rt>1</rt></ruby>", "<datalist>{}</datalist>", "<fieldset><legend>{}</legend></fieldset>", "<area>{}", "<meter>{}</meter>", "<progress>{}</progress>", "<map>{}</map>", "<optgroup>{}</optgroup>", '<div popover>{}</div>', '<div inert>{}</div>', "<nobr>{}</nobr>", "<tt>{}</tt>", "<rb>{}</rb>", "<head>{}</head>", "<footer>{}</footer>", "<nav>{}</nav>", "<frameset>{}</frameset>", "<slot>{}</slot>")),
    ("more", "after", lambda r: r.choice(("<sup>{}</sup>", '<i style="color:#fff">{}</i>', "<s>{}</s>", '<input value="{}" size=2>', "<br>{}", "<wbr>{}", "&shy;{}", "<p>{}</p>", '<i class="before"></i>', "<q></q>", '<input type=hidden value={}>', '<img alt="{}">', '<input type="button" value="{}">', "<hr>")).format(r.randrange(1, 9))),
    ("covered", "after", one('<i style="position:absolute;margin-left:-60px;width:100px;height:24px;background:#fff"></i>', '<i style="display:block;margin-top:-22px;height:24px;background:#fff;position:relative"></i>', '<i style="position:relative;left:-30px;padding:0 20px;background:#fff"></i>')),
    ("cell look", "cell", lambda r: r.choice((f'bgcolor="{_hex(r)}"', f'style="background:{_rgb(r)}"', f'style="color:{_rgb(r)};background:{_rgb(r)}"', 'style="font-size:0"', 'style="color:white"', 'class="gone"', 'style="visibility:hidden"', 'style="opacity:0"', 'style="direction:rtl"', 'hidden', 'style="display:none"', 'dir="rtl"'))),
    ("moved cell", "cell", one('style="writing-mode:vertical-rl"', 'style="overflow:hidden;position:relative;left:-900px"', 'style="text-indent:-999px"', 'style="position:relative;top:300px"')),
    ("odd text", "text", lambda r: r.choice(tuple(ways.TEXTS))),
)  # fmt: skip

CLASSES: Mapping[str, str] = {
    "gone": "display:none", "white": "color:#fff", "struck": "text-decoration:line-through", "tiny": "font-size:1px", "clear": "opacity:0",
    "off": "position:absolute;left:-9999px", "clipped": "clip-path:inset(50%)", "none": "display:none", "hid": "visibility:hidden", "small": "font-size:0", "dark": "background:#000",
}  # fmt: skip

MORE = """:root{--white:#fff}.bold{font-weight:bold}.red{color:#c00}.hover:hover{display:none}@media print{.printed{display:none}}
@media (max-width:600px){.narrow{font-size:0}}#gone{display:none}#white{color:#fff}#struck{text-decoration:line-through}.before::before{content:"7"}"""
"""What every page has beside."""

SHEETS = (
    ".{0}{{{1}}}", "td .{0}{{{1}}}", "td > span.{0}{{{1}}}", "table td .{0},p.x{{{1}}}", "span[class~={0}]{{{1}}}", "[class*='{0}']{{{1}}}", ":is(.{0}){{{1}}}",
    ":where(.{0}){{{1}}}", "td:nth-child(n) .{0}{{{1}}}", "@media screen{{.{0}{{{1}}}}}", "@media all and (min-width:500px){{.{0}{{{1}}}}}", "@supports (color:red){{.{0}{{{1}}}}}",
    "@layer a{{.{0}{{{1}}}}}", "table{{td{{.{0}{{{1}}}}}}}", ".{0}{{&{{{1}}}}}", ".{0}:not(.zz){{{1}}}", "td:has(.{0}) .{0}{{{1}}}", ".{0}:first-child{{{1}}}", "@media not print{{.{0}{{{1}}}}}",
    "@media only screen and (max-width:4000px){{.{0}{{{1}}}}}", "@media (width>300px){{.{0}{{{1}}}}}", "@media print,screen{{.{0}{{{1}}}}}", "@scope (table){{.{0}{{{1}}}}}", "@container (min-width:0){{.{0}{{{1}}}}}",
    "tbody .{0}{{{1}}}", "table > tbody > tr > td .{0}{{{1}}}", "td:first-of-type .{0},td:not(:first-of-type) .{0}{{{1}}}",
    "/*a*/.{0}/*b*/{{{1}}}", "td\n.{0}\n{{\n{1}\n}}", "TD .{0}{{{1}}}", "html body .{0}{{{1}}}", "*.{0}{{{1}}}", "td *.{0}{{{1}}}", ".{0},:bogus(x){{{1}}}", "tr:nth-child(odd) .{0}{{{1}}}",
)  # fmt: skip
"""How a page's sheet may say what a class does."""


@dataclass
class Base:
    name: str
    between: list[str] = field(default_factory=list)
    cells: list[re.Match[str]] = field(default_factory=list)


def base(name: str, text: str) -> Base:
    """Take a page apart at its figure cells."""
    made = Base(name)
    text = text.replace("</head>", f"{FIXED}</head>", 1)
    made.between, made.cells = ways.apart(text, CELL)
    return made


def sheet(rng: random.Random) -> str:
    """A style sheet that says in some manner what the classes do."""
    return MORE + "".join(rng.choice(SHEETS).format(name, does) + "\n" for name, does in CLASSES.items())


def written(base_: Base, recipes: Mapping[int, tuple[str, Recipe]], own_sheet: str) -> bytes:
    """The page with these figures in its cells."""
    text = base_.between[0].replace("</head>", f"<style>{own_sheet}</style></head>", 1)
    for i, found in enumerate(base_.cells):
        text += (_cell(found, i, *recipes[i]) if i in recipes else found[0]) + base_.between[i + 1]
    return text.encode()


def _cell(found: re.Match[str], number: int, text: str, recipe: Recipe) -> str:
    inner = ""
    for k, piece in enumerate(ways.pieces(recipe, text)):
        made = piece
        style, named, own = (ways.of(recipe, x, k) for x in ("run", "class", "id"))
        if style or named or own:
            given = f' style="{";".join(style)}"' if style else ""
            given += f' class="{" ".join(named)}"' if named else ""
            made = f"<span{given}{f' id={own[0]}' if own else ''}>{piece}</span>"
        for wrap in ways.of(recipe, "wrap", k):
            made = wrap.replace("{}", made)
        inner += made
    inner = "".join(ways.of(recipe, "before")) + inner + "".join(ways.of(recipe, "after"))
    look = found["look"] + "".join(f" {x}" for x in ways.of(recipe, "cell")[:1])
    return f'<td{look} data-cell="{number}">{inner}</td>'


RECTS = """return [...document.querySelectorAll('[data-cell]')].map(e => {
  const r = e.getBoundingClientRect(); return [+e.dataset.cell, r.left, r.top, r.right, r.bottom]})"""


def printed(driver, path: Path, pdf: Path) -> tuple[dict[int, Box], Picture]:
    """Print a page as it is on a screen, on one sheet; return where each cell is on it, and what the window shows."""
    window = {"width": WIDE, "height": HIGH, "deviceScaleFactor": DPI / 96, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", window)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen"})
    driver.get(path.as_uri())
    rects = driver.execute_script(RECTS)
    seen = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})["data"]
    paper = {"paperWidth": WIDE / 96, "paperHeight": HIGH / 96, "printBackground": True}
    margins = {f"margin{x}": 0 for x in ("Top", "Bottom", "Left", "Right")}
    data = driver.execute_cdp_cmd("Page.printToPDF", paper | margins)["data"]
    pdf.write_bytes(base64.b64decode(data))
    high = HIGH * 0.75
    places = {i: Box(0, x1 * 0.75, high - y2 * 0.75, x2 * 0.75, high - y1 * 0.75) for i, x1, y1, x2, y2 in rects}
    with Image.open(io.BytesIO(base64.b64decode(seen))) as picture:
        return places, np.asarray(picture.convert("RGB"))
