"""Which edition a report follows: what each thing that does not fit costs, and what wins in the end."""

from dataclasses import replace

import pytest

import reports
from nianbao.form import edition_names, load_edition
from nianbao.published import edition_choice
from nianbao.published.expected import segments
from nianbao.published.found_cells import Extra, Found, FoundCell, UnsureRow, Worded
from nianbao.published.model import Document, Grid, GridCell, Paragraph
from published import pages

SIZES = {"proactive": 6, "requests": 28, "review": 1}
ROWS = {s: [r for g in segments(load_edition("2021")) for r in g.rows if r.table == s] for s in SIZES}
SPOT = FoundCell(GridCell(0, 0, 1, 1, "x"), Grid(()))
HEADED = frozenset(SIZES)


def found(edition="2021", missing=(), refused=(), extras=(), worded=0):
    return Found(
        load_edition(edition), {}, tuple(UnsureRow(r, SPOT, "") for r in refused), tuple(missing),
        tuple(Extra(SPOT, "甲", known) for known in extras), tuple(Worded(SPOT, "甲", str(i)) for i in range(worded)),
        frozenset(), {**SIZES, "fee": 1},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("of", "year", "headed", "cost"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in [
            ("nothing amiss", found(), 2025, HEADED, 0),
            ("a row missing", found(missing=ROWS["proactive"][:1]), 2025, HEADED, 1),
            (
                "rows missing in two tables",
                found(missing=ROWS["proactive"][:2] + ROWS["requests"][:3]),
                2025,
                HEADED,
                5,
            ),
            ("a table missing", found(missing=ROWS["proactive"]), 2025, HEADED, 3),
            ("a row refused", found(refused=ROWS["proactive"][:1]), 2025, HEADED, 0.5),
            (
                "two of six refused and one missing",
                found(missing=ROWS["proactive"][:1], refused=ROWS["proactive"][1:3]),
                2025,
                HEADED,
                2,
            ),
            ("the only row refused", found(refused=ROWS["review"]), 2025, HEADED, 3),
            ("two rows of another edition and one of none", found(extras=["乙", "", "丙"]), 2025, HEADED, 4),
            ("three words", found(worded=3), 2025, HEADED, 0.3),
            ("two headings of others", found(), 2025, HEADED | {"fee", "x"}, 8),
            ("headings not there", found(), 2025, frozenset(), 0),
            ("its first year", found(), 2021, HEADED, 0),
            ("a year before", found(), 2020, HEADED, 1.5),
            ("a year long after", found(), 2099, HEADED, 0),
            ("no year", found(), None, HEADED, 0),
            ("the trial form's last year", found("2019"), 2020, HEADED, 0),
            ("the trial form's first year", found("2019"), 2019, HEADED, 0),
            ("a year after the trial", found("2019"), 2021, HEADED, 1.5),
            ("a year before the trial", found("2019"), 2018, HEADED, 1.5),
            ("a variant", found("wuping-2022"), 2025, HEADED | {"fee"}, 0.5),
            (
                "a variant before its time, all at once",
                found("2021+single-other", ROWS["review"], (), ["乙"], 1),
                2020,
                HEADED | {"fee"},
                3 + 2 + 0.1 + 4 + 1.5 + 0.5,
            ),
        ]
    ],
)
def test_an_edition_costs_what_does_not_fit(of, year, headed, cost):
    assert edition_choice.cost(of, year, headed) == pytest.approx(cost)


def printed(name, *, headings=True):
    """A report of zeros as its blocks."""
    edition, report, blocks = load_edition(name), reports.zero(name), []
    for section in edition.sections:
        if headings:
            blocks.append(Paragraph(section.title))
        if section.table:
            blocks.append(table(pages.grid(edition, report, section.table)))
    return Document("html", tuple(blocks))


