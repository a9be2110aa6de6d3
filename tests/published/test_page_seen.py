"""What a browser shows of a cell is what is read; what is not sure is not read, and told with the cell."""
# ruff: noqa: E501 - a case is one line

import time

import pytest

from nianbao import published
from nianbao.checks import check
from nianbao.demo import sample
from nianbao.errors import InputError
from published import pages
from rows import some

KEY = "requests.received.natural_person"


@pytest.fixture(scope="module")
def page():
    return pages.page(sample().report).rendered().decode()


def what_is_read(page, tmp_path, cell, sheet="", td=""):
    """The figure read from a page with this in the cell, and the cells told."""
    at = page.index("<td", page.index("一、本年新收") + 1)
    end = page.index("</td>", at)
    new = f"{page[:at]}<td {td}>{cell}{page[end:]}"
    new = (
        new.replace("</head>", f"<style>{sheet}</style></head>") if "</head>" in new else f"<style>{sheet}</style>{new}"
    )
    path = tmp_path / "page.html"
    path.write_text(new, encoding="utf-8")
    reading = published.read(path)
    return reading.report.values.get(KEY), {k for f in check(reading) for k in f.cells}


STYLES = {
    "struck": "text-decoration:line-through", "struck, long": "text-decoration-line: underline line-through",
    "raised": "vertical-align:super", "lowered": "vertical-align:-5px", "no size": "font-size:0", "tiny": "font-size:1px",
    "no percent": "font-size:1%", "clear": "opacity:0", "nearly clear": "opacity:.01", "filtered": "filter:opacity(0)",
    "white": "color:#fff", "white by name": "color:WHITE", "white by numbers": "color:rgb(255,255,255)",
    "white by hue": "color:hsl(0,0%,100%)", "nearly white": "color:#fdfdfd", "no colour": "color:transparent",
    "no alpha": "color:rgba(0,0,0,0)", "filled": "-webkit-text-fill-color:transparent", "on itself": "color:red;background:red",
    "off": "position:absolute;left:-9999px", "off above": "position:fixed;top:-999em", "indented": "display:block;text-indent:-9999px",
    "margins": "margin-left:-9999px", "clipped": "position:absolute;clip:rect(0,0,0,0)", "a path": "clip-path:inset(50%)",
    "no width": "display:inline-block;width:0;overflow:hidden", "no height": "display:block;max-height:0;overflow:hidden",
    "mirrored": "display:inline-block;transform:scaleX(-1)", "turned": "display:inline-block;transform:rotate(180deg)",
    "no scale": "transform:scale(0)", "no zoom": "zoom:0.01", "reversed": "unicode-bidi:bidi-override;direction:rtl",
    "raised by hand": "position:relative;top:-6px", "ordered": "order:2", "to the right": "float:right", "signs": "font-family:Wingdings",
    "secret": "-webkit-text-security:disc", "blurred": "filter:blur(9px)", "raised digits": "font-variant-position:super",
    "named": "color:lightyellow", "by whiteness": "color:hwb(0 98% 0%)", "pale": "color:hsl(60,100%,95%)", "faint": "color:rgba(220,220,220,.6)",
    "light": "color:color(srgb 1 1 1)", "half clear": "opacity:.3;color:#aaa", "escaped": "co\\6cor:#fff", "passed over": "color:#fff;color:bogus",
    "over it": "color:var(--none,#fff)", "own": "--a:#fff;color:var(--a)", "worked out": "font-size:calc(1px * 0)",
    "by a mask": "mask-image:linear-gradient(transparent,transparent)", "blended": "mix-blend-mode:screen", "turned about": "filter:invert(1)",
    "small by itself": "display:inline-block;scale:.05", "shifted": "display:inline-block;translate:-90px", "a little off": "position:relative;left:-40px",
    "away": "position:relative;right:200px", "pushed": "margin-right:874px", "padded": "padding-left:400px", "on the next": "margin-left:-20px",
    "flat": "display:block;overflow:hidden;line-height:0px", "on each other": "letter-spacing:-5px", "far apart": "letter-spacing:40px",
    "to the left": "float:left", "upright": "writing-mode:vertical-rl", "with marks": "text-emphasis:'9'", "stroked": "-webkit-text-stroke:3px white",
    "in its own ground": "background-clip:text;color:#000", "filled by a shadow": "box-shadow:inset 0 0 0 20px #000", "a list of one": "display:list-item;list-style:decimal inside",
    "numbered at last": "display:list-item;list-style:none;list-style-type:decimal", "all again": "display:none;all:revert",
    "on a line of its own": "display:block", "smaller": "font-size:6px", "too small": "font-size:4.2px", "not kept": "content-visibility:hidden", "small at last": "font-size:20px;font:2px serif",
    "on a picture": "background:linear-gradient(black,black)", "under its ground": "background-color:#fff;background:#000",
    "small by name": "font-size:x-small", "no colour's numbers": "color:rgb(1.2.3,0,0)",
}  # fmt: skip


