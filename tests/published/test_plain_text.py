"""Plain text line by line: where cells between bars begin and end, which lines go on, what is no table."""

import pytest

from nianbao.published import text
from nianbao.published.model import Grid, Paragraph, Remark
from nianbao.published.published_file import PublishedFile


def plain(written):
    return text.read(PublishedFile("a.txt", written if isinstance(written, bytes) else written.encode(), "txt"))


def told(written):
    """Paragraphs as they are, tables by their rows."""
    found = []
    for block in plain(written).blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            assert isinstance(block, Grid)
            assert block.flat
            found.append([[c.text for c in row] for row in block.own.values()])
    return found


@pytest.mark.parametrize(
    ("written", "blocks"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("rows of bars", "引言\n|甲|1|\n|乙|2|", ["引言", [["甲", "1"], ["乙", "2"]]]),
            ("a row that only begins with a bar", "|甲|1|\n|乙", [[["甲", "1"], ["乙"]]]),
            ("a row without a bar at its ends", "|甲|1|\n乙|2|3", [[["甲", "1"], ["乙", "2", "3"]]]),
            ("cells that end on a bar after a row of bars", "|甲|1|\n乙|\n2|", [[["甲", "1"], ["乙", "2"]]]),
            ("letters at the ends of cells", "|X县|1X|\n甲X|", [[["X县", "1X"], ["甲X"]]]),
            ("blank cells", "|甲||1|\n|  |2|", [[["甲", "", "1"], ["", "2"]]]),
            ("several bars at an end", "|\n甲||\n1|", [[["甲"], ["1"]]]),
            ("a cell over two lines", "表\n|\n1|\n甲\n乙|\n完", ["表", [["1", "甲乙"]], "完"]),
            ("a cell over three lines", "|\n1|\n甲\n乙\n丙|\n2|", [[["1", "甲乙丙", "2"]]]),
            ("a cell over four lines is none", "|\n1|\n甲\n乙\n丙\n丁|", [[["1"]], "甲", "乙", "丙", "丁|"]),
            ("a line before a ruled one is text", "|\n1|\n甲\n|---|\n2|", [[["1"]], "甲", [["2"]]]),
            ("a line before another ruled one is text", "|\n1|\n甲\n|\n2|", [[["1"]], "甲", [["2"]]]),
            ("a ruled line between rows", "|甲|1|\n|--|--|\n|乙|2|", [[["甲", "1"], ["乙", "2"]]]),
            ("a ruled line without a bar is text", "|甲|1|\n----\n|乙|2|", [[["甲", "1"]], "----", [["乙", "2"]]]),
            (
                "a heading before the next table's rows",
                "|甲|1|\n三、情况\n|乙|2|",
                [[["甲", "1"]], "三、情况", [["乙", "2"]]],
            ),
            ("a heading over a blank line", "|甲|1|\n三、情况\n\n|乙|2|", [[["甲", "1"]], "三、情况", [["乙", "2"]]]),
            (
                "a text before a row and the end of a cell",
                "|甲|1|\n完\n|乙|2\n丙|",
                [[["甲", "1"]], "完", [["乙", "2"], ["丙"]]],
            ),
            ("blank lines between cells", "|\n甲|\n\n1|\n\n|\n乙|", [[["甲", "1"], ["乙"]]]),
            ("ends of cells before any table", "甲|\n|\n1|", ["甲|", [["1"]]]),
            ("ends of cells after a text", "|\n甲|\n完\n\n\n乙|\n|\n1|", [[["甲"]], "完", "乙|", [["1"]]]),
            ("a last text", "|甲|1|\n完。", [[["甲", "1"]], "完。"]),
            ("text around blanks and tabs", "|甲|1|\n \t\u3000X完 \u3000\t", [[["甲", "1"]], "X完"]),
        ]
    ],
)
def test_cells_between_bars_are_rows_of_a_table(written, blocks):
    assert told(written) == blocks


HEADING = "三、收到和处理政府信息公开申请情况"
LISTED = f"{HEADING}\n新收\n1\n2\n"


@pytest.mark.parametrize(
    ("written", "blocks"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("one cell a line", f"{LISTED}完", [HEADING, [["新收", "1", "2"]], "完"]),
            ("a single bar in a line", f"甲|乙\n{LISTED}", ["甲|乙", HEADING, [["新收", "1", "2"]]]),
            ("a new row after a figure", f"{LISTED}结转\n3", [HEADING, [["新收", "1", "2"], ["结转", "3"]]]),
            ("figures before any label", f"{HEADING}\n1\n新收\n2", [HEADING, [["1"], ["新收", "2"]]]),
            ("no figure", f"{HEADING}\n新收\n结转", [HEADING, "新收", "结转"]),
            (
                "a heading without its table",
                f"{HEADING}\n四、复议诉讼有关情况\n1",
                [HEADING, "四、复议诉讼有关情况", [["1"]]],
            ),
            ("labels before the first figure", f"{HEADING}\n" + "栏\n" * 32 + "1", [HEADING, [["栏"] * 32 + ["1"]]]),
            ("too many labels before it", f"{HEADING}\n" + "栏\n" * 33 + "1", [HEADING, *["栏"] * 33, "1"]),
            ("a heading that ends on a stop", f"{HEADING}。\n新收\n1", [f"{HEADING}。", [["新收", "1"]]]),
            ("a heading without its number", f"{HEADING[2:]}\n新收\n1", [HEADING[2:], "新收", "1"]),
            ("a heading as the last line", f"完\n{HEADING}", ["完", HEADING]),
            ("blank lines", LISTED.replace("\n", "\n \n\n"), [HEADING, [["新收", "1", "2"]]]),
            ("tabs in three lines", "甲\t1\t2\n" * 3, ["甲\t1\t2"] * 3),
            ("tabs in four lines", "甲\t1\t2\n" * 4, [[["甲", "1", "2"]] * 4]),
            (
                "a line with one tab among those with two",
                "甲\t1\t2\n" * 4 + "乙\t3",
                [[["甲", "1", "2"]] * 4 + [["乙", "3"]]],
            ),
            (
                "text between tables of tabs",
                "甲\t1\t2\n" * 4 + "　完 \n\n乙\t\t3",
                [[["甲", "1", "2"]] * 4, "完", [["乙", "3"]]],
            ),
            ("nothing", "", []),
        ]
    ],
)
def test_cells_a_line_each_and_cells_between_tabs_are_rows_of_a_table(written, blocks):
    assert told(written) == blocks


def test_broken_characters_are_told():
    document = plain("全年公开政府信息若干条。".encode() * 9 + b"\xff")
    assert document.remarks == (Remark("有1处文字的编码已损坏，读成了“\ufffd”"),)
    assert (document.kind, document.titles) == ("txt", ())


def test_lines_after_the_fifty_thousandth_are_not_read():
    lines = "甲\n" + "\n" * (text.MAX_LINES - 2)
    assert [b.place for b in plain(f"{lines}乙\n丙").blocks] == ["第1行", f"第{text.MAX_LINES}行"]
