"""What stands in a cell of an .xls, written record by record ([MS-XLS] 2.4) as no program at hand writes it."""

import struct

import pytest

from nianbao.errors import InputError
from nianbao.repair import open_broken, xls
from nianbao.workbook.contents import PLAIN, CellLook, Content
from nianbao.workbook.looks import FILLED, PALE, RAISED, SMALL, STRUCK, SYMBOLS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BLACK, WHITE, YELLOW = 8, 9, 13
SOLID, STRIPED, FILL = 1, 5, 4
PLAIN_XF, STRUCK_XF, RAISED_XF, SMALL_XF, SYMBOL_XF, WHITE_XF, ON_BLACK_XF, ON_STRIPES_XF, FILL_XF = range(1, 10)


def record(kind, layout="", *values, more=b""):
    body = struct.pack("<" + layout, *values) + more
    return struct.pack("<HH", kind, len(body)) + body


def text(said, length="H"):
    return struct.pack(f"<{length}B", len(said), 1) + said.encode("utf-16-le")


def begin(kind, version=0x0600):
    return record(0x0809, "HHHHLL", version, kind, 0x0DBB, 0x07CC, 0, 6)


def font(options=0, height=200, colour=BLACK, raised=0, charset=0):
    name = text("宋体", "B")
    return record(0x0031, "HHHHHBBBB", height, options, colour, 400, raised, 0, 0, charset, 0, more=name)


def look(font_, *, ground=0, pattern=0, placed=0, style=0):
    return record(0x00E0, "HHHBBBBIIH", font_, 0, style, placed, 0, 0, 0xFC, 0, pattern << 26, ground)


FONTS = font() + font(8) + font(raised=1) + font(height=60) + font(charset=2) + font(colour=WHITE)
LOOKS = (
    look(0, style=0xFFF5) + look(0) + look(1) + look(2) + look(3) + look(5) + look(6)
    + look(6, ground=BLACK, pattern=SOLID) + look(6, ground=BLACK, pattern=STRIPED) + look(0, placed=FILL)
)  # fmt: skip
END = record(0x000A)


def book(cells, more=b"", version=0x0600):
    """A workbook of one sheet; `more` stands at its beginning."""
    head = begin(5, version) + more + record(0x0042, "H", 1200) + FONTS + LOOKS
    title = text("表三", "B")
    at = len(head) + len(record(0x0085, "LBB", 0, 0, 0, more=title)) + len(END)
    return head + record(0x0085, "LBB", at, 0, 0, more=title) + END + begin(16, version) + cells + END


def sheet(cells):
    return xls.read("表.xls", book(cells)).sheets["表三"]


def number(value, xf=PLAIN_XF):
    return record(0x0203, "HHHd", 0, 0, xf, value)


def runs(said, *starts):
    told = b"".join(struct.pack("<HH", *s) for s in starts)
    return record(0x00D6, "HHH", 0, 0, PLAIN_XF, more=text(said) + struct.pack("<H", len(starts)) + told)


CELLS = {
    "a number": (number(7.0), Content(7)),
    "a text": (record(0x0204, "HHH", 0, 0, PLAIN_XF, more=text("甲\r\n乙")), Content("甲\n乙")),
    "a truth": (record(0x0205, "HHHBB", 0, 0, PLAIN_XF, 1, 0), Content(True)),
    "an untruth": (record(0x0205, "HHHBB", 0, 0, PLAIN_XF, 0, 0), Content(False)),
    "a fault": (record(0x0205, "HHHBB", 0, 0, PLAIN_XF, 7, 1), Content("#DIV/0!", error=True)),
    "a fault not known": (record(0x0205, "HHHBB", 0, 0, PLAIN_XF, 99, 1), Content("#ERROR!", error=True)),
    "a text struck in part": (runs("8９", (0, 0), (1, 1)), Content("8９", marked="“９”加了删除线")),
    "a text plain in all its parts": (runs("89", (0, 0), (1, 0)), Content("89")),
}


@pytest.mark.parametrize(("cell", "content"), CELLS.values(), ids=CELLS)
def test_a_cell_is_what_it_holds(cell, content):
    assert dict(sheet(cell).cells) == {(1, 1): content}


@pytest.mark.parametrize(("xf", "unseen"), [
    (PLAIN_XF, ""), (STRUCK_XF, STRUCK), (RAISED_XF, RAISED), (SMALL_XF, SMALL), (SYMBOL_XF, SYMBOLS), (WHITE_XF, PALE),
    (ON_BLACK_XF, ""), (ON_STRIPES_XF, ""), (FILL_XF, FILLED),
])  # fmt: skip
def test_a_look_says_why_a_figure_is_not_seen(xf, unseen):
    assert sheet(number(7.0, xf)).at(1, 1).look == (CellLook("General", unseen) if unseen else PLAIN)


def test_a_place_merged_twice_counts_as_it_was_first():
    merged = record(0x00E5, "13H", 3, 0, 1, 0, 1, 0, 2, 0, 0, 1, 1, 1, 1)
    assert dict(sheet(merged).covered) == dict.fromkeys([(1, 2), (2, 1), (2, 2)], "A1:B2")


def compound(name):
    """A compound file of one empty stream, as Word's is, too."""
    last = 2**32 - 2
    numbers = 0, 1, 1, 0, 4096, last, 0, last, 0
    head = OLE + bytes(16) + struct.pack("<5H6x9L", 0x3E, 3, 0xFFFE, 9, 6, *numbers)
    table = struct.pack("<L", 0) + b"\xff" * 4 * 108
    sectors = struct.pack("<LL", 2**32 - 3, 2**32 - 2) + b"\xff" * 504
    entries = b"".join(
        n.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBLLL36xLL4x", 2 * len(n) + 2, kind, 1, 2**32 - 1, 2**32 - 1, child, 2**32 - 2, 0)
        for n, kind, child in (("Root Entry", 5, 1), (name, 2, 2**32 - 1))
    )
    return head + table + sectors + entries.ljust(512, b"\0")


REFUSED = {
    "an older kind": (book(b"", version=0x0500), "不是 .xlsx 工作簿"),
    "a password": (book(b"", record(0x002F, "HHH", 1, 1, 1)), "设了打开密码"),
    "another program's": (compound("WordDocument"), "不是 .xlsx 工作簿"),
    "no records": (OLE + bytes(9), "已经损坏"),
    "a look that is not there": (book(number(7.0, 99)), "已经损坏"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_told_with_its_cure(data, said, tmp_path):
    with pytest.raises(InputError, match=said) as caught:
        xls.read("表.xls", data)
    assert str(caught.value).startswith("“表.xls”")
    if data.startswith(OLE):
        (tmp_path / "表.xls").write_bytes(data)
        with pytest.raises(InputError, match=said):
            open_broken(tmp_path / "表.xls")