WAYS = ("style", "class", "inherited", "important")


@pytest.mark.parametrize(
    ("style", "how"), some([(s, WAYS[(i + j) % 4]) for i, s in enumerate(STYLES.values()) for j in range(4)], 4)
)
def test_a_figure_of_which_a_part_may_not_be_seen_is_not_read(style, how, page, tmp_path):
    cell = {"style": f'<span style="{style}">1</span>5', "class": '<span class="odd x">1</span>5',
            "inherited": '<b class="odd"><i><u>1</u></i></b>5', "important": '<span id="i" style="all:revert">1</span>5'}[how]  # fmt: skip
    sheet = {"class": f"td .odd {{{style}}}", "inherited": f"table b.odd{{{style}}}",
             "important": "#i{" + ";".join(f"{p}!important" for p in style.split(";")) + "}"}.get(how, "")  # fmt: skip
    value, told = what_is_read(page, tmp_path, cell, sheet)
    assert value is None
    assert KEY in told


MARKUP = {
    "s": "<s>1</s>5", "del": "<del>1</del>5", "strike": "<strike>1</strike>5", "sup": "5<sup>1</sup>", "sub": "5<sub>1</sub>",
    "bdo": '<bdo dir="rtl">15</bdo>', "an override": "&#x202e;15", "isolated": "&#x2067;15&#x2069;", "a picture": '5<img src="1.png">',
    "a box to fill in": '<input value="7">5', "a list": "<ol><li>5</li></ol>", "ruby": "<ruby>5<rt>1</rt></ruby>",
    "a fraction": "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>", "a choice": "<select><option>7</option></select>5",
    "circled": "5①", "small": "5²", "a half": "½", "a font": '<font color="white">1</font>5', "two lines": "１\n２",
    "quoted": "<q>5</q>", "an empty quotation": "5<q></q>", "a foot": "<footer>1</footer>5", "a ground over it": '5<i style="display:block;margin-top:-22px;height:24px;background:#fff;position:relative"></i>',
    "a list numbered by its style": '<ul style="list-style-type:decimal"><li>5</ul>', "of an old kind": '<ul><li type="a">5</ul>', "of a name": "<ul style=\"list-style:'7'\"><li>5</ul>",
    "a blank that shows": '<span style="-webkit-text-security:circle"> </span>5',
    "large in the middle": '<b style="font-size:0"><i style="font-size:16px;vertical-align:middle">1</i><i style="font-size:16px">5</i></b>', "small in the middle": '<span style="font-size:51%;vertical-align:middle">1</span><span style="font-size:51%">5</span>', "folded away": "<details><summary>1</summary>5</details>5",
    "a hyphen at a line's end": "1&shy;5", "hidden until found": '<span hidden="until-found">1</span>5',
    "white without a mark": '<font color="FEFEFE">1</font>5',
    "small in small": "1<small><small>5</small></small>", "big in big": "1<big><big>5</big></big>",
    "an old size": '1<font size="1">5</font>', "steps of an old size": '1<font size="+2">5</font>',
    "a dialog that is open": "<dialog open>1</dialog>5", "backwards": '<b style="display:inline-flex;flex-flow:row-reverse"><i>1</i><i>5</i></b>',
    "a picture for it": '<b style="content:url(1.png)">15</b>',
}  # fmt: skip


@pytest.mark.parametrize("cell", MARKUP.values(), ids=MARKUP)
def test_a_figure_with_a_part_that_is_no_plain_digit_is_not_read(cell, page, tmp_path):
    value, told = what_is_read(page, tmp_path, cell)
    assert value is None
    assert KEY in told


