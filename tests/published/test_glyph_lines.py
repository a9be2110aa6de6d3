"""Characters of a page as lines and paragraphs: what stands on one line, where blanks belong, what goes on."""

import pytest

from nianbao.published import glyph_lines
from nianbao.published.glyph_lines import Glyph, TextLine
from nianbao.published.model import Paragraph


def glyph(char, left=0, middle=100, size=10, box=1, right=None):
    return Glyph(char, left, left + size if right is None else right, middle - box, middle + box, middle, size)


def texts(*glyphs):
    return [line.text for line in glyph_lines.lines_of(1, list(glyphs))]


def test_a_line_has_its_characters_from_left_to_right_and_lines_come_from_the_top_down():
    glyphs = [
        glyph("丙", 10, 80),
        glyph("乙", 20, size=12),
        glyph("甲", 9, 101),
        glyph("丁", 30, size=14),
        glyph("　", 0),
    ]
    glyphs += [glyph("戊", 44, size=16)]
    assert glyph_lines.lines_of(3, glyphs) == [
        TextLine(3, "甲乙丁戊", 9, 60, pytest.approx(100.25), 14, head=10), TextLine(3, "丙", 10, 20, 80, 10, head=10),
    ]  # fmt: skip
    assert glyph_lines.lines_of(3, []) == glyph_lines.lines_of(3, [glyph(" ")]) == []


@pytest.mark.parametrize(
    ("glyphs", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("middles within half a character", [glyph("甲"), glyph("乙", 10, 95.5)], ["甲乙"]),
            ("middles farther apart", [glyph("甲"), glyph("乙", 10, 95.4)], ["甲", "乙"]),
            ("of a larger character", [glyph("甲", size=20), glyph("乙", 20, 91)], ["甲乙"]),
            ("of a larger character that is lower", [glyph("甲"), glyph("乙", 20, 91, 20)], ["甲乙"]),
            ("beyond a larger character", [glyph("甲", size=20), glyph("乙", 20, 90.9)], ["甲", "乙"]),
            ("going down little by little", [glyph("甲"), glyph("乙", 10, 96), glyph("丙", 20, 92)], ["甲乙丙"]),
            ("going down too far", [glyph("甲"), glyph("乙", 10, 96), glyph("丙", 20, 91.9)], ["甲乙", "丙"]),
            ("near the one before the last", [glyph("甲"), glyph("乙", 10, 96), glyph("丙", 20, 95.6, 2),
                                              glyph("丁", 30, 92)], ["甲乙丙丁"]),
            ("near the third from the end only", [glyph("甲"), glyph("乙", 10, 96), glyph("丙", 20, 95.6, 2),
                                                  glyph("戊", 30, 95.5, 2), glyph("丁", 40, 92)], ["甲乙丙戊", "丁"]),
            ("a small one beside a small one", [glyph("甲"), glyph("乙", 10, 96, 4), glyph("丙", 20, 94.4, 4)],
             ["甲乙丙"]),
            ("a small one under a small one", [glyph("甲"), glyph("乙", 10, 96, 4), glyph("丙", 20, 94.3, 4)],
             ["甲乙", "丙"]),
            ("boxes side by side", [Glyph("“", 0, 10, 90, 110, 108, 10), Glyph("，", 10, 20, 86, 106, 92, 10)],
                ["“，"]),
            ("boxes too far apart", [Glyph("“", 0, 10, 90, 110, 108, 10), Glyph("，", 10, 20, 85.9, 105.9, 92, 10)],
             ["“", "，"]),
            ("a low box beside a tall one", [Glyph("“", 0, 10, 90, 110, 108, 10), Glyph("，", 10, 20, 94, 110, 92, 10)],
             ["“，"]),
            ("too low a box beside a tall one", [Glyph("“", 0, 10, 90, 110, 108, 10),
                                                 Glyph("，", 10, 20, 94.1, 110, 92, 10)], ["“", "，"]),
            ("a tall box beside a low one", [Glyph("“", 0, 10, 94, 110, 108, 10), Glyph("，", 10, 20, 90, 110, 92, 10)],
             ["“，"]),
            ("a box beside the last one's", [Glyph("甲", 0, 10, 130, 150, 108, 10), Glyph("“", 10, 20, 90, 110, 107, 9),
                                             Glyph("，", 20, 30, 90, 110, 92, 9)], ["甲“，"]),
            ("two columns of lines",
                [glyph("甲", 0, 100), glyph("乙", 50, 95), glyph("丙", 10, 100), glyph("丁", 60, 95)],
             ["甲丙", "乙丁"]),
        ]
    ],
)  # fmt: skip
def test_characters_stand_on_one_line_when_they_are_level(glyphs, expected):
    assert texts(*glyphs) == expected