def table(rows):
    taken, cells = set(), []
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            taken |= {(r + i, column + j) for i in range(cell.rows) for j in range(cell.columns)}
            cells.append(GridCell(r, column, cell.rows, cell.columns, cell.text))
    return Grid(tuple(cells))


@pytest.mark.parametrize("name", edition_names())
def test_a_report_follows_the_edition_it_was_printed_in(name):
    document = printed(name)
    found = edition_choice.choose(document, None)
    edition = found.edition
    assert edition.id == name
    assert list(found.cells) == [k for k, v in edition.values.items() if edition.table[v.table].printed]
    assert (found.refused, found.missing, found.extras, found.worded, found.headless) == ((), (), (), (), frozenset())
    asked = edition_choice.choose(document, None, "2019")
    assert asked.edition.id == "2019"
    known = {e.known for e in asked.extras}
    assert bool(known) is (name == "2021")


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_a_report_of_which_only_the_order_of_cells_is_known_is_found_too(name):
    """The words between its tables' parts (第二十条第（一）项) are no headings."""
    blocks = []
    for block in printed(name).blocks:
        if isinstance(block, Grid):
            cells = [replace(c, column=i, columns=1, rows=1) for row in block.own.values() for i, c in enumerate(row)]
            blocks.append(Grid(tuple(cells), flat=True))
        else:
            blocks.append(block)
    found = edition_choice.choose(Document("txt", tuple(blocks)), None)
    assert (found.edition.id, found.refused, found.missing, found.extras) == (name, (), (), ())


def test_rows_of_another_edition_in_a_group_make_the_groups_row_unsure():
    """表三's （六）其他处理 is one row in one edition and a group of three in the other."""
    asked = edition_choice.choose(printed("2021"), None, "2021+single-other")
    assert [(r.row.label, r.why) for r in asked.refused] == [
        ("（六）其他处理", "应有7个数字格，读到8格（其中8格有内容），对不上各列"),
    ]  # fmt: skip
    assert len({e.known for e in asked.extras}) == 3


def only(document, *tables_):
    kept = [b for b in document.blocks if not isinstance(b, Grid) or b in tables_]
    return Document("html", tuple(kept))


def test_of_equal_tables_a_heading_only_one_edition_has_or_the_year_decides():
    whole = printed("wuping-2022", headings=False)
    review = only(whole, whole.blocks[2])
    assert edition_choice.choose(review, 2025).edition.id == "2021"
    assert edition_choice.choose(review, 2020).edition.id == "2019"
    fee = Paragraph("五、信息处理费收取情况")
    assert edition_choice.choose(Document("html", (*review.blocks, fee)), 2025).edition.id == "wuping-2022"
    long = Paragraph("五、信息处理费收取情况" + " " * 29)
    assert edition_choice.choose(Document("html", (*review.blocks, long)), 2025).edition.id == "2021"
    short = Paragraph("五、信息处理费收取情况" + " " * 28)
    assert edition_choice.choose(Document("html", (*review.blocks, short)), 2025).edition.id == "wuping-2022"


@pytest.mark.parametrize(("more", "read"), [(0, True), (1, False)])
def test_a_table_of_more_than_three_thousand_cells_is_not_looked_at(more, read):
    (review,) = (b for b in printed("2021", headings=False).blocks[2:])
    filler = [GridCell(9 + i, 0, 1, 1, "") for i in range(3_000 - len(review.cells) + more)]
    document = Document("html", (replace(review, cells=(*review.cells, *filler)),))
    assert (edition_choice.choose(document, 2025) is not None) is read


def test_where_no_table_of_any_edition_is_there_nothing_is_chosen():
    assert (
        edition_choice.choose(Document("html", (Paragraph("一、总体情况"), Grid((GridCell(0, 0, 1, 1, "甲"),)))), 2025)
        is None
    )
    refused = Grid((GridCell(0, 0, 1, 1, "规章"), GridCell(0, 1, 1, 1, "1")))
    assert edition_choice.choose(Document("html", (refused,)), 2025).refused