@pytest.mark.parametrize(("cell", "sheet"), [
    ('<b class="a">5</b>', "@container (min-width:0){.a{color:#fff}}@media (width>300px){.a{background:#000}}"),
    ('<b class="a">5</b>', "@supports (x:y){td .a{color:#fff}}@layer{td .a{background:#fff}}.a{background:#000;color:#777}"),
    ('<b class="a"><i style="background:#c00">5</i></b>', "@scope (table){.a{color:#c00}}"),
    ('<b class="a"><i class="b">5</i></b>', "@media (hover){.a{color:#c00}}@supports (x:y){.b{background:#c00}}"),
    ('1<b class="a">5</b>', "@supports (x:y){.a{visibility:hidden}}"),
    ('<b class="a">5</b>', "@supports (x:y){.a{display:block}}"),
    ('<b class="a"><i class="b">5</i></b>', "".join(f"@supports (x:{n}){{{one}}}" for n, one in enumerate((
        ".a{color:#111}", ".a{background:#eee}", ".a{font-size:15px}", ".b{color:#222}", ".b{background:#ddd}")))),
], ids=["white that alone may hold", "both of two", "a ground within", "a ground within that may hold", "hidden", "on a line of its own",
        "more ways to look than are tried"])  # fmt: skip
def test_of_rules_that_may_hold_every_choice_is_looked_at(cell, sheet, page, tmp_path):
    value, told = what_is_read(page, tmp_path, cell, sheet)
    assert value is None
    assert KEY in told


def test_of_figures_that_may_be_of_two_sizes_all_are_or_none(page, tmp_path):
    sheet = "@supports (x:y){.a{font-size:9px}}"
    assert what_is_read(page, tmp_path, '1<b class="a">5</b>', sheet)[0] is None
    assert what_is_read(page, tmp_path, '<b class="a">1<i>5</i></b>', sheet)[0] == 15


APART = {
    "a margin": '1<b style="margin-left:3em">2</b>3', "a margin behind": '<b style="margin:0 40px 0 0">1</b><i>2</i>', "of all": '<b style="padding:0 12px">1</b><b style="padding:0 12px">2</b>',
    "a box": '<b style="display:inline-block;width:80px;text-align:left">1</b>2', "within": '<i>1</i><i><b style="padding-left:47px">2</b></i>',
}  # fmt: skip


@pytest.mark.parametrize("cell", APART.values(), ids=APART)
def test_figures_that_stand_apart_are_no_number(cell, page, tmp_path):
    value, told = what_is_read(page, tmp_path, cell)
    assert value is None
    assert KEY in told


@pytest.mark.parametrize("cell", ['<b style="margin-left:3em">1</b>2', '<p style="margin:0 3em"><b>1</b>2</p>', '<b style="margin:0 2px">1</b>2',
    '<b style="display:inline-block;width:80px">12</b>', '<i style="padding-right:40px"></i>1<b>2</b>'])  # fmt: skip
def test_figures_set_in_together_are_one_number(cell, page, tmp_path):
    assert what_is_read(page, tmp_path, cell)[0] == 12


@pytest.mark.parametrize(("cell", "td", "value"), [
    ("-5", 'dir="rtl"', None), ("-5", 'style="direction:rtl"', None), ('<p dir="rtl">-5</p>', "", None), ("5 6", 'dir="rtl"', None),
    ('<b style="display:inline-block">1</b><b style="display:inline-block">2</b>', 'dir="rtl"', None), ("<b dir=rtl>1</b>2", 'dir="rtl"', None),
    ("15", 'dir="rtl"', 15), ("1,500", 'dir="rtl"', 1500), ('<b dir="ltr">15</b>', 'dir="rtl"', 15), ("<b>1</b><i>5</i>件", 'style="direction:rtl"', 15),
])  # fmt: skip
def test_signs_and_parts_change_places_in_what_is_written_from_the_right(cell, td, value, page, tmp_path):
    assert what_is_read(page, tmp_path, cell, td=td)[0] == value


def test_rules_that_hold_only_together_are_looked_at_together(page, tmp_path):
    sheet = "@supports (display:grid){.a{color:#fff}.a{background:#036}}"
    assert what_is_read(page, tmp_path, '<b class="a"><i>5</i></b>', sheet)[0] == 5