@pytest.mark.parametrize(
    ("glyphs", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("room between letters", [glyph("a", right=5), glyph("b", 7.6)], "a b"),
            ("less room between letters", [glyph("a", right=5), glyph("b", 7.5)], "ab"),
            ("a typed blank", [glyph("a", right=5), glyph(" ", 5, right=6), glyph("b", 6.1)], "a b"),
            ("a typed blank without room", [glyph("a", right=5), glyph(" ", 5), glyph("b", 6)], "ab"),
            ("a blank typed before both", [glyph(" ", 0), glyph("a", right=5), glyph("b", 6.1)], "ab"),
            ("a blank typed after both", [glyph("a", right=5), glyph("b", 6.1), glyph(" ", 16.1)], "ab"),
            ("a blank typed on the line below", [glyph("a", right=5), glyph(" ", 5, 90), glyph("b", 6.1)], "ab"),
            ("a blank a little lower", [glyph("a", right=5), glyph(" ", 5, 90.1), glyph("b", 6.1)], "a b"),
            ("a blank a little higher", [glyph("a", right=5), glyph(" ", 5, 109.9), glyph("b", 6.1)], "a b"),
            ("before a Chinese character", [glyph("a", right=5), glyph(" ", 5), glyph("甲", 40)], "a甲"),
            ("after a Chinese character", [glyph("甲"), glyph(" ", 10), glyph("b", 40)], "甲b"),
            ("beside a Chinese mark", [glyph("1"), glyph(" ", 10), glyph("。", 40)], "1。"),
        ]
    ],
)
def test_a_blank_belongs_between_letters_with_room_for_it(glyphs, expected):
    assert texts(*glyphs) == [expected]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("甲乙", "甲"),
        ("甲，乙", "甲，"),
        ("（甲乙）", "（甲"),
        ("（a.cn）。乙", "（a.cn）。"),
        ("2025年", "2025"),
        ("a", "a"),
    ],
)
def test_the_head_of_a_line_is_what_no_line_breaks(text, first):
    (found,) = glyph_lines.lines_of(1, [glyph(c, 10 * i) for i, c in enumerate(text)])
    assert found.head == 10 * len(first)


def line(text="长" * 13, left=50, right=500, size=10, page=1, head=10):
    return TextLine(page, text, left, right, 0, size, head)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("no lines", [], (0, 0)),
            ("ends that two lines share", [line(), line(), line(left=30, right=540)], (50, 500)),
            (
                "nearly the same ends",
                [line(left=49.1, right=499), line(left=50.9, right=501.9), line(left=30, right=540)],
                (50, 500),
            ),
            ("no ends shared", [line(), line(left=30, right=540)], (30, 540)),
            ("short lines do not count", [line(), *[line("长" * 12, 30, 540)] * 2], (50, 500)),
            ("shared ends farther in and out", [line(), line(), *[line(left=60, right=480)] * 3], (50, 500)),
        ]
    ],
)
def test_full_lines_begin_and_end_where_two_long_ones_do(told, expected):
    assert glyph_lines.margins(told) == expected


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("a full line", line("甲"), line("乙"), "甲乙"),
            ("a line that ends a little early", line("甲", right=484), line("乙"), "甲乙"),
            ("a line that ends early", line("甲", right=483.9), line("乙"), None),
            ("a line without room for the next word", line("甲", right=401), line("a.cn", head=100), "甲a.cn"),
            ("a line with room for the next word", line("甲", right=399), line("a.cn", head=100), None),
            ("a next line begun a little later", line("甲"), line("乙", 59), "甲乙"),
            ("an indented next line", line("甲"), line("乙", 59.1), None),
            ("a little smaller", line("甲"), line("乙", size=7.1), "甲乙"),
            ("much smaller", line("甲"), line("乙", size=7), None),
            ("much larger", line("甲"), line("乙", size=13), None),
            ("a word after a word", line("ab"), line("cd"), "ab cd"),
            ("a figure after a word", line("ab"), line("12"), "ab 12"),
            ("a word after a figure", line("12"), line("cd"), "12cd"),
            ("a Chinese character after a word", line("ab"), line("乙"), "ab乙"),
            ("a word after a letter after a Chinese character", line("甲a"), line("cd"), "甲a cd"),
            ("a word after a letter after a figure", line("a1b"), line("cd"), "a1b cd"),
            ("a letter before a Chinese character", line("ab"), line("c甲"), "ab c甲"),
            ("a word after a Chinese character", line("甲"), line("cd"), "甲cd"),
        ]
    ],
)
def test_a_full_line_goes_on_in_the_next_unless_that_is_indented(first, second, joined):
    told = list(glyph_lines.paragraphs([first, second], (50, 500)))
    parted = [Paragraph(first.text, "第1页"), Paragraph(second.text, "第1页")]
    assert told == ([Paragraph(joined, "第1页")] if joined else parted)


def test_a_paragraph_stands_on_the_page_it_begins_on_and_each_line_is_compared_with_the_one_before():
    told = [
        line("甲", page=2),
        line("乙", page=3),
        line("丙", right=100, page=3),
        line("丁", page=4),
        line("戊", 90, page=4),
    ]
    assert list(glyph_lines.paragraphs(told, (50, 500))) == [
        Paragraph("甲乙丙", "第2页"), Paragraph("丁", "第4页"), Paragraph("戊", "第4页"),
    ]  # fmt: skip
    assert list(glyph_lines.paragraphs([], (0, 0))) == []
