"""What a form lets a reader expect: rows by their labels, columns by the headings over them."""

import pytest

from nianbao.form import Cell, CellKind, Table, edition_names, load_edition
from nianbao.published.expected import ExpectedRow, segments

VALUE, HEAD, LABEL, CORNER, BAND = CellKind.VALUE, CellKind.HEAD, CellKind.LABEL, CellKind.CORNER, CellKind.BAND


def test_headings_and_rows_of_the_current_form_are_those_it_prints():
    found = segments(load_edition("2021"))
    assert [(s.table, s.leaves, s.corner) for s in found[:3]] == [
        ("proactive", ("本年制发件数", "本年废止件数", "现行有效件数"), "信息内容"),
        ("proactive", ("本年处理决定数量",), "信息内容"), ("proactive", ("本年处理决定数量",), "信息内容"),
    ]  # fmt: skip
    assert found[0].rows == (
        ExpectedRow("proactive", ("规章",),
            tuple(f"proactive.regulations.{c}" for c in ("issued", "repealed", "in_force"))),
        ExpectedRow("proactive", ("行政规范性文件",),
            tuple(f"proactive.normative_documents.{c}" for c in ("issued", "repealed", "in_force"))),
    )  # fmt: skip
    assert [s.table for s in found] == ["proactive"] * 4 + ["requests", "review"]
    requests, review = found[4:]
    assert requests.corner.startswith("（本列数据的勾稽关系为")
    assert requests.paths[0] == ("申请人情况", "自然人")
    assert requests.paths[1] == ("申请人情况", "法人或其他组织", "商业企业")
    assert (requests.heads[0], len(requests.heads), requests.heads[-1]) == ("申请人情况", 9, "其他")
    assert requests.rows[2].labels == ("三、本年度办理结果", "（一）予以公开")
    assert (review.corner, review.rows[0].labels, review.rows[0].label) == ("", (), "")
    assert review.paths[0] == ("行政复议", "结果维持")
    assert review.paths[-1] == ("行政诉讼", "复议后起诉", "总计")


@pytest.mark.parametrize("name", edition_names())
def test_every_figure_of_a_printed_table_is_expected_once(name):
    edition = load_edition(name)
    keys = [k for s in segments(edition) for r in s.rows for k in r.keys]
    assert keys == [k for k, v in edition.values.items() if edition.table[v.table].printed]


def table(*rows):
    """A table of rows of (kind, text, extent) from the left; a label of two rows stands at the left of both."""
    cells, tall = [], 0
    for r, row in enumerate(rows):
        column, tall = (1 if tall else 0), max(0, tall - 1)
        for kind, text, *extent in row:
            high, wide = extent or (1, 1)
            cells.append(
                Cell(r, column, high, wide, kind, "" if kind is VALUE else text, text if kind is VALUE else "")
            )
            tall = max(tall, high - 1)
            column += wide
    return Table("t", "表", "", "", True, True, False, (), 1, 1, (0,) * len(rows), tuple(cells), ())


def found(*rows):
    from nianbao.published import expected  # noqa: PLC0415 - its parts, for a form of a few cells

    return [
        (s.corner, s.paths, s.heads, [(r.labels, r.keys) for r in s.rows]) for s in expected._of_table(table(*rows))
    ]


def test_other_headings_begin_other_rows_and_a_band_is_no_heading():
    rows = found(
        [(BAND, "第一项", 1, 2)],
        [(HEAD, "内\n容"), (HEAD, "甲\n数")], [(LABEL, "子"), (VALUE, "a")], [(LABEL, "丑"), (VALUE, "b")],
        [(BAND, "第二项", 1, 2)], [(CORNER, "角"), (HEAD, "乙数")], [(LABEL, "寅"), (VALUE, "c")],
    )  # fmt: skip
    assert rows == [
        ("内容", (("甲数",),), ("甲数",), [(("子",), ("a",)), (("丑",), ("b",))]),
        ("角", (("乙数",),), ("乙数",), [(("寅",), ("c",))]),
    ]


def test_a_group_of_rows_and_of_columns_goes_before_their_own_names():
    rows = found(
        [(CORNER, "角", 1, 2), (HEAD, "组", 1, 2)], [(CORNER, "", 1, 2), (HEAD, "甲"), (HEAD, "乙")],
        [(LABEL, "大\n类", 2, 1), (LABEL, "子"), (VALUE, "a"), (VALUE, "b")],
        [(LABEL, "丑"), (VALUE, "c"), (VALUE, "d")],
    )  # fmt: skip
    assert rows == [
        ("", (("组", "甲"), ("组", "乙")), ("组", "甲", "乙"),
         [(("大类", "子"), ("a", "b")), (("大类", "丑"), ("c", "d"))]),
    ]  # fmt: skip