@pytest.mark.parametrize("sheet", ['.a::before{content:"1"}', ".a:after{content:'7'}", 'td > b.a::after{content:attr(x)}',
                                   ".a{display:none}td:nth-child(2) .a{opacity:0}", ".a{display:list-item;list-style:inside}.a::marker{content:'7'}"])  # fmt: skip
def test_what_a_sheet_adds_or_may_hide_is_told(sheet, page, tmp_path):
    value, _ = what_is_read(page, tmp_path, '<b class="a">5</b>', sheet)
    assert value is None


PLAIN = {
    "a span": ("<span>5</span>", ""), "red": ('<span style="color:red">5</span>', ""), "hidden beside": ('<i hidden>1</i>5', ""),
    "no display": ('<i class="n">1</i>5', ".n{display:none}"), "not visible": ('<i style="visibility:hidden">1</i><b>5</b>', None),
    "shown again": ('<i class="n m">5</i>', ".n{display:none} .m{display:inline!important}"), "for print": ('<i class="n">5</i>', "@media print{.n{display:none}}"),
    "for telephones": ('<i class="n">5</i>', "@media (max-width:600px){.n{font-size:0}}"), "another class": ("<i>5</i>", ".n{opacity:0}"),
    "pointed at": ('<i class="n">5</i>', ".n:hover{opacity:0}"), "white on blue": ('<i style="color:#fff;background:#036">5</i>', ""),
    "a clearfix": ('<p class="n">5</p>', '.n:after{content:"";display:table;clear:both}'), "aria": ('<i aria-hidden="true">5</i>', ""),
    "a list to choose from": ("<datalist>1</datalist>5", ""), "for the few": ("5<rp>1</rp>", ""), "a title": ("<title>1</title>5", ""), "popping up": ("<i popover>1</i>5", ""),
    "a name's value": ('<i style="color:var(--t)">5</i>', ":root{--t:#333}"), "a name without one": ('<i style="color:var(--no)">5</i>', ""),
    "of windows": ('<i style="color:windowtext">5</i>', ""), "grey for mourning": ("5", "html{filter:grayscale(100%)}"), "half clear": ('<i style="color:rgba(0,0,0,.85)">5</i>', ""),
    "folded beside": ("<details><summary></summary>1</details>5", ""), "in the middle of others": ('<span style="vertical-align:middle">5</span>', ""),
    "a bullet": ("<ul><li>5</ul>", ""), "a list without": ('<ol class="n"><li>5</ol>', ".n{list-style:decimal;list-style:none inside}"),
    "set in": ('<p style="text-indent:2em;margin:0 5px">5</p>', ""),
    "not struck": ('<s style="text-decoration:none">5</s>', ""), "a broken sheet": ("<i>5</i>", "}{ .n{ x; y:"),
    "shown within what is hidden": ('<p style="visibility:hidden"><b style="visibility:visible">5</b></p>', ""), "not to be filled in": ('<input type="hidden" value="7">5', ""),
    "no share": ('<i style="opacity:0.0.0">5</i>', ""),
    "a name of itself": ('<i style="color:var(--a)">5</i>', ":root{--a:var(--b);--b:var(--a)}"),
    "a little smaller": ("<small>5</small>", ""), "a step of an old size": ('<font size="-1">5</font>', ""), "no old size": ('<font size="x">5</font>', ""),
    "in the middle": ("5", "td{vertical-align:middle;text-indent:0;overflow:hidden;width:40px}"),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "sheet"), PLAIN.values(), ids=PLAIN)
def test_a_figure_plainly_seen_is_read(cell, sheet, page, tmp_path):
    value, told = what_is_read(page, tmp_path, cell, sheet or "")
    assert value == 5 if sheet is not None else (value is None and KEY in told)


@pytest.mark.parametrize(("td", "value"), [('style="position:relative;top:300px"', None), ('style="position:relative;left:-20px"', None), ('style="position:relative"', 5)],
                         ids=["down", "to the left", "not at all"])  # fmt: skip
def test_a_figure_in_a_cell_that_is_moved_is_not_read(td, value, page, tmp_path):
    read, told = what_is_read(page, tmp_path, "5", td=td)
    assert read == value
    assert value or KEY in told


def test_white_figures_on_a_dark_cell_are_read_and_dark_ones_are_not(page, tmp_path):
    assert what_is_read(page, tmp_path, '<b style="color:#fff">5</b>', td='bgcolor="#003366"')[0] == 5
    assert what_is_read(page, tmp_path, '<b style="color:#000">5</b>', td='style="background-color:#111"')[0] is None


NESTED = {
    "within a rule": "table{ td { .odd { opacity:0 } } }", "with a mark": ".odd { &.x { color:#fff } }",
    "beside": "table { color:#000; td .odd, p .odd { font-size:0; } }", "in a query": ".odd { @media screen { opacity:0; } }",
}  # fmt: skip

HOLDS = {
    "one of some": ":is(.odd, .x){color:#fff}", "wherever": ":where(.odd){font-size:0}", "none of some": "span:not(.even, td){opacity:0}",
    "the first": ".odd:first-child{color:#fff}", "of all": "td:nth-child(n) .odd{color:#fff}", "the first of its kind": "span:first-of-type{font-size:1px}",
    "the only one": "span:only-of-type{color:#fff}", "in the body of the table": "tbody > tr .odd{color:#fff}", "where it is known": "@supports (color:red){.odd{color:#fff}}",
    "in a layer": "@layer a{.odd{font-size:0}}", "on paper and screens": "@media print, screen{.odd{color:#fff}}", "on wide ones": "@media (width>300px){.odd{color:#fff}}",
    "not on paper": "@media not print{.odd{color:#fff}}", "holding": "td:has(.odd) .odd{color:#fff}",
    "counted among some": "td:nth-child(n of td) .odd{color:#fff}",
}  # fmt: skip


@pytest.mark.parametrize("sheet", [*NESTED.values(), *HOLDS.values()], ids=[*NESTED, *HOLDS])
def test_a_rule_that_holds_or_may_hold_counts(sheet, page, tmp_path):
    value, told = what_is_read(page, tmp_path, '<span class="odd x">1</span>5', sheet)
    assert value is None
    assert KEY in told


HOLDS_NOT = {
    "another": ":is(.even){color:#fff}", "but this": "span:not(.odd){color:#fff}", "the third": "td:nth-child(3n+40) .odd{color:#fff}", "the last but one": "span:nth-last-child(2){color:#fff}",
    "the second": "span:nth-of-type(2){color:#fff}", "in the dark": "@media (prefers-color-scheme: dark){.odd{color:#fff}}", "without a body": "table > tr .odd{opacity:0}",
    "in the light, on paper": "@media only print and (min-width:1px), speech{.odd{font-size:0}}",
    "no selector": ".odd%{color:#fff}",
}  # fmt: skip


@pytest.mark.parametrize("sheet", HOLDS_NOT.values(), ids=HOLDS_NOT)
def test_a_rule_that_does_not_hold_does_not_count(sheet, page, tmp_path):
    assert what_is_read(page, tmp_path, '<span class="odd">15</span>', sheet)[0] == 15


def test_a_rule_within_a_rule_does_not_count_for_the_outer_one(page, tmp_path):
    assert what_is_read(page, tmp_path, '<span class="odd">5</span>', ".odd { b { color:#000; opacity:0; } }")[0] == 5


BUSY = {
    "ancestors": ".no " + "div " * 12 + "td{color:red}", "rules": "a{" * 50_000, "semicolons": "td{" + "x;" * 100_000 + "}",
    "blanks": "td{color:rgb(1,1,1" + " " * 200_000 + "}", "commas": "td," * 50_000 + "b{c{d:e}}", "no end": "td{a{" + "b:c " * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("sheet", BUSY.values(), ids=BUSY)
def test_style_sheets_made_to_take_long_do_not(sheet, page, tmp_path):
    started = time.process_time()
    assert what_is_read("<div>" * 60 + page, tmp_path, "5", sheet)[0] == 5
    assert time.process_time() - started < 5


def test_a_page_with_more_rules_than_anyone_can_try_is_refused(page, tmp_path):
    many = "".join(f".a p:nth-child({i}){{color:red}}" for i in range(4_000)) + ".a ~ p{color:red}"
    with pytest.raises(InputError, match="样式复杂得不正常"):
        what_is_read("<p>x</p>" * 2_000 + page, tmp_path, "5", many)
    with pytest.raises(InputError, match="样式复杂得不正常"):
        what_is_read(page, tmp_path, '<b class="last">1</b>5', "a{color:red}" * 5_001 + ".last{opacity:0}")
